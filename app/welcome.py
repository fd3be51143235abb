"""The welcome page of a window: fills it, and opens what is chosen on it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QTimer

from app.folders import EXAMPLES
from app.host import Host
from app.workspace import Workspace
from engine.advice import limit
from engine.advice.words import grouped, plural
from engine.estimate import RESOURCES, Level
from engine.flows.registry import flow
from engine.network import TensorStore
from engine.network.counts import network_counts
from engine.project import Recovered, discard, load_project
from widgets.budget.numbers import with_unit
from widgets.welcome import AbilityView, ExampleView, RecentView, RecoveredView, WelcomePage


def make_welcome(space: Workspace, leave: Callable[[], object]) -> WelcomePage:
    """A filled page; `leave` shows the canvas instead. What takes time is filled in after the first paint."""
    page, studio = WelcomePage(), space.studio
    left = {str(recovered.folder): recovered for recovered in studio.recoverable()}
    page.set_recent(tuple(_recent(path) for path in studio.preferences.recent[:6]))
    page.set_recovered(tuple(_recovered(each) for each in left.values()))
    page.open_requested.connect(space.files.ask_open)
    page.tour_requested.connect(studio.take_tour)
    page.draw_requested.connect(leave)
    page.file_requested.connect(lambda path: studio.open_path(Path(path)))
    page.restore_requested.connect(lambda key: studio.restore(left.pop(key)))
    page.discard_requested.connect(lambda key: _discard(page, left, key))
    page.check_requested.connect(lambda: page.set_abilities(_abilities(studio)))
    QTimer.singleShot(0, page, lambda: page.set_examples(_examples(studio)))
    QTimer.singleShot(0, page, lambda: page.set_abilities(_abilities(studio)))
    return page


def _discard(page: WelcomePage, left: dict[str, Recovered], key: str) -> None:
    discard(left.pop(key))
    page.set_recovered(tuple(_recovered(each) for each in left.values()))


def _recent(text: str) -> RecentView:
    path = Path(text)
    if not path.exists():
        return RecentView(text, path.stem, "file has moved", missing=True)
    return RecentView(text, path.stem, _when(datetime.fromtimestamp(path.stat().st_mtime, UTC)))


def _recovered(recovered: Recovered) -> RecoveredView:
    detail = f"not saved, last edit {_when(recovered.saved_at)}"
    return RecoveredView(str(recovered.folder), recovered.design.name, detail)


def _when(moment: datetime) -> str:
    local, today = moment.astimezone(), datetime.now().astimezone()
    if local.date() == today.date():
        return f"today, {local:%H:%M}"
    return f"{local.day} {local:%B %Y}" if local.year != today.year else f"{local.day} {local:%B}"


def _abilities(studio: Host) -> tuple[AbilityView, ...]:
    return tuple(AbilityView(each.title, each.detail, str(each.state)) for each in studio.check())


def _examples(studio: Host) -> tuple[ExampleView, ...]:
    with TemporaryDirectory(prefix="codesign-") as folder:
        tensors = TensorStore(Path(folder))
        return tuple(_example(path, tensors, studio) for path in sorted(EXAMPLES.glob("*.codesign")))


def _example(path: Path, tensors: TensorStore, studio: Host) -> ExampleView:
    design = load_project(path, tensors).design
    known = flow(design.target.flow).at(Level.C_SYNTHESIS, studio.own_runs.taught)
    estimate = known.estimate(design, tensors)
    shares = {name: _share(estimate.total.resource(name).value, limit(design.target.board, name)) for name in RESOURCES}
    fullest = max(shares, key=lambda name: shares[name])
    parameters = grouped(network_counts(design.network).parameters)
    layers = plural(len(design.network.layers), "layer")
    groups = [design.network[name].op.GROUP for name in design.network.order]
    latency = with_unit("latency", estimate.latency_us.value)
    return ExampleView(
        str(path),
        _title(design.name),
        f"{layers} · {parameters} parameters · {latency}",
        tuple(group for group in groups if group in ("conv", "dense", "recurrent", "pool", "merge")),
        fullest,
        shares[fullest],
        design.target.board.name,
        int(estimate.tier),
    )


def _share(used: float, available: int | None) -> float:
    return used / available if available else 0.0


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize().replace("cnn", "CNN").replace("resnet", "ResNet")
