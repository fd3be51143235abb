"""Reading the spellings of types that hls4ml and AMD use."""

import re
from typing import TypeVar

from engine.precision.fixed import AUTO, FixedType, Overflow, Precision, Rounding

_PATTERN = re.compile(r"^\s*(ap_|ac_)?(u?)(fixed|int)\s*<([^<>]*)>\s*$")
_Mode = TypeVar("_Mode", Rounding, Overflow)
_EXAMPLES = "Write for example ap_fixed<16,6>, ap_ufixed<8,0,AP_RND,AP_SAT>, ap_int<8> or auto."


class PrecisionError(ValueError):
    """A type that cannot be read; the message says what is wrong and shows what would do."""


def parse(text: str) -> Precision:
    """Read `ap_fixed<W,I,Q,O,N>`, `ap_ufixed`, `ap_int`, `ap_uint`, the same without `ap_`, `ac_*`, or `auto`.

    Raises PrecisionError with the reason and examples.
    """
    if text.strip().lower() == "auto":
        return AUTO
    match = _PATTERN.match(text)
    if match is None:
        raise PrecisionError(f"'{text}' is not a type. {_EXAMPLES}")
    prefix, unsigned, family, body = match.groups()
    arguments = [argument.strip() for argument in body.split(",")]
    try:
        if prefix == "ac_":
            return _ac_type(family, bool(unsigned), arguments, text)
        return _ap_type(family, not unsigned, arguments, text)
    except ValueError as error:
        raise PrecisionError(f"'{text}' is not a type: {str(error).rstrip('.')}. {_EXAMPLES}") from error


def _ap_type(family: str, signed: bool, arguments: list[str], text: str) -> FixedType:
    width, integer, rest = _sizes(family, arguments)
    if family == "int" and rest:
        raise ValueError("a whole-number type takes a width and nothing else")
    return _with_modes(width, integer, signed, rest, text)


def _ac_type(family: str, unsigned: bool, arguments: list[str], text: str) -> FixedType:
    """Siemens's spelling, where the third argument of ac_fixed and the second of ac_int say whether it is signed."""
    if unsigned:
        raise ValueError(f"an unsigned one is written ac_{family}<..., false>")
    width, integer, rest = _sizes(family, arguments)
    signed = not rest or rest[0].lower() not in ("false", "0")
    return _with_modes(width, integer, signed, rest[1:], text)


def _sizes(family: str, arguments: list[str]) -> tuple[int, int, list[str]]:
    """Width, integer bits, and what follows."""
    width = _integer(arguments[0], "width")
    if family == "int":
        return width, width, arguments[1:]
    if len(arguments) < 2:
        raise ValueError("it needs a width and a number of integer bits")
    return width, _integer(arguments[1], "number of integer bits"), arguments[2:]


def _with_modes(width: int, integer: int, signed: bool, modes: list[str], text: str) -> FixedType:
    if len(modes) > 3:
        raise ValueError("it has too many arguments")
    rounding = _mode(modes[0], Rounding, "rounding") if modes else Rounding.TRN
    overflow = _mode(modes[1], Overflow, "overflow") if len(modes) > 1 else Overflow.WRAP
    saturation_bits = _integer(modes[2], "number of saturation bits") if len(modes) > 2 else 0
    return FixedType(width, integer, signed, rounding, overflow, saturation_bits, text.strip())


def _mode(word: str, modes: type[_Mode], what: str) -> _Mode:
    bare = re.sub(r"^(AP_|AC_)", "", word.upper())
    if bare not in list(modes):
        raise ValueError(f"'{word}' is no {what} mode; those are {', '.join(modes)}")
    return modes(bare)


def _integer(word: str, what: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,6}", word):
        raise ValueError(f"the {what} '{word}' is not a whole number")
    return int(word)
