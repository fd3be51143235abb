"""A network, its weights and its settings from the folder of an hls4ml project."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from engine.design.settings import Settings
from engine.network import TensorStore
from engine.readers.errors import ModelFileError
from engine.readers.hls4ml.builder import Builder
from engine.readers.hls4ml.dialects import DIALECTS
from engine.readers.hls4ml.source import read_source
from engine.readers.model import ReadModel

_CONFIG = "hls4ml_config.yml"
_LARGEST = 4 << 20


@dataclass(frozen=True, slots=True)
class ReadProject:
    """What a project folder holds: the network as it was built, with the settings it was built with.

    `configuration` is the project's own YAML without the model that may be inside, empty if there is none.
    """

    model: ReadModel
    settings: tuple[tuple[str, Settings], ...]
    configuration: str
    name: str
    """The name of its top function."""
    part: str
    """The part that it is for; '' if it does not say."""


def read_hls4ml_project(folder: Path, store: TensorStore) -> ReadProject:
    """Read a project that hls4ml wrote for one of DIALECTS. Nothing of it is compiled or run.

    Weights are as hls4ml printed them. Raises ModelFileError, or UnsupportedModelError with all that has no
    counterpart here.
    """
    configuration = _configuration(folder)
    facts = _facts(configuration)
    backend = str(facts.get("Backend", "Vivado"))
    dialect = DIALECTS.get(re.sub(r"[^a-z]", "", backend.lower()))
    if dialect is None:
        raise ModelFileError(
            f"The project is for hls4ml's back end {backend[:40]}, whose C++ cannot be read",
            folder.name,
            "Open the model that it was made from, or convert it for Vitis.",
        )
    name = str(facts.get("ProjectName", "myproject"))
    if not re.fullmatch(r"\w+", name):
        raise ModelFileError(f"The project's name '{name[:40]}' is not one", _CONFIG, "Write the project again.")
    firmware = folder / dialect.firmware
    source = read_source(firmware, name, dialect.plain)
    builder = Builder(source, facts, firmware / "weights", store, dialect.transposed)
    network = builder.network(folder.name)
    model = ReadModel(network, folder.name, ("The network is read as hls4ml built it, merged layers and all.",))
    return ReadProject(
        model, tuple(sorted(builder.settings.items())), configuration, name, str(facts.get("Part") or "")
    )


def is_hls4ml_project(folder: Path) -> bool:
    """Whether a folder looks like one that hls4ml wrote."""
    return any((folder / dialect.firmware / "parameters.h").is_file() for dialect in DIALECTS.values())


def _configuration(folder: Path) -> str:
    """The YAML text without the section that holds the model: it is large, and made to run code when loaded."""
    path = folder / _CONFIG
    if not path.is_file():
        return ""
    text = path.read_text(encoding="utf-8", errors="replace")
    kept = re.sub(r"(?m)^(Keras|Onnx|Pytorch)Model:.*\n(?:[^A-Za-z].*\n?)*", "", text)
    if len(kept) > _LARGEST:
        raise ModelFileError("The configuration is larger than 4 MB", _CONFIG, "Write the project again.")
    return kept


def _facts(configuration: str) -> Mapping[str, Any]:
    try:
        facts = yaml.safe_load(configuration)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ModelFileError(f"The configuration is damaged: {error}", _CONFIG, "Write the project again.") from None
    return facts if isinstance(facts, dict) else {}
