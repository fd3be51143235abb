"""The script on the computer's side of the serial line."""

from engine.flows.rtl.shell.padded import padded_bits
from engine.flows.rtl.shell.serial import BAUD, Line
from engine.flows.rtl.template import script_of
from engine.flows.rtl.word import Stream

_SPARE_SECONDS = 2


def host_script(line: Line, latency_seconds: float, baud: int = BAUD) -> str:
    """A Python script that sends samples and prints answers."""
    bits = sum(10 * each.words * padded_bits(each) // 8 for each in (line.source, line.target))
    seconds = round(bits / baud + latency_seconds + _SPARE_SECONDS, 1)
    facts = {"BAUD": baud, "INPUT": _format(line.source), "OUTPUT": _format(line.target), "SECONDS": seconds}
    return script_of("host.py", facts)


def _format(stream: Stream) -> tuple[int, int, int, bool]:
    return (stream.values, stream.type.width, stream.type.fraction, stream.type.signed)
