"""Multipliers of LUTs for small weights: two bits of a weight choose one of four multiples of the input.

The multiples of an input are made once for all its weights; each further pair of bits costs one LUT a bit, which both
chooses and adds. A register lies behind every such sum, so that a product of many bits takes some cycles.
"""

from engine.flows.rtl.verilog.number import fitted

SOFT_BELOW = 8
"""Bits of weights below which products stay out of the DSP blocks, as in hls4ml's reports."""


def cycles(weight_bits: int) -> int:
    """Cycles from the multiples of an input to a product."""
    return max((weight_bits + 1) // 2 - 1, 1)


def multiples(name: str, value: str, bits: int, weight_bits: int) -> list[str]:
    """Registers `name_x1`, `name_x3` and `name_n1` of a signed expression of so many bits, moved by `moves`.

    Behind them, `name_x1_after1` and so on, as far as products with weights of so many bits need them.
    """
    room = bits + 2
    lines = [
        f"wire signed [{room - 1}:0] {name}_next = $signed({value});",
        f"reg signed [{room - 1}:0] {name}_x1, {name}_x3, {name}_n1;",
        f"always @(posedge clk)\n  if (moves) begin\n    {name}_x1 <= {name}_next;\n"
        f"    {name}_x3 <= {name}_next + ({name}_next <<< 1);\n    {name}_n1 <= -{name}_next;\n  end",
    ]
    top = cycles(weight_bits) - 1
    # A top bit alone takes the negative; beside another one, one times too; never three times.
    for multiple, most in (("x1", top - weight_bits % 2), ("x3", top - 1), ("n1", top)):
        lines += delayed(f"{name}_{multiple}", room, most)
    return lines


def soft_product(product: str, x: str, weight: str, x_bits: int, weight_bits: int, bits: int) -> list[str]:
    """A register `product` of so many bits with the product of an input, of which there are multiples, and a weight.

    It is there `cycles(weight_bits)` after both.
    """
    room = x_bits + 2
    lines = delayed(weight, weight_bits, cycles(weight_bits) - 1)
    total, width = "", 0
    for place in range(0, weight_bits, 2):
        part, behind = f"{product}_by{place}", max(place // 2 - 1, 0)
        lines.append(f"wire signed [{room - 1}:0] {part} = {_multiple(x, weight, place, weight_bits, room, behind)};")
        if not total:
            total, width = part, room
            continue
        if behind:
            lines.append(f"reg signed [{width - 1}:0] {product}_sum{behind};")
            lines.append(f"always @(posedge clk) if (moves) {product}_sum{behind} <= {total};")
            total = f"{product}_sum{behind}"
        above, upper = f"{product}_above{place}", max(width - place, room) + 1
        lines.append(f"wire signed [{width - place - 1}:0] {above} = {total}[{width - 1}:{place}];")
        lines.append(f"wire signed [{upper - 1}:0] {product}_upper{place} = {part} + {above};")
        lines.append(
            f"wire signed [{upper + place - 1}:0] {product}_to{place} = "
            f"{{{product}_upper{place}, {total}[{place - 1}:0]}};"
        )
        total, width = f"{product}_to{place}", upper + place
    lines.append(f"reg signed [{bits - 1}:0] {product};")
    lines.append(f"always @(posedge clk) if (moves) {product} <= {fitted(total, width, bits)};")
    return lines


def delayed(name: str, bits: int, most: int) -> list[str]:
    """Registers `name_after1` to `name_after<most>` of a variable, moved by `moves`."""
    lines = []
    for behind in range(1, most + 1):
        lines.append(f"reg signed [{bits - 1}:0] {after(name, behind)};")
        lines.append(f"always @(posedge clk) if (moves) {after(name, behind)} <= {after(name, behind - 1)};")
    return lines


def after(name: str, behind: int) -> str:
    """What a variable is called behind so many registers."""
    return f"{name}_after{behind}" if behind else name


def _multiple(x: str, weight: str, place: int, bits: int, room: int, behind: int) -> str:
    """Of two bits of a weight, behind so many registers; the sign bit counts negatively."""
    weight = after(weight, behind)
    one_time, three_times, negative = (after(f"{x}_{multiple}", behind) for multiple in ("x1", "x3", "n1"))
    none, one = f"{room}'sd0", f"{weight}[{place}]"
    if place + 1 == bits:
        return f"{one} ? {negative} : {none}"
    two, is_top = f"{weight}[{place + 1}]", place + 2 == bits
    both, second = (negative, negative) if is_top else (three_times, one_time)
    return f"{two} ? ({one} ? {both} : {{{second}[{room - 2}:0], 1'b0}}) : ({one} ? {one_time} : {none})"
