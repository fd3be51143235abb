// Takes a word apart as `spread` does, but holds it meanwhile, so that its writer goes on: the next word is taken with
// the last part of this one. Adds no cycle.
module spread_held #(
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
  reg                  full;
  reg [COUNT*BITS-1:0] held;
  reg [INDEX-1:0]      index;
  wire                 is_last = index == LAST;

  assign s_ready = ~full | (m_ready & is_last);
  assign m_valid = s_valid | full;
  assign m_data  = full ? held[index*BITS +: BITS] : s_data[BITS-1:0];

  always @(posedge clk) begin
    if (rst) full <= 1'b0;
    else     full <= s_valid | ~s_ready;
    if (s_ready) held <= s_data;
    if (rst) index <= {INDEX{1'b0}};
    else if (m_valid & m_ready) index <= is_last ? {INDEX{1'b0}} : index + 1'b1;
  end
endmodule
