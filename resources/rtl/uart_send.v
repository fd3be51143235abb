// Sends bytes over a serial line: 8 bits, no parity, one stop bit, DIVIDER cycles a bit.
module uart_send #(
  parameter COUNT = 8,  // bits of a counter of cycles
  parameter [COUNT-1:0] DIVIDER = 217
) (
  input  wire       clk,
  input  wire       rst,
  input  wire       s_valid,
  output wire       s_ready,
  input  wire [7:0] s_data,
  output wire       line
);
  reg [COUNT-1:0] cycle;
  reg [3:0]       left;  // bits that are still to go
  reg [8:0]       bits;  // the one on the line is the lowest

  assign s_ready = left == 4'd0;
  assign line = bits[0];

  always @(posedge clk)
    if (rst) begin
      left <= 4'd0;
      bits <= 9'h1ff;
    end else if (s_ready) begin
      cycle <= DIVIDER - 1'b1;
      if (s_valid) begin
        left <= 4'd10;
        bits <= {s_data, 1'b0};
      end
    end else if (cycle == {COUNT{1'b0}}) begin
      cycle <= DIVIDER - 1'b1;
      left <= left - 1'b1;
      bits <= {1'b1, bits[8:1]};
    end else cycle <= cycle - 1'b1;
endmodule
