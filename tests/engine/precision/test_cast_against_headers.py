"""The cast against the ap_fixed headers that hls4ml ships, compiled once."""

import importlib.util
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from engine.precision import FixedType, Overflow, Rounding
from engine.precision.quantize import cast

pytestmark = pytest.mark.compiler

SIZES = [(4, 4), (5, 2), (3, -1), (6, 9), (12, 6), (1, 1)]
MAIN = """
#include "ap_fixed.h"
#include <cstdio>
#include <vector>
std::vector<double> values;
template <class T> void run() {
    for (double value : values) { double result = T(value).to_double(); std::fwrite(&result, 8, 1, stdout); }
}
int main() {
    double value;
    while (std::fread(&value, 8, 1, stdin) == 1) values.push_back(value);
    %s
}
"""


def types():
    """Every mode of rounding with every mode of overflow, signed and not, in sizes by turns."""
    found = []
    for rounding in Rounding:
        for overflow in Overflow:
            for signed in (True, False) if overflow is not Overflow.WRAP_SM else (True,):
                for bits in (0, 1, 3) if "WRAP" in overflow else (0,):
                    size = SIZES[len(found) % len(SIZES)]
                    size = size if size[0] >= bits else (4, 4)
                    found.append(FixedType(*size, signed, rounding, overflow, bits))
    return found


def numbers():
    """Ties and neighbours, values within and far beyond every range, tiny ones."""
    random = np.random.default_rng(0)
    parts = [
        np.arange(-600, 600) / 16,
        random.normal(0, 3, 300),
        random.normal(0, 100, 200),
        random.normal(0, 1e-3, 50),
    ]
    return np.concatenate([*parts, [0.0, -0.0, 1e-30, -1e-30, 1e6, -1e6, 12345.678, 2.0**52 + 0.5]])


def test_every_mode_gives_the_same_bits_as_the_headers(tmp_path):
    compiler, library = shutil.which("g++"), importlib.util.find_spec("hls4ml")
    if compiler is None or library is None:
        pytest.skip("g++ or hls4ml is not installed")
    headers = Path(library.origin).parent / "templates" / "vivado" / "ap_types"
    kinds = types()
    calls = [f"run<{'ap_fixed' if kind.signed else 'ap_ufixed'}<{_arguments(kind)}>>();" for kind in kinds]
    (tmp_path / "main.cpp").write_text(MAIN % "\n    ".join(calls))
    command = [compiler, "-O0", "-std=c++17", "-w", f"-I{headers}", "main.cpp", "-o", "main"]
    subprocess.run(command, cwd=tmp_path, check=True)
    done = subprocess.run([tmp_path / "main"], input=numbers().tobytes(), capture_output=True, check=True)
    theirs = np.frombuffer(done.stdout).reshape(len(kinds), -1)
    for kind, expected in zip(kinds, theirs, strict=True):
        np.testing.assert_array_equal(cast(numbers(), kind), expected, err_msg=kind.canonical)


def _arguments(kind):
    return f"{kind.width},{kind.integer},AP_{kind.rounding},AP_{kind.overflow},{kind.saturation_bits}"
