"""Element-wise functions one behind the other, as one Verilog function, or as some with registers between them."""

from collections.abc import Sequence

from engine.emulate.exact.activations import Clip
from engine.emulate.exact.products import Sum
from engine.emulate.exact.stage import Cast, Operation
from engine.flows.rtl.verilog.cast import Function, cast_function, rounding_function
from engine.flows.rtl.verilog.functions import SMALL, element_function
from engine.flows.rtl.verilog.number import Number
from engine.precision import FixedType

Link = tuple[str, Operation, FixedType]
"""A name, what is computed, and the type of what comes out."""


def can_join(operation: Operation) -> bool:
    """Whether a function is small enough to be computed behind another one in the same cycle."""
    return isinstance(operation, (Cast, *SMALL))


def chain(name: str, source: Number, links: Sequence[Link]) -> Function:
    """All functions, the first one's input being `source`."""
    return _composed(name, source, [each for part in _parts(source, links) for each in part])


def stages(name: str, source: Number, links: Sequence[Link]) -> tuple[Function, ...]:
    """The same as functions with a register between each two: behind roundings whose result may leave a range.

    The last one has the name; those before it have numbers behind it.
    """
    found: list[Function] = []
    parts = _parts(source, links)
    for index, part in enumerate(parts):
        number = found[-1].result if found else source
        found.append(_composed(name if index == len(parts) - 1 else f"{name}{index}", number, part))
    return tuple(found)


def _parts(number: Number, links: Sequence[Link]) -> list[list[Function]]:
    """The functions, a new list behind each rounding that is a step of its own."""
    parts: list[list[Function]] = [[]]
    for link, operation, type_ in links:
        if _keeps(number, operation, type_):
            continue
        if _is_cast(operation):
            relu = isinstance(operation, Clip)
            rounding = rounding_function(f"round_{link}", number, type_, relu=relu)
            if rounding is not None:
                parts[-1].append(rounding)
                parts.append([cast_function(f"to_{link}", rounding.result, type_)])
            else:
                parts[-1].append(cast_function(f"to_{link}", number, type_, relu=relu))
        else:
            parts[-1].append(element_function(f"to_{link}", operation, number, type_))
        number = parts[-1][-1].result
    return parts


def _composed(name: str, source: Number, functions: Sequence[Function]) -> Function:
    call, number = "value", functions[-1].result if functions else source
    for function in functions:
        call = f"{function.name}({call})"
    whole = (
        f"function signed [{number.bits - 1}:0] {name}(input signed [{source.bits - 1}:0] value);\n"
        f"  {name} = {call};\nendfunction"
    )
    return Function(name, "\n".join([*(function.text for function in functions), whole]), number)


def _is_cast(operation: Operation) -> bool:
    """Whether a function only rounds, and keeps a range."""
    if isinstance(operation, SMALL):
        return isinstance(operation, Clip) and not operation.six
    return not (isinstance(operation, Sum) and operation.doubled)


def _keeps(number: Number, operation: Operation, type_: FixedType) -> bool:
    """Whether a function changes nothing."""
    if number.fraction != type_.fraction or not number.fits(type_):
        return False
    return _is_cast(operation) and (number.low >= 0 or not isinstance(operation, Clip))
