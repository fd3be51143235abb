// Takes a word apart: one of COUNT * BITS bits becomes COUNT, the lowest bits first. Adds no cycle; the word stays with
// its writer until its last part is taken.
module spread #(
  parameter BITS  = 8,
  parameter COUNT = 2,
  parameter INDEX = 1,  // bits of an index of the parts
  parameter [INDEX-1:0] LAST = 1  // COUNT - 1
) (
  input  wire                  clk,
  input  wire                  rst,
  input  wire                  s_valid,
  output wire                  s_ready,
  input  wire [COUNT*BITS-1:0] s_data,
  output wire                  m_valid,
  input  wire                  m_ready,
  output wire [BITS-1:0]       m_data
);
  reg [INDEX-1:0] index;
  wire            is_last = index == LAST;

  assign m_valid = s_valid;
  assign s_ready = m_ready & is_last;
  assign m_data  = s_data[index*BITS +: BITS];

  always @(posedge clk)
    if (rst) index <= {INDEX{1'b0}};
    else if (s_valid & m_ready) index <= is_last ? {INDEX{1'b0}} : index + 1'b1;
endmodule
