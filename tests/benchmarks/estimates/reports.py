"""Real synthesis reports, as a table has them: one row a design, with the configuration of each of its layers."""

import csv
import json
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from engine.estimate import Level

TRUSTED = ("verified", "mostly-verified", "script", "csv-only", "notebook", "notebook-table")
"""How surely a row's configuration belongs to its report; others are never scored."""

FAMILIES = ("mlp", "conv1d", "conv2d", "resnet", "rnn")

DEVELOPMENT = ("calwilee/hls4ml-automated-testing",)
"""Reports of kernels that no release of hls4ml has: scored, never learned from."""

COLUMNS = {
    Level.C_SYNTHESIS: {
        "LUT": "LUT",
        "FF": "FF",
        "DSP": "DSP",
        "BRAM18": "BRAM_18K",
        "latency": "lat_max",
        "interval": "ii_max",
    },
    Level.LOGIC_SYNTHESIS: {
        "LUT": "vsynth_LUT",
        "FF": "vsynth_FF",
        "DSP": "vsynth_DSP",
        "BRAM18": "vsynth_BRAM_tile36",
    },
}
_BLOCKS = {"vsynth_BRAM_tile36": 2}
"""RAMB18 in one of a column's units."""


@dataclass(frozen=True)
class Report:
    """One synthesised design and what the tools said of it."""

    row: dict[str, str]

    @property
    def id(self) -> str:
        """The row's name."""
        return self.row["id"]

    @property
    def repository(self) -> str:
        """Where it was published."""
        return self.row["source_repo"]

    @property
    def family(self) -> str:
        """Kind of network: one of FAMILIES."""
        return self.row["family"]

    @cached_property
    def layers(self) -> list[dict]:
        """Configuration of each layer, in order."""
        return json.loads(self.row["layers_json"] or "[]")

    @cached_property
    def network(self) -> str:
        """Designs of one repository with the same layers are one network, however they are built."""
        return " ".join([self.repository, *(_shape(entry) for entry in self.layers)])

    @property
    def weights_known(self) -> bool:
        """Whether the table counts the weights of every layer that has any."""
        return all("wstats_w" in entry for entry in self.layers if "weight_t" in entry or _multiplies(entry))

    def said(self, level: Level, target: str) -> float | None:
        """What the tool reported; None where it did not."""
        column = COLUMNS[level].get(target, "")
        text = self.row.get(column) or ""
        return float(text) * _BLOCKS.get(column, 1) if text else None


def _multiplies(entry: dict) -> bool:
    return any(word in entry["fn"] for word in ("conv", "dense", "gru", "lstm"))


def _shape(entry: dict) -> str:
    sizes = ("n_in", "n_out", "n_state", "n_chan", "n_filt", "in_width", "in_height", "filt_width", "filt_height")
    return "-".join([str(entry.get("fn")), *(str(entry[size]) for size in sizes if size in entry)])


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table whose cells may hold whole networks."""
    csv.field_size_limit(sys.maxsize)
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def scored(rows: list[dict[str, str]]) -> list[Report]:
    """Trusted results of successful syntheses, each once."""
    kept = [row for row in rows if row["success"] == "1" and not row["is_duplicate_of"]]
    return [Report(row) for row in kept if row["config_trust"] in TRUSTED]


def fitted(reports: list[Report]) -> list[Report]:
    """Those that may teach: built by releases of hls4ml from weights as they come."""
    return [each for each in reports if not each.row.get("weights", "").startswith("all ones") and not _is_odd(each)]


def _is_odd(report: Report) -> bool:
    """A development branch whose kernels were never released."""
    return "dev branch" in report.row.get("hls4ml_version", "") or report.repository in DEVELOPMENT
