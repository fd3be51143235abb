"""Element-wise functions one behind the other, as one Verilog function."""

from collections.abc import Sequence

from engine.emulate.exact.activations import Clip
from engine.emulate.exact.products import Sum
from engine.emulate.exact.stage import Cast, Operation
from engine.flows.rtl.verilog.cast import Function
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
    functions: list[Function] = []
    number = source
    for link, operation, type_ in links:
        if _keeps(number, operation, type_):
            continue
        functions.append(element_function(f"to_{link}", operation, number, type_))
        number = functions[-1].result
    call = "value"
    for function in functions:
        call = f"{function.name}({call})"
    whole = (
        f"function signed [{number.bits - 1}:0] {name}(input signed [{source.bits - 1}:0] value);\n"
        f"  {name} = {call};\nendfunction"
    )
    return Function(name, "\n".join([*(function.text for function in functions), whole]), number)


def _keeps(number: Number, operation: Operation, type_: FixedType) -> bool:
    """Whether a function changes nothing."""
    if number.fraction != type_.fraction or not number.fits(type_):
        return False
    if isinstance(operation, Clip):
        return number.low >= 0 and not operation.six
    return not isinstance(operation, SMALL) and not (isinstance(operation, Sum) and operation.counts)
