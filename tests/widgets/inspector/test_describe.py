"""Views made from engine values."""

from engine.design import Effective, Origin
from engine.flows.flow import SettingSpec
from engine.network.kinds import Conv2D, Dense, Input, Pad2D
from engine.precision import FixedType
from widgets.inspector import origin_text, params_of, setting_view, tally


def test_a_tally_has_the_most_frequent_value_first():
    counted = tally([FixedType(8, 3), FixedType(6, 2), FixedType(8, 3)])
    assert [(str(each.value), each.layers) for each in counted] == [("ap_fixed<8,3>", 2), ("ap_fixed<6,2>", 1)]


def test_where_values_come_from():
    layer, default = Effective(4, Origin.LAYER), Effective(4, Origin.DEFAULT)
    assert origin_text([layer, layer]) == "set on this layer"
    assert origin_text([layer, default]) == "set in several places"
    assert origin_text([layer, Effective(8, Origin.LAYER)]) == "2 values"


def test_choices_keep_their_order_when_one_is_off():
    off = (("latency", "Latency is off: 9,216 products, limit 4,096."),)
    spec = SettingSpec("strategy", "Strategy", "choice", "", ("resource_unrolled", "resource"), off)
    view = setting_view(spec, [Effective("resource", Origin.DEFAULT)])
    assert [each.label for each in view.choices] == ["Latency", "Resource", "Unrolled"]
    assert [bool(each.off) for each in view.choices] == [True, False, False]
    assert (view.value, view.inherited, view.resettable) == ("resource", True, False)


def test_parameters_come_from_the_layer_kind():
    views = {view.name: view for view in params_of([Conv2D(filters=32)])}
    assert [view.form for view in views.values()] == ["extents", "extents", "choice", "extents", "flag", "whole"]
    assert views["kernel"].value == (3, 3)
    assert (views["kernel"].length, views["filters"].minimum) == (2, 1)
    assert views["padding"].choices == ("valid", "same")
    assert params_of([Input(shape=(8, 8, 1))])[0].length is None
    assert params_of([Pad2D()])[0].length == 4


def test_parameters_that_differ_are_mixed_and_kinds_that_differ_share_none():
    views = {view.name: view.value for view in params_of([Conv2D(filters=8), Conv2D(filters=16)])}
    assert views["filters"] is None
    assert views["kernel"] == (3, 3)
    assert params_of([Conv2D(), Dense()]) == ()
