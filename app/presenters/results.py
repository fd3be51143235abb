"""What a finished job has found, in one sentence."""

from collections.abc import Mapping
from typing import Any

from engine.advice.words import plural


def summary(action: str, result: Mapping[str, Any]) -> str:
    """One sentence on the result of a job: 'convert', 'emulate' or 'synthesise'."""
    match action:
        case "convert":
            text = f"{plural(len(result['files']), 'file')} with hls4ml {result['hls4ml']}"
            return text + _warned(result)
        case "emulate":
            return _emulated(result) + _warned(result)
        case _:
            return str(result.get("summary", "Done"))


def _emulated(result: Mapping[str, Any]) -> str:
    accuracy, output = result["accuracy"], result["outputs"][0]
    if accuracy:
        return f"Accuracy {100 * accuracy['hardware']:.1f} %, float network {100 * accuracy['float']:.1f} %"
    if "agreement" in output:
        return f"Same answer as the float network in {100 * output['agreement']:.1f} % of {result['samples']} samples"
    return f"Largest difference {output['max_error']:.3g} in {result['samples']} samples"


def _warned(result: Mapping[str, Any]) -> str:
    warnings = result["warnings"]
    return f"; {plural(len(warnings), 'value')} replaced by hls4ml" if warnings else ""
