"""The benchmark that lets every repository of a table play a user."""

from engine.calibration import error
from engine.estimate import Level, Quantity
from tests.benchmarks.estimates.measures import Pair
from tests.benchmarks.estimates.own_runs import print_told, records, told
from tests.benchmarks.estimates.reports import Report


def report(name, repository, part="xc7z020clg400-1", version="2020.1"):
    row = {"id": name, "source_repo": repository, "part": part, "layers_json": f'[{{"fn": "{name}"}}]'}
    return Report(row | {"backend": "Vivado", "tool": "Vivado HLS", "tool_version": version})


def pair(each, said=1500.0):
    keys = (each.id, each.repository, each.network, "mlp", Level.C_SYNTHESIS.value, "LUT")
    return Pair(*keys, Quantity(1000, 800, 1250), said)


def test_runs_of_a_repository_teach_only_what_comes_after_them(capsys):
    ours = [report(name, "ours") for name in "abc"]
    reports = [*ours, report("d", "theirs"), report("e", "ours", part="xcu250-figd2104-2L-e")]
    users = records(reports, [pair(each) for each in reversed(reports)])
    assert {user: [record.name for record in own] for user, own in users.items()} == {
        "ours": ["a", "b", "c", "e"],
        "theirs": ["d"],
    }
    found = told(users)
    # The first of each user and part is foretold by nobody.
    ((place, by_user),) = found.items()
    assert place == (Level.C_SYNTHESIS, "LUT")
    second, third = by_user.pop("ours")
    assert by_user == {}
    assert 1000 == second.shipped.value < second.own.value < third.own.value < 1500
    assert error(third.own.value, 1500) < error(1000, 1500)
    print_told(told(users))
    said = capsys.readouterr().out
    assert "C synthesis      LUT           1        2       40.0 ->" in said
