// Gives every word to PORTS readers; it is done with when the last of them has taken it. Adds no cycle.
module fork_stream #(
  parameter BITS  = 8,
  parameter PORTS = 2
) (
  input  wire                  clk,
  input  wire                  rst,
  input  wire                  s_valid,
  output wire                  s_ready,
  input  wire [BITS-1:0]       s_data,
  output wire [PORTS-1:0]      m_valid,
  input  wire [PORTS-1:0]      m_ready,
  output wire [PORTS*BITS-1:0] m_data
);
  reg  [PORTS-1:0] taken;
  wire [PORTS-1:0] now = taken | m_ready;

  assign m_valid = {PORTS{s_valid}} & ~taken;
  assign m_data  = {PORTS{s_data}};
  assign s_ready = &now;

  always @(posedge clk)
    if (rst | (s_valid & s_ready)) taken <= {PORTS{1'b0}};
    else if (s_valid) taken <= now;
endmodule
