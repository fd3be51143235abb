"""Multipliers of LUTs for small weights: two bits of a weight choose one of four multiples of the input.

The multiples of an input are made once for all its weights; each further pair of bits costs one LUT a bit, which both
chooses and adds.
"""

from engine.flows.rtl.verilog.number import fitted


def multiples(name: str, value: str, bits: int) -> list[str]:
    """Registers `name_x1`, `name_x3` and `name_n1` of a signed expression of so many bits, moved by `moves`."""
    room = bits + 2
    return [
        f"wire signed [{room - 1}:0] {name}_next = $signed({value});",
        f"reg signed [{room - 1}:0] {name}_x1, {name}_x3, {name}_n1;",
        f"always @(posedge clk)\n  if (moves) begin\n    {name}_x1 <= {name}_next;\n"
        f"    {name}_x3 <= {name}_next + ({name}_next <<< 1);\n    {name}_n1 <= -{name}_next;\n  end",
    ]


def soft_product(product: str, x: str, weight: str, x_bits: int, weight_bits: int, bits: int) -> list[str]:
    """A register `product` of so many bits with the product of an input, of which there are multiples, and a weight."""
    room = x_bits + 2
    lines: list[str] = []
    low: list[str] = []
    total, width = "", 0
    for place in range(0, weight_bits, 2):
        part = f"{product}_by{place}"
        lines.append(f"wire signed [{room - 1}:0] {part} = {_multiple(x, weight, place, weight_bits, room)};")
        if not total:
            total, width = part, room
            continue
        low.insert(0, f"{total}[1:0]")
        above = f"{product}_above{place}"
        lines.append(f"wire signed [{width - 3}:0] {above} = {total}[{width - 1}:2];")
        total, width = f"{product}_to{place}", max(width - 2, room) + 1
        lines.append(f"wire signed [{width - 1}:0] {total} = {part} + {above};")
    wanted = bits - 2 * len(low)
    joined = ", ".join([fitted(total, width, wanted), *low])
    lines.append(f"reg signed [{bits - 1}:0] {product};")
    lines.append(f"always @(posedge clk) if (moves) {product} <= {{{joined}}};")
    return lines


def _multiple(x: str, weight: str, place: int, bits: int, room: int) -> str:
    """Of two bits of a weight; the sign bit counts negatively."""
    none, one = f"{room}'sd0", f"{weight}[{place}]"
    if place + 1 == bits:
        return f"{one} ? {x}_n1 : {none}"
    two, is_top = f"{weight}[{place + 1}]", place + 2 == bits
    both, second = (
        (f"{x}_n1", f"{{{x}_n1[{room - 2}:0], 1'b0}}") if is_top else (f"{x}_x3", f"{{{x}_x1[{room - 2}:0], 1'b0}}")
    )
    return f"{two} ? ({one} ? {both} : {second}) : ({one} ? {x}_x1 : {none})"
