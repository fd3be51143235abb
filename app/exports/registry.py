"""All exports as data: the menu is made of them."""

from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QImage

from app.exports.export import Export, in_one, in_steps
from app.exports.png import png_of
from app.exports.subject import Drawing, Subject
from app.progress import aside, heard_aside
from engine.flows.hls4ml.backends import BACKENDS
from engine.flows.labels import FINN, OPEN_FLOW
from engine.network import TensorStore
from engine.project.told import Told

_MOST_ON_PAPER = 2800
"""Pixels a side of a picture in a report: 300 dots per inch on A4."""

_ENCODING = 0.3
"""Share of the work of a large picture that is done when it is painted."""

_BUILDING = 0.1
"""Share of a Verilog project that is done when building begins: next to nothing."""


def find_export(export_id: str) -> Export:
    """The export of an id; KeyError where there is none."""
    return _BY_ID[export_id]


def _title(subject: Subject) -> str:
    return f"{subject.design.name} on {subject.design.target.board.name}"


# What writes a file is imported when one is asked for: the menu alone needs none of it.
def _report(subject: Subject) -> str:
    from app.exports.report import report_html

    pictures = {} if subject.graph is None or not subject.design.network.layers else {"Network": subject.graph}
    return report_html(
        subject.design,
        subject.estimate,
        subject.flow,
        subject.findings,
        subject.runs,
        {title: _on_paper(picture) for title, picture in pictures.items()},
        subject.safe_share,
        f"Written by Codesign Studio on {datetime.now():%d %B %Y}.",
        subject.simulation,
    )


def _on_paper(picture: Drawing) -> QImage:
    return picture.on_paper().image(most=_MOST_ON_PAPER)


def _html(subject: Subject) -> bytes:
    return _report(subject).encode()


def _pdf(subject: Subject, told: Told) -> bytes:
    from app.exports.pdf import pdf_bytes

    return pdf_bytes(_report(subject), _title(subject), told)


def _table(subject: Subject) -> bytes:
    from app.exports.table import table_csv

    return table_csv(subject.design, subject.estimate, subject.flow).encode()


def _config(subject: Subject) -> bytes:
    from engine.flows.hls4ml.config import config_yaml

    return config_yaml(subject.design).encode()


def _script(subject: Subject, path: Path, told: Told) -> None:
    from engine.flows.hls4ml.script import write_script

    design, tensors = subject.design, subject.tensors
    if tensors is not None:
        heard_aside(lambda hear: write_script(design, tensors, path, hear), told)


def _verilog(subject: Subject, told: Told) -> bytes:
    from engine.flows.rtl.project.archive import project_archive

    design, tensors = subject.design, _at_hand(subject)
    return aside(lambda: project_archive(design, tensors), told, _BUILDING)


def _qonnx(subject: Subject, told: Told) -> bytes:
    from engine.writers.onnx import qonnx_of

    design, tensors = subject.design, _at_hand(subject)
    return aside(lambda: qonnx_of(design, tensors).data, told, _BUILDING)


def _finn_model(subject: Subject, told: Told) -> bytes:
    from engine.writers.onnx import finn_model_of

    design, tensors = subject.design, _at_hand(subject)
    return aside(lambda: finn_model_of(design, tensors).data, told, _BUILDING)


def _keras_h5(subject: Subject) -> bytes:
    from engine.writers.keras import keras_h5_of

    return keras_h5_of(subject.design, _at_hand(subject))


def _keras(subject: Subject) -> bytes:
    from engine.writers.keras import keras_archive_of

    return keras_archive_of(subject.design, _at_hand(subject))


def _at_hand(subject: Subject) -> TensorStore:
    if subject.tensors is None:
        raise ValueError("The weights are not at hand.")
    return subject.tensors


def _no_weights(subject: Subject) -> str:
    return "" if subject.tensors is not None else "the weights are not at hand"


def _no_verilog(subject: Subject) -> str:
    if subject.flow.id != OPEN_FLOW:
        return f"{subject.flow.label} writes no Verilog; the open flow does"
    return subject.estimate.refusal or _no_weights(subject)


def _not_hls4ml(subject: Subject) -> str:
    return "" if subject.design.target.flow in BACKENDS else f"{subject.flow.label} is not a flow of hls4ml"


def _folding(subject: Subject) -> bytes:
    from engine.flows.finn.folding_file import folding_json

    return folding_json(subject.design).encode()


def _not_finn(subject: Subject) -> str:
    return subject.estimate.refusal if subject.flow.id == FINN else f"{subject.flow.label} folds by no PE and SIMD"


def _no_qonnx(subject: Subject) -> str:
    if subject.flow.id == FINN:
        return "FINN computes otherwise: its file is that of Export model for FINN"
    return _no_weights(subject)


def _no_finn_model(subject: Subject) -> str:
    return _not_finn(subject) or _no_weights(subject)


def _no_script(subject: Subject) -> str:
    return _not_hls4ml(subject) or _no_weights(subject)


def _no_graph(subject: Subject) -> str:
    return "" if subject.graph is not None else "there is no picture of the network"


def _no_budget(subject: Subject) -> str:
    return "" if subject.budget is not None else "there is no picture of the budget"


def _given(picture: Drawing | None) -> Drawing:
    if picture is None:
        raise ValueError("There is no picture of it.")
    return picture


def _pictures() -> tuple[Export, ...]:
    """Network and budget, each as pixels and as lines."""
    png, svg = "PNG picture", "SVG picture"
    graph, budget = "Export picture of the network as", "Export picture of the budget as"
    return (
        Export("graph.png", f"{graph} PNG…", ".png", png, in_steps(_graph_png), _no_graph, "_network"),
        Export("graph.svg", f"{graph} SVG…", ".svg", svg, in_one(_graph_svg), _no_graph, "_network"),
        Export("budget.png", f"{budget} PNG…", ".png", png, in_one(_budget_png), _no_budget, "_budget"),
        Export("budget.svg", f"{budget} SVG…", ".svg", svg, in_one(_budget_svg), _no_budget, "_budget"),
    )


def _graph_png(subject: Subject, told: Told) -> bytes:
    image = _given(subject.graph).image()
    return aside(lambda: png_of(image), told, _ENCODING)


def _graph_svg(subject: Subject) -> bytes:
    return _given(subject.graph).svg(_title(subject))


def _budget_png(subject: Subject) -> bytes:
    return _given(subject.budget).png()


def _budget_svg(subject: Subject) -> bytes:
    return _given(subject.budget).svg(_title(subject))


EXPORTS = (
    Export("report.pdf", "Export report as PDF…", ".pdf", "PDF document", in_steps(_pdf), stem="_report"),
    Export("report.html", "Export report as HTML…", ".html", "Web page", in_one(_html), stem="_report"),
    Export("table.csv", "Export table of layers as CSV…", ".csv", "Table", in_one(_table), stem="_layers"),
    *_pictures(),
    Export("config.yml", "Export hls4ml configuration…", ".yml", "hls4ml configuration", in_one(_config), _not_hls4ml),
    Export(
        "verilog.zip", "Export Verilog project…", ".zip", "ZIP archive", in_steps(_verilog), _no_verilog, "_verilog"
    ),
    Export("qonnx.onnx", "Export QONNX model…", ".onnx", "QONNX model", in_steps(_qonnx), _no_qonnx),
    Export(
        "finn.onnx", "Export model for FINN…", ".onnx", "FINN model", in_steps(_finn_model), _no_finn_model, "_finn"
    ),
    Export("folding.json", "Export FINN folding…", ".json", "FINN folding", in_one(_folding), _not_finn, "_folding"),
    Export("keras.h5", "Export Keras model as H5…", ".h5", "Keras model", in_one(_keras_h5), _no_weights),
    Export("keras.keras", "Export Keras model as .keras…", ".keras", "Keras model", in_one(_keras), _no_weights),
    Export("script.py", "Export Python script…", ".py", "Python script", _script, _no_script),
)
"""In the order of the menu."""

_BY_ID = {export.id: export for export in EXPORTS}
