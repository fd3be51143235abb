"""Functions with constants for each channel or value: batch normalisation, thresholds, bent and hard functions."""

from dataclasses import dataclass
from math import lcm

from engine.emulate.exact.activations import Hard, Leaky
from engine.emulate.exact.numbers import Exact
from engine.emulate.exact.products import Scale, Threshold
from engine.flows.rtl.block import Block
from engine.flows.rtl.blocks.elementwise import Body, element_block, finished, source_number
from engine.flows.rtl.site import Site
from engine.flows.rtl.verilog.counter import counter
from engine.flows.rtl.verilog.number import Number, fitted, literal, pattern, raised
from engine.flows.rtl.verilog.rom import packed, rom
from engine.flows.rtl.verilog.soft import SOFT_BELOW, after, cycles, delayed, multiples, soft_product
from engine.precision import FixedType


@dataclass(frozen=True, slots=True)
class Constant:
    """A constant of each value: what stands in front of the lanes, and the lane's own variable beside `x`."""

    number: Number
    shared: str
    lane: str
    changes: bool
    """Whether it differs from word to word."""


def scale(site: Site, operation: Scale) -> Block:
    """Batch normalisation: a product and a sum."""
    x = source_number(site)
    factor, offset = _constant(site, "factor", operation.factor), _constant(site, "offset", operation.offset)
    product, spent = x * factor.number, _spent(factor, operation.factor_type)
    total, late = product + offset.number, after("offset", spent)
    finish = site.finish(total)
    lines = [
        factor.lane,
        *_product(x, factor, "factor", operation.factor_type),
        offset.lane,
        *delayed("offset", offset.number.bits, spent),
        _raised("product", product, total.fraction),
        _raised(late, offset.number, total.fraction),
        _register("total", total, f"raised_product + raised_{late}"),
        finished(finish, "total", site.result),
    ]
    body = _body(site, [factor, offset], finish.text, lines, 3 + spent, factor)
    return element_block(site, "batch normalisation, value · factor + offset", body)


def leaky(site: Site, operation: Leaky) -> Block:
    """Values that are not above zero times a slope."""
    x, slope = source_number(site), _constant(site, "slope", operation.slope)
    product, spent = x * slope.number, _spent(slope, operation.slope_type)
    bent, late = product | x, after("x", spent)
    finish = site.finish(bent)
    lines = [
        slope.lane,
        *_product(x, slope, "slope", operation.slope_type),
        *delayed("x", x.bits, spent),
        _raised("product", product, bent.fraction),
        _raised(late, x, bent.fraction),
        _register("bent", bent, f"{late} > 0 ? raised_{late} : raised_product"),
        finished(finish, "bent", site.result),
    ]
    body = _body(site, [slope], finish.text, lines, 3 + spent, slope)
    return element_block(site, "ReLU with a slope below zero", body)


def hard(site: Site, operation: Hard) -> Block:
    """Three straight pieces."""
    x, slope, shift = source_number(site), _single(operation.slope), _single(operation.shift)
    product = x * slope
    line = product + shift
    one = 1 << line.fraction
    bent = Number(-one if operation.both_signs else 0, one, line.fraction)
    finish = site.finish(bent)
    inner = f"{{line, 1'b0}} - {literal(one, line.bits + 1)}" if operation.both_signs else "line"
    lines = [
        _register("product", product, f"value * {literal(slope.low, slope.bits)}"),
        _raised("product", product, line.fraction),
        _register("line", line, f"raised_product + {literal(shift.at(line.fraction).low, line.bits)}"),
        f"wire signed [{line.bits}:0] inner = {inner};",
        _register("bent", bent, _within(line, one, bent)),
        finished(finish, "bent", site.result),
    ]
    return element_block(site, "three straight pieces", Body(finish.text, "\n".join(lines), 4))


def threshold(site: Site, operation: Threshold) -> Block:
    """Steps at one or two thresholds."""
    x = source_number(site)
    limits = {"low": operation.low} | ({} if operation.high is None else {"high": operation.high})
    constants = {name: _constant(site, name, values) for name, values in limits.items()}
    fraction = max(x.fraction, *(each.number.fraction for each in constants.values()))
    step = Number(0 if operation.high is None else -1, 1, 0)
    text = "raised_x >= raised_low ? 2'sd1 : 2'sd0"
    if operation.high is not None:
        text = "raised_x > raised_high ? 2'sd1 : raised_x > raised_low ? 2'sd0 : -2'sd1"
    lines = [
        _register("x", x, "value"),
        *(each.lane for each in constants.values()),
        _raised("x", x, fraction),
        *(_raised(name, each.number, fraction) for name, each in constants.items()),
        _register("step", step, text),
        finished(site.finish(step), "step", site.result),
    ]
    body = _body(site, list(constants.values()), site.finish(step).text, lines, 3)
    return element_block(site, "steps at thresholds", body)


def _within(line: Number, one: int, bent: Number) -> str:
    """The line, or what it stops at."""
    text = fitted("inner", line.bits + 1, bent.bits)
    if line.high > one:
        text = f"line > {literal(one, line.bits)} ? {literal(bent.high, bent.bits)} : {text}"
    return f"line < 0 ? {literal(bent.low, bent.bits)} : {text}"


def _constant(site: Site, name: str, values: Exact) -> Constant:
    """One for each channel or value, or one for all: read from a ROM where it differs from word to word."""
    codes = [int(code) for code in values.codes.ravel()]
    number = Number(min(codes), max(*codes, 1), values.fraction)
    bits, lanes = number.bits, site.lanes
    words = lcm(len(codes), lanes) // lanes
    packs = [
        packed([codes[(word * lanes + lane) % len(codes)] for lane in range(lanes)], bits) for word in range(words)
    ]
    part = f"{name}_word[lane*{bits} +: {bits}]"
    lane = f"wire signed [{bits - 1}:0] {name} = {part};"
    if words == 1:
        shared = f"wire [{lanes * bits - 1}:0] {name}_word = {pattern(packs[0], lanes * bits)};"
        return Constant(number, shared, lane, False)
    shared = f"""\
{rom(f"{name}_rom", packs, lanes * bits)}
{counter(f"{name}_place", words, "moves & takes")}
reg [{lanes * bits - 1}:0] {name}_word;
always @(posedge clk) if (moves) {name}_word <= {name}_rom[{name}_place];"""
    return Constant(number, shared, lane, True)


def _body(
    site: Site, constants: list[Constant], functions: str, lines: list[str], depth: int, factor: Constant | None = None
) -> Body:
    shared = "\n".join([*(each.shared for each in constants), functions])
    multipliers = site.lanes if factor is not None and factor.changes else 0
    return Body(shared, "\n".join(lines), depth, multipliers)


def _single(values: Exact) -> Number:
    code = int(values.codes.ravel()[0])
    return Number(code, code, values.fraction)


def _is_soft(type_: FixedType) -> bool:
    return type_.width < SOFT_BELOW


def _spent(constant: Constant, type_: FixedType) -> int:
    """Cycles from a value, and its constant of a type, to their product."""
    return cycles(constant.number.bits) if _is_soft(type_) else 1


def _product(x: Number, constant: Constant, name: str, type_: FixedType) -> list[str]:
    """Registers `x`, of the value, and `product`, of that and the constant that the lane calls `name`."""
    bits, product = constant.number.bits, x * constant.number
    value = _register("x", x, "value")
    if not _is_soft(type_):
        return [value, _register("product", product, f"x * {name}")]
    of_x = multiples("x", "value", x.bits, bits)
    return [value, *of_x, *soft_product("product", "x", name, x.bits, bits, product.bits)]


def _register(name: str, number: Number, text: str) -> str:
    return f"reg signed [{number.bits - 1}:0] {name};\nalways @(posedge clk) if (moves) {name} <= {text};"


def _raised(name: str, number: Number, fraction: int) -> str:
    bits = number.bits + fraction - number.fraction
    return f"wire signed [{bits - 1}:0] raised_{name} = {raised(name, number, fraction)};"
