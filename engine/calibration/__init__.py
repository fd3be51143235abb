"""Own runs: finished syntheses teach the estimates of what the same tool will say next."""

from engine.calibration.apply import Calibrator
from engine.calibration.learn import own_runs
from engine.calibration.many import CalibratedSweep
from engine.calibration.outcome import Outcome, TargetOutcome, outcomes
from engine.calibration.own import NO_RUNS, Own, OwnRuns
from engine.calibration.record import TARGETS, Key, Record, network_digest, records_of
from engine.calibration.replay import Foretold, Replayed, error, inside, replay
from engine.calibration.store import add, forget, read

__all__ = [
    "NO_RUNS",
    "TARGETS",
    "CalibratedSweep",
    "Calibrator",
    "Foretold",
    "Key",
    "Outcome",
    "Own",
    "OwnRuns",
    "Record",
    "Replayed",
    "TargetOutcome",
    "add",
    "error",
    "forget",
    "inside",
    "network_digest",
    "outcomes",
    "own_runs",
    "read",
    "records_of",
    "replay",
]
