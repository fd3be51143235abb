"""How to train: where from, how long, how fast."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QPushButton, QVBoxLayout, QWidget

from app.dialogs.field import Field
from app.dialogs.layout import words
from engine.training.settings import OPTIMIZERS, Start, TrainingSettings
from widgets import theme
from widgets.controls import IntField, RealField

_STARTS = (
    (Start.PRESENT, "Present weights", "Fine-tunes what the design has."),
    (Start.FLOAT, "Float network, trained first", "Trains it without rounding from random weights, then goes on."),
    (Start.SCRATCH, "Random weights", "Trains with the hardware's arithmetic from the first step on."),
)
_NAMES = {"adam": "Adam", "sgd": "SGD with momentum", "rmsprop": "RMSprop"}


class _Rate(RealField):
    """A learning rate, without zeros behind its figures."""

    def textFromValue(self, value: float) -> str:  # noqa: N802 (Qt's name)
        """`0.003`."""
        return super().textFromValue(value).rstrip("0").removesuffix(self.locale().decimalPoint())


class TrainingForm(QWidget):
    """`settings` is what the fields say."""

    data_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        usual = TrainingSettings()
        self.data = words("", "dense", "secondary")
        self.choose_data = QPushButton("Data set…")
        self.choose_data.clicked.connect(self.data_requested)
        self.start, self.optimizer = QComboBox(), QComboBox()
        for start, title, _ in _STARTS:
            self.start.addItem(title, start)
        for name in OPTIMIZERS:
            self.optimizer.addItem(_NAMES[name], name)
        self.epochs, self.batch = IntField(1, 100_000), IntField(1, 65_536, "samples")
        self.rate, self.seed = _Rate(0.000001, 10), IntField(0, 999_999)
        self.patience, self.teacher = IntField(0, 10_000, "epochs"), IntField(0, 90, "%")
        self.sparsity = IntField(0, 95, "%")
        self.sparsity.setSpecialValueText("None")
        self.rate.setDecimals(6)
        self.rate.setSingleStep(0.001)
        self.patience.setSpecialValueText("Never")
        self.teacher.setSpecialValueText("None")
        self.start.currentIndexChanged.connect(self._explain)
        self._lay_out()
        self.show_settings(usual)

    @property
    def settings(self) -> TrainingSettings:
        """What the fields say."""
        start = self._chosen()
        return TrainingSettings(
            start,
            self.epochs.value(),
            self.batch.value(),
            self.rate.value(),
            self.optimizer.currentData(),
            self.seed.value(),
            self.patience.value(),
            0.0 if start is Start.SCRATCH else self.teacher.value() / 100,
            self.sparsity.value() / 100,
        )

    def show_settings(self, settings: TrainingSettings) -> None:
        """Put the fields where the settings have them."""
        self.start.setCurrentIndex(self.start.findData(settings.start))
        self.optimizer.setCurrentIndex(self.optimizer.findData(settings.optimizer))
        self.epochs.setValue(settings.epochs)
        self.batch.setValue(settings.batch)
        self.rate.setValue(settings.learning_rate)
        self.seed.setValue(settings.seed)
        self.patience.setValue(settings.patience)
        self.teacher.setValue(round(100 * settings.teacher))
        self.sparsity.setValue(round(100 * settings.sparsity))
        self._explain()

    def allow_present(self, missing: str) -> None:
        """Whether the present weights can be started from: not while a layer has none."""
        item = self.start.model().item(0)  # type: ignore[attr-defined]
        item.setEnabled(not missing)
        item.setToolTip(f"'{missing}' has no weights yet." if missing else "")
        if missing and self._chosen() is Start.PRESENT:
            self.start.setCurrentIndex(self.start.findData(Start.FLOAT))

    def _chosen(self) -> Start:
        # Qt hands a text of an enumeration back as a plain one.
        return Start(self.start.currentData())

    def _explain(self) -> None:
        start = self._chosen()
        self._start.set_hint(next(said for each, _, said in _STARTS if each is start))
        self.teacher.setEnabled(start is not Start.SCRATCH)
        self.teacher.setToolTip("Random weights have no teacher." if start is Start.SCRATCH else "")

    def _lay_out(self) -> None:
        now = theme.current()
        column, grid = QVBoxLayout(self), QGridLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(now.space(4))
        grid.setSpacing(now.space(4))
        self._start = Field("Start from", self.start)
        row = QVBoxLayout()
        row.addWidget(self.choose_data)
        row.addWidget(self.data)
        column.addLayout(row)
        column.addWidget(self._start)
        fields = (
            Field("Epochs", self.epochs, term="epochs"),
            Field("Batch", self.batch),
            Field("Learning rate", self.rate, term="learning_rate"),
            Field("Optimizer", self.optimizer),
            Field("Seed", self.seed),
            Field("Stop when no better for", self.patience),
            Field("Teacher's weight", self.teacher, term="teacher"),
            Field("Weights to be zero", self.sparsity, term="sparsity"),
        )
        for place, field in enumerate(fields):
            grid.addWidget(field, place // 2, place % 2)
        column.addLayout(grid)
        column.addWidget(
            words("The learning rate falls to a hundredth. The teacher is the float network.", "dense", "secondary")
        )
        column.addStretch(1)
