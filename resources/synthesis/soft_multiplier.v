// A product of look-up tables and carry chains, for products that are kept out of multiplier blocks.
//
// The narrower operand is recoded into digits from -2 to 2 (A. D. Booth 1951, O. L. MacSorley 1961: radix 4), two bits
// each; every digit adds one multiple of the other operand on a carry chain. A bit of a multiple depends on three bits
// of the one and two of the other, so with the sum so far it is one table of six inputs.
(* techmap_celltype = "$__soft_mul" *)
module soft_multiplier (A, B, Y);
  parameter A_SIGNED = 0;
  parameter B_SIGNED = 0;
  parameter A_WIDTH = 1;
  parameter B_WIDTH = 1;
  parameter Y_WIDTH = 1;

  input [A_WIDTH-1:0] A;
  input [B_WIDTH-1:0] B;
  output [Y_WIDTH-1:0] Y;

  // Both operands are signed, or neither.
  localparam SIGNED = A_SIGNED;
  localparam SWAP = A_WIDTH > B_WIDTH;
  localparam R_WIDTH = SWAP ? B_WIDTH : A_WIDTH;
  localparam M_WIDTH = SWAP ? A_WIDTH : B_WIDTH;
  localparam ROWS = (R_WIDTH + (SIGNED ? 1 : 2)) / 2;
  localparam WIDTH = M_WIDTH + (SIGNED ? 2 : 3);

  wire [R_WIDTH-1:0] r;
  wire [M_WIDTH-1:0] m;
  generate
    if (SWAP) begin
      assign r = B;
      assign m = A;
    end else begin
      assign r = A;
      assign m = B;
    end
  endgenerate
  wire r_sign = SIGNED ? r[R_WIDTH-1] : 1'b0;
  wire m_sign = SIGNED ? m[M_WIDTH-1] : 1'b0;
  wire [2*ROWS:0] digits = {{(2*ROWS-R_WIDTH){r_sign}}, r, 1'b0};
  wire [WIDTH-1:0] single = {{(WIDTH-M_WIDTH){m_sign}}, m};
  wire [WIDTH-1:0] double = {single[WIDTH-2:0], 1'b0};

  wire [ROWS*WIDTH-1:0] sums;
  wire [2*ROWS+WIDTH-1:0] product;
  genvar k;
  generate
    for (k = 0; k < ROWS; k = k + 1) begin : row
      wire one = digits[2*k+1] ^ digits[2*k];
      wire two = (digits[2*k+2] & ~digits[2*k+1] & ~digits[2*k]) | (~digits[2*k+2] & digits[2*k+1] & digits[2*k]);
      wire negative = digits[2*k+2];
      wire [WIDTH-1:0] multiple = (({WIDTH{one}} & single) | ({WIDTH{two}} & double)) ^ {WIDTH{negative}};
      wire [WIDTH-1:0] before;
      if (k == 0) assign before = {WIDTH{1'b0}};
      else assign before = {{2{sums[k*WIDTH-1]}}, sums[k*WIDTH-1 -: WIDTH-2]};
      wire [WIDTH-1:0] unused_x, unused_co;
      \$alu #(.A_SIGNED(1), .B_SIGNED(1), .A_WIDTH(WIDTH), .B_WIDTH(WIDTH), .Y_WIDTH(WIDTH)) add (
        .A(before), .B(multiple), .CI(negative), .BI(1'b0), .X(unused_x), .CO(unused_co), .Y(sums[k*WIDTH +: WIDTH])
      );
      assign product[2*k +: 2] = sums[k*WIDTH +: 2];
    end
  endgenerate
  assign product[2*ROWS +: WIDTH] = {{2{sums[ROWS*WIDTH-1]}}, sums[ROWS*WIDTH-1 -: WIDTH-2]};
  generate
    if (Y_WIDTH > 2*ROWS+WIDTH) assign Y = {{(Y_WIDTH-2*ROWS-WIDTH){product[2*ROWS+WIDTH-1]}}, product};
    else assign Y = product[Y_WIDTH-1:0];
  endgenerate
endmodule
