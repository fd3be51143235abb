"""Model files that real Keras wrote, made once a run."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.samples import SHARED

ROOT = Path(__file__).parents[3]
NETWORKS = SHARED / "models" / "mlperf_tiny"


@pytest.fixture(scope="session")
def keras_files(tmp_path_factory):
    """The folder that `keras_worker` fills; skips where Keras and QKeras are not installed."""
    for module in ("tensorflow", "tf_keras", "qkeras"):
        if importlib.util.find_spec(module) is None:
            pytest.skip(f"{module} is not installed")
    folder = tmp_path_factory.mktemp("keras")
    command = [sys.executable, "-m", "tests.engine.readers.keras_worker", str(folder), str(NETWORKS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder
