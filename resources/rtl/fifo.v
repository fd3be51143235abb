// Holds words of a short branch until those of a longer one come: DEPTH, and two more on their way out. A word leaves
// three cycles after it came at the earliest. Valid, ready and data are registers.
module fifo #(
  parameter BITS  = 8,
  parameter DEPTH = 2,
  parameter INDEX = 1,  // bits of a place
  parameter [INDEX-1:0] LAST = 1  // DEPTH - 1
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
  reg [BITS-1:0]  memory [0:DEPTH-1];
  reg [INDEX-1:0] write_place, read_place;
  reg [INDEX:0]   stored;
  reg             has_room, has_read, has_word;
  reg [BITS-1:0]  read, word;

  wire word_moves = ~has_word | m_ready;
  wire read_moves = ~has_read | word_moves;
  wire writes     = s_valid & has_room;
  wire reads      = read_moves & (stored != 0);

  wire [INDEX:0] stored_next = stored + {{INDEX{1'b0}}, writes} - {{INDEX{1'b0}}, reads};

  assign s_ready = has_room;
  assign m_valid = has_word;
  assign m_data  = word;

  always @(posedge clk)
    if (rst) begin
      write_place <= 0;
      read_place  <= 0;
      stored      <= 0;
      has_room    <= 1'b1;
      has_read    <= 1'b0;
      has_word    <= 1'b0;
    end else begin
      if (writes) write_place <= write_place == LAST ? {INDEX{1'b0}} : write_place + 1'b1;
      if (reads) read_place <= read_place == LAST ? {INDEX{1'b0}} : read_place + 1'b1;
      stored   <= stored_next;
      has_room <= stored_next <= {1'b0, LAST};
      if (read_moves) has_read <= reads;
      if (word_moves) has_word <= has_read;
    end

  always @(posedge clk) begin
    if (writes) memory[write_place] <= s_data;
    if (reads) read <= memory[read_place];
    if (word_moves) word <= read;
  end
endmodule
