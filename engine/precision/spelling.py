"""Reading the spellings of types that hls4ml and AMD use."""

import re

from engine.precision.fixed import AUTO, FixedType, Overflow, Precision, Rounding

_PATTERN = re.compile(r"^\s*(ap_|ac_)?(u?)(fixed|int)\s*<([^<>]*)>\s*$")
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
    signed = not unsigned
    try:
        if prefix == "ac_":
            return _ac_type(family, arguments, text)
        return _ap_type(family, signed, arguments, text)
    except (ValueError, IndexError) as error:
        raise PrecisionError(f"'{text}' is not a type: {error}. {_EXAMPLES}") from error


def _ap_type(family: str, signed: bool, arguments: list[str], text: str) -> FixedType:
    width = _integer(arguments[0], "width")
    fields = 2 if family == "fixed" else 1
    if len(arguments) < fields:
        raise ValueError("it needs a width and a number of integer bits")
    integer = _integer(arguments[1], "number of integer bits") if family == "fixed" else width
    return _with_modes(width, integer, signed, arguments[fields:], text)


def _ac_type(family: str, arguments: list[str], text: str) -> FixedType:
    width = _integer(arguments[0], "width")
    fields = 2 if family == "fixed" else 1
    integer = _integer(arguments[1], "number of integer bits") if family == "fixed" else width
    signed = True
    if len(arguments) > fields:
        signed = arguments[fields].lower() not in ("false", "0")
    return _with_modes(width, integer, signed, arguments[fields + 1 :], text)


def _with_modes(width: int, integer: int, signed: bool, modes: list[str], text: str) -> FixedType:
    if len(modes) > 3:
        raise ValueError("it has too many arguments")
    rounding = Rounding(_mode(modes[0])) if modes else Rounding.TRN
    overflow = Overflow(_mode(modes[1])) if len(modes) > 1 else Overflow.WRAP
    saturation_bits = _integer(modes[2], "number of saturation bits") if len(modes) > 2 else 0
    return FixedType(width, integer, signed, rounding, overflow, saturation_bits, text.strip())


def _mode(word: str) -> str:
    return re.sub(r"^(AP_|AC_)", "", word.upper())


def _integer(word: str, what: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,6}", word):
        raise ValueError(f"the {what} '{word}' is not a whole number")
    return int(word)
