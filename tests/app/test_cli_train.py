"""`codesign-studio train` refuses what cannot be trained before anything heavy starts."""

import pytest

from app.cli.main import main
from app.folders import EXAMPLES

JET = str(EXAMPLES / "jet_tagger.codesign")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "The project has no data set: name one with --data."),
        (("--data", "cats"), "--data cats: there is no such file or folder; data sets are jets"),
        (("--data", "jets", "--epochs", "0"), "The number of epochs cannot be 0: it must be 1"),
        (("--data", "jets", "--out", "no/such/t.codesign"), "--out no/such/t.codesign: there is no folder"),
        (("--data", "jets", "--resume"), "--resume: say with --checkpoints where"),
        (("--data", "jets", "--resume", "--checkpoints", "no/such"), "no training of this design was cut short in"),
    ],
)
def test_bad_input_is_refused_at_once(options, said, capsys):
    assert main(["train", JET, *options]) == 2
    assert said in capsys.readouterr().err
