"""The inspector: what is selected, its precision, reuse and cost, and the controls that change them.

inspector = Inspector()
inspector.set_view(InspectorView(subject=("conv1",), header=HeaderView("conv1", "Conv2D 3×3 · 16", "conv")))
inspector.precision_changed.connect(apply)
"""

from engine.ranges.histogram import Histogram, measure, merge, noise_db
from widgets.inspector.describe import choices_of, origin_text, params_of, setting_view, tally
from widgets.inspector.inspector import Inspector
from widgets.inspector.model import (
    AdviceRow,
    AdviceView,
    BuiltRow,
    BuiltView,
    ChoiceView,
    CostRow,
    CostView,
    Fact,
    HeaderView,
    InputView,
    InspectorView,
    NoteView,
    ParamView,
    ReuseView,
    RoleView,
    SettingView,
    Spread,
    Tally,
)
from widgets.inspector.precision_editor import PrecisionEditor
from widgets.inspector.reuse_slider import ReuseSlider

__all__ = [
    "AdviceRow",
    "AdviceView",
    "BuiltRow",
    "BuiltView",
    "ChoiceView",
    "CostRow",
    "CostView",
    "Fact",
    "HeaderView",
    "Histogram",
    "InputView",
    "Inspector",
    "InspectorView",
    "NoteView",
    "ParamView",
    "PrecisionEditor",
    "ReuseSlider",
    "ReuseView",
    "RoleView",
    "SettingView",
    "Spread",
    "Tally",
    "choices_of",
    "measure",
    "merge",
    "noise_db",
    "origin_text",
    "params_of",
    "setting_view",
    "tally",
]
