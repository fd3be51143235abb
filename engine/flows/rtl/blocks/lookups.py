"""Functions that are looked up: sigmoid, tanh, softplus, softsign, ELU and SELU.

The ROM holds what leaves the module, whatever is computed behind the function included. Values of few bits are places
in it themselves; of others, the place is that in hls4ml's table.
"""

from collections.abc import Sequence

import numpy as np

from engine.emulate.exact.lookups import Exponential, Lookup
from engine.emulate.exact.numbers import typed
from engine.emulate.exact.stage import Operation
from engine.emulate.exact.tables import function_table
from engine.flows.rtl.block import Block
from engine.flows.rtl.blocks.elementwise import Body, element_block
from engine.flows.rtl.site import Site
from engine.flows.rtl.verilog.cast import Function
from engine.flows.rtl.verilog.index import address_bits, addressed, index_function
from engine.flows.rtl.verilog.number import Number, fitted, literal
from engine.flows.rtl.verilog.rom import packed, rom

_INT_BITS = 31
"""hls4ml computes places as C++'s int, which comes round beyond these."""
_DEPTH = 3
"""Registers: the place, what is read there, the result."""


def lookup(site: Site, operation: Lookup) -> Block:
    """A table of values around zero."""
    if _is_place_itself(site, operation.size):
        return _direct(site, operation, operation.function)
    size, reach = operation.size, 4 if operation.function == "tanh" else 8
    place = _place(site, size, 2 * reach, -(size // 2), size - 1 - size // 2)
    results = site.finished(typed(function_table(operation.function, size, operation.table), operation.table))
    words = addressed(place.result, lambda index: int(results[index + size // 2]))
    lane = f"{_found(place)}\n{_read(site, words)}\n{_moved('result', 'fetched')}"
    return element_block(site, f"{operation.function}, from a table", Body(place.text, lane, _DEPTH))


def exponential(site: Site, operation: Exponential) -> Block:
    """A table below zero; above, values as they are or times a slope."""
    if _is_place_itself(site, operation.size):
        return _direct(site, operation, operation.function)
    size, x, selu = operation.size, Number.of(site.source), operation.function == "selu"
    place = _place(site, size, -8, 0, size - 1)
    table = typed(function_table(operation.function, size, operation.table), operation.table)
    results = site.finished(table if selu else table * operation.scale)
    slope = int(operation.scale.codes.ravel()[0]) if selu else 1
    above = x * Number(slope, slope, operation.scale.fraction if selu else 0)
    finish = site.finish(above)
    factor = Number(slope, slope, 0).bits + 1
    lane = f"""\
{_found(place)}
{_read(site, addressed(place.result, lambda index: int(results[index])))}
reg signed [{x.bits - 1}:0] x;
always @(posedge clk) if (moves) x <= value;
reg signed [{above.bits - 1}:0] above;
always @(posedge clk) if (moves) above <= {f"x * {literal(slope, factor)}" if selu else "x"};
reg below;
always @(posedge clk) if (moves) below <= x < 0;
wire signed [{finish.result.bits - 1}:0] finished = finish(above);
{_moved("result", f"below ? fetched : {fitted('finished', finish.result.bits, site.result.width)}")}"""
    about = f"{operation.function}, from a table below zero"
    return element_block(site, about, Body(f"{place.text}\n\n{finish.text}", lane, _DEPTH))


def _is_place_itself(site: Site, size: int) -> bool:
    return 1 << site.source.width <= size


def _direct(site: Site, operation: Operation, function: str) -> Block:
    """A ROM with the result of every value there is."""
    width = site.source.width
    codes = np.arange(1 << width)
    if site.source.signed:
        codes = np.where(codes >> (width - 1), codes - (1 << width), codes)
    head = operation.apply([typed(codes.reshape(-1, 1), site.source)], site.stage.result)
    words = [int(code) for code in site.finished(head).ravel()]
    lane = f"""\
reg [{width - 1}:0] place;
always @(posedge clk) if (moves) place <= value{"" if site.source.signed else f"[{width - 1}:0]"};
{_read(site, words)}
{_moved("result", "fetched")}"""
    return element_block(site, f"{function}, from a table of all values", Body("", lane, _DEPTH))


def _place(site: Site, size: int, span: int, low: int, high: int) -> Function:
    x = Number.of(site.source)
    farthest = max(-x.low, x.high) * size
    if farthest.bit_length() - x.fraction - (abs(span).bit_length() - 1) > _INT_BITS:
        raise site.refused(
            "Places in its table leave the range of hls4ml's int for the largest inputs.",
            "Give its input a type with fewer bits in front of the point.",
        )
    return index_function("to_place", x, size, span, low, high)


def _found(place: Function) -> str:
    bits, wanted = place.result.bits, address_bits(place.result)
    return f"""\
wire signed [{bits - 1}:0] found = {place.name}(value);
reg [{wanted - 1}:0] place;
always @(posedge clk) if (moves) place <= {fitted("found", bits, wanted)};"""


def _read(site: Site, words: Sequence[int]) -> str:
    width = site.result.width
    return f"""\
{rom("table_rom", [packed([word], width) for word in words], width)}
reg [{width - 1}:0] fetched, result;
always @(posedge clk) if (moves) fetched <= table_rom[place];"""


def _moved(name: str, text: str) -> str:
    return f"always @(posedge clk) if (moves) {name} <= {text};"
