"""Curves and figures of a training, as values and on the screen."""

from PySide6.QtCore import Qt

from widgets.training import CurvesView, Line, ScoreRow, ScoreTable, TrainingCurves


def _view():
    return CurvesView(
        (Line("float network", "text.tertiary", (1.0, 2.0, 3.0), (2.0, 1.0, 0.5)),),
        (Line("float network", "text.tertiary", (1.0, 2.0, 3.0), (30.0, 60.0, 90.0), dashed=True),),
        5,
    )


def test_curves_are_drawn_and_said(qtbot):
    curves = TrainingCurves()
    qtbot.addWidget(curves)
    assert curves.loss.isHidden()
    curves.set_view(_view())
    (drawn,) = curves.loss.listDataItems()
    assert drawn.getData()[1].tolist() == [2.0, 1.0, 0.5]
    assert not curves.accuracy.isHidden()
    assert curves.accessibleDescription() == "float network 0.5, float network 90"


def test_values_have_no_accuracy(qtbot):
    curves = TrainingCurves()
    qtbot.addWidget(curves)
    curves.set_view(CurvesView(_view().loss))
    assert curves.accuracy.isHidden()


def test_figures_stand_in_their_columns(qtbot):
    table = ScoreTable()
    qtbot.addWidget(table)
    table.set_rows((ScoreRow("Hardware (QAT)", "97.1 %", "95.6 to 98.1 %", "Bit for bit.", strong=True),), "Accuracy")
    model = table.model()
    assert [model.index(0, column).data() for column in range(3)] == ["Hardware (QAT)", "97.1 %", "95.6 to 98.1 %"]
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Accuracy"
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "Bit for bit."
