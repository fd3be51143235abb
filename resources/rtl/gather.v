// Puts words side by side: COUNT words of BITS bits become one, the first in its lowest bits. Adds no cycle.
module gather #(
  parameter BITS  = 8,
  parameter COUNT = 2,
  parameter INDEX = 1,  // bits of an index of the parts
  parameter [INDEX-1:0] LAST = 1  // COUNT - 1
) (
  input  wire                  clk,
  input  wire                  rst,
  input  wire                  s_valid,
  output wire                  s_ready,
  input  wire [BITS-1:0]       s_data,
  output wire                  m_valid,
  input  wire                  m_ready,
  output wire [COUNT*BITS-1:0] m_data
);
  reg [(COUNT-1)*BITS-1:0] held;
  reg [INDEX-1:0]          index;
  wire                     is_last = index == LAST;

  assign m_valid = s_valid & is_last;
  assign s_ready = m_ready | ~is_last;
  assign m_data  = {s_data, held};

  always @(posedge clk) begin
    if (rst) index <= {INDEX{1'b0}};
    else if (s_valid & s_ready) index <= is_last ? {INDEX{1'b0}} : index + 1'b1;
    if (s_valid & ~is_last) held <= m_data[COUNT*BITS-1:BITS];
  end
endmodule
