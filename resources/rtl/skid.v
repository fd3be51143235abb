// Cuts the path of ready: what arrives while the reader stops is held here. Adds no cycle.
module skid #(
  parameter BITS = 8
) (
  input  wire            clk,
  input  wire            rst,
  input  wire            s_valid,
  output wire            s_ready,
  input  wire [BITS-1:0] s_data,
  output wire            m_valid,
  input  wire            m_ready,
  output wire [BITS-1:0] m_data
);
  reg            full;
  reg [BITS-1:0] held;

  assign s_ready = ~full;
  assign m_valid = s_valid | full;
  assign m_data  = full ? held : s_data;

  always @(posedge clk) begin
    if (rst) full <= 1'b0;
    else     full <= m_valid & ~m_ready;
    if (~full) held <= s_data;
  end
endmodule
