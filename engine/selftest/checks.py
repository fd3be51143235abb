"""The checks that need no window, in the order in which a user meets the parts."""

from importlib.metadata import version
from typing import Any

from engine.advice.words import plural
from engine.design import DataReference, DataSource, set_data
from engine.environment import missing_for_training
from engine.environment.open_tools import YOSYS
from engine.flows.hls4ml.compiling import has_compiler
from engine.flows.registry import flow
from engine.jobs.errors import JobError
from engine.selftest.bench import Bench
from engine.selftest.check import Check, NotAvailableError
from engine.training.entry import ENTRY, ENVIRONMENT
from engine.training.settings import TrainingSettings


def _opens(bench: Bench) -> str:
    return f"{bench.design.name}, {plural(len(bench.design.network.layers), 'layer')}"


def _estimates(bench: Bench) -> str:
    found = flow(bench.design.target.flow).estimate(bench.design, bench.tensors)
    return f"{found.total.resource('LUT').value:,.0f} LUT, {found.latency_us.value:.3g} µs"


def _evaluates(bench: Bench) -> str:
    return str(bench.golden["summary"])


def _converts(bench: Bench) -> str:
    return str(bench.job(_entry(bench, "convert"), "Convert")["summary"])


def _emulates(bench: Bench) -> str:
    """The compiled C++ and the whole-number model must give the same outputs."""
    if not has_compiler(bench.design.target.flow):
        raise NotAvailableError("There is no C++ compiler; the golden model gives the same bits without one.")
    found = bench.job(_entry(bench, "emulate"), "Emulate", bench.samples())
    if _answers(found) != _answers(bench.golden):
        raise JobError(f"The generated C++ and the golden model differ: {found['summary']} {bench.golden['summary']}")
    return f"The same as the golden model, over {found['samples']} samples."


def _maps(bench: Bench) -> str:
    if not YOSYS.version:
        raise NotAvailableError("Yosys is not installed.")
    return str(bench.job("engine.selftest.work:map_layer", "Synthesise a layer"))


def _trains(bench: Bench) -> str:
    if missing_for_training():
        raise NotAvailableError("The training part is not installed.")
    made_up = set_data(bench.design, DataReference(DataSource.GENERATOR, "jets"))
    settings = {"settings": TrainingSettings(epochs=1).to_json()}
    found = bench.job(ENTRY, "Train an epoch", settings, made_up, ENVIRONMENT)
    if found["diverged"]:
        raise JobError(found["summary"])
    return f"TensorFlow {version('tensorflow')}, one epoch of made-up jets: {found['summary']}"


def _entry(bench: Bench, action: str) -> str:
    """The job that the design's flow offers for an action."""
    return next(offer.entry for offer in flow(bench.design.target.flow).jobs(bench.design) if offer.action == action)


def _answers(result: dict[str, Any]) -> Any:
    return result["outputs"], result["accuracy"]


CHECKS = (
    Check("example", "Open an example", _opens),
    Check("estimate", "Estimate", _estimates),
    Check("golden", "Golden model", _evaluates),
    Check("convert", "Convert to HLS C++", _converts),
    Check("emulate", "Emulate the C++", _emulates),
    Check("yosys", "Yosys on a layer", _maps),
    Check("train", "Train an epoch", _trains),
)
