// Receives bytes from a serial line: 8 bits, no parity, one stop bit, DIVIDER cycles a bit. Nobody can stop the sender:
// a byte that is not taken before the next one has come is lost.
module uart_receive #(
  parameter COUNT = 8,  // bits of a counter of cycles
  parameter [COUNT-1:0] DIVIDER = 217
) (
  input  wire       clk,
  input  wire       rst,
  input  wire       line,
  output reg        m_valid,
  input  wire       m_ready,
  output reg  [7:0] m_data
);
  reg [1:0]       settled;  // the line comes from another clock
  reg [COUNT-1:0] cycle;
  reg [3:0]       left;     // bits that are still to come, the start and the stop bit among them
  reg [7:0]       bits;

  always @(posedge clk) begin
    settled <= {settled[0], line};
    if (rst) begin
      left <= 4'd0;
      m_valid <= 1'b0;
    end else begin
      if (m_ready) m_valid <= 1'b0;
      if (left == 4'd0) begin
        // The middle of the start bit is half a bit away.
        cycle <= DIVIDER >> 1;
        if (~settled[1]) left <= 4'd10;
      end else if (cycle == {COUNT{1'b0}}) begin
        cycle <= DIVIDER - 1'b1;
        left <= left - 1'b1;
        bits <= {settled[1], bits[7:1]};
        if (left == 4'd10 & settled[1]) left <= 4'd0;  // a spike, no start bit
        if (left == 4'd1 & settled[1]) begin
          m_valid <= 1'b1;
          m_data <= bits;
        end
      end else cycle <= cycle - 1'b1;
    end
  end
endmodule
