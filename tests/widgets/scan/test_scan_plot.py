"""The plot of a scan."""

from widgets.scan import ScanCell, ScanPlot, ScanRow, ScanView


def _view(layers: int) -> ScanView:
    cells = (ScanCell("90 %", "fc1 at 4 bits", 90.0, 120.0), ScanCell("80 %", "fc1 at 2 bits", 80.0, 240.0))
    rows = tuple(ScanRow(f"fc{n + 1}", "weight", "Weights", "8 bits", cells) for n in range(layers))
    return ScanView((4, 2), rows, title="Accuracy, %", now=(91.0, 90.0, 92.0))


def test_a_selected_layer_may_be_gone_from_the_next_view(qtbot):
    plot = ScanPlot()
    qtbot.addWidget(plot)
    plot.set_view(_view(2))
    plot.select((1, 0))
    assert len(plot.line.getData()[0]) == 2
    plot.set_view(_view(1))
    assert plot.line.getData()[0] is None


def test_lines_are_named_at_their_ends_where_no_name_hides_another(qtbot):
    plot = ScanPlot()
    qtbot.addWidget(plot)
    plot.resize(600, 300)
    plot.show()
    steps = ((80.0, 240.0), (60.0, 300.0), (80.0, 239.0))
    rows = tuple(
        ScanRow(f"fc{n + 1}", "weight", "Weights", "8 bits", (ScanCell("", "", 90.0, 9.0), ScanCell("", "", *end)))
        for n, end in enumerate(steps)
    )
    plot.set_view(ScanView((4, 2), rows, title="Accuracy, %", now=(91.0, 90.0, 92.0)))
    places = list(plot.names.shown.values())
    assert list(plot.names.shown)[:2] == ["fc2", "fc1"]
    assert all(plot.getViewBox().sceneBoundingRect().contains(place) for place in places)
    assert not any(one is not other and one.intersects(other) for one in places for other in places)
    plot.select((2, 1))
    assert next(iter(plot.names.shown)) == "fc3"
