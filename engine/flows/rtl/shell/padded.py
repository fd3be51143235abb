"""Values in whole bytes, as computers send and read them."""

from engine.flows.rtl.joint import Step
from engine.flows.rtl.verilog.module import counter_bits
from engine.flows.rtl.word import Stream
from engine.precision import FixedType


def value_bytes(type_: FixedType) -> int:
    """Bytes of one value: the lowest first, in two's complement where the type is signed."""
    return -(-type_.width // 8)


def padded_bits(stream: Stream) -> int:
    """Bits of a word whose values are in whole bytes."""
    return stream.lanes * 8 * value_bytes(stream.type)


def unpadded(word: str, stream: Stream) -> str:
    """The values of a padded word, side by side."""
    step, width = 8 * value_bytes(stream.type), stream.type.width
    parts = [f"{word}[{lane * step + width - 1}:{lane * step}]" for lane in reversed(range(stream.lanes))]
    return f"{{{', '.join(parts)}}}"


def padded(word: str, stream: Stream) -> str:
    """A word whose values have been extended to whole bytes."""
    step, width = 8 * value_bytes(stream.type), stream.type.width
    parts = []
    for lane in reversed(range(stream.lanes)):
        value = f"{word}[{(lane + 1) * width - 1}:{lane * width}]"
        sign = f"{word}[{(lane + 1) * width - 1}]" if stream.type.signed else "1'b0"
        parts.append(f"{{{step - width}{{{sign}}}}}, {value}" if step > width else value)
    return f"{{{', '.join(parts)}}}"


def converter(step: Step, name: str, source: str, target: str) -> str:
    """An instance of `gather` or `spread` between two streams."""
    index = counter_bits(step.count)
    ports = [f".{port}_{end}({wires}_{end})" for port, wires in (("s", source), ("m", target)) for end in _ENDS]
    return (
        f"{step.module} #(.BITS({step.bits}), .COUNT({step.count}), .INDEX({index}), .LAST({index}'d{step.count - 1})) "
        f"{name} (\n  .clk(clk), .rst(rst),\n  {', '.join(ports)}\n);"
    )


_ENDS = ("valid", "ready", "data")
