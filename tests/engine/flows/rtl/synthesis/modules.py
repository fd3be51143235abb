"""Small modules of the kinds that a generated design is made of."""

from engine.flows.rtl.synthesis import Source
from engine.flows.rtl.verilog.soft import multiples, soft_product

_WORDS = [(index * 40503 + 12345) % 65536 for index in range(256)]
_FILL = "\n".join(f"    m[{index}] = 16'd{word};" for index, word in enumerate(_WORDS))

ADDERS = """module adders(input clk, input [63:0] x, output reg [10:0] y);
  reg [8:0] a, b, c, d;
  reg [9:0] e, f;
  always @(posedge clk) begin
    a <= x[7:0] + x[15:8];
    b <= x[23:16] + x[31:24];
    c <= x[39:32] + x[47:40];
    d <= x[55:48] + x[63:56];
    e <= a + b;
    f <= c + d;
    y <= e + f;
  end
endmodule
"""

RAM = """module ram(input clk, input we, input [9:0] wa, input [9:0] ra, input [17:0] d, output reg [17:0] q);
  (* no_rw_check *) reg [17:0] m [0:1023];
  reg [17:0] r;
  always @(posedge clk) begin
    if (we) m[wa] <= d;
    r <= m[ra];
    q <= r;
  end
endmodule
"""


def multiplier(name: str = "mul", a: int = 8, b: int = 8) -> Source:
    """A signed product with a register behind it."""
    text = f"""module {name}(input clk, input signed [{a - 1}:0] a, input signed [{b - 1}:0] b,
  output reg signed [{a + b - 1}:0] y);
  always @(posedge clk) y <= a * b;
endmodule
"""
    return Source(name, text)


def soft_multiplier(a: int, b: int) -> Source:
    """A signed product of look-up tables."""
    body = "\n".join([*multiples("x", "a", a, b), *soft_product("y", "x", "b", a, b, a + b)])
    text = f"""module soft(input clk, input moves, input signed [{a - 1}:0] a, input signed [{b - 1}:0] b,
  output signed [{a + b - 1}:0] product);
{body}
  assign product = y;
endmodule
"""
    return Source("soft", text)


def rom(style: str) -> Source:
    """256 words of 16 bits, read through two registers."""
    text = f"""module rom(input clk, input [7:0] a, output reg [15:0] q);
  (* rom_style = "{style}" *) reg [15:0] m [0:255];
  reg [15:0] r;
  initial begin
{_FILL}
  end
  always @(posedge clk) begin
    r <= m[a];
    q <= r;
  end
endmodule
"""
    return Source("rom", text)
