"""The multiplier of look-up tables is proved equal to Yosys' own product, and smaller."""

import pytest

from engine.environment.open_tools import YOSYS
from engine.flows.rtl.synthesis import Technology, synthesise
from engine.flows.rtl.synthesis.script import MULTIPLIER, multiplier
from engine.flows.rtl.tools import run_tool
from tests.engine.flows.rtl.synthesis import modules

pytestmark = pytest.mark.yosys

WIDTHS = [(1, 1), (1, 4), (2, 2), (2, 5), (3, 3), (5, 3), (4, 4), (4, 7)]
CASES = [
    (a, b, signed, result)
    for a, b in WIDTHS
    for signed in (0, 1)
    for result in (a + b, max(a + b - 1, 1), a + b + 3, max((a + b) // 2, 1))
]


def _product(name, cell, a, b, signed, result):
    parameters = f".A_SIGNED({signed}), .B_SIGNED({signed}), .A_WIDTH({a}), .B_WIDTH({b}), .Y_WIDTH({result})"
    ports = f"input [{a - 1}:0] a, input [{b - 1}:0] b, output [{result - 1}:0] y"
    return f"module {name}({ports});\n  \\{cell} #({parameters}) product (.A(a), .B(b), .Y(y));\nendmodule\n"


def test_it_multiplies(tmp_path):
    verilog, proofs = "", []
    for index, case in enumerate(CASES):
        verilog += _product(f"wanted{index}", "$mul", *case) + _product(f"built{index}", "$__soft_mul", *case)
        proofs.append(f"miter -equiv -flatten wanted{index} built{index} both{index}")
        proofs.append(f"sat -verify -prove trigger 0 both{index}")
    commands = [
        "read_verilog -icells products.v",
        f"techmap -map {MULTIPLIER} t:$__soft_mul",
        "techmap",
        "opt",
        *proofs,
    ]
    (tmp_path / "products.v").write_text(verilog)
    (tmp_path / MULTIPLIER).write_text(multiplier())
    (tmp_path / "prove.ys").write_text("\n".join(commands))
    run_tool(YOSYS, ["-s", "prove.ys"], tmp_path, "prove.log")
    assert (tmp_path / "prove.log").read_text().count("SAT proof finished - no model found: SUCCESS!") == len(CASES)


@pytest.mark.parametrize(
    ("technology", "widths", "tables"),
    [(Technology.XC7, (6, 6), 24), (Technology.ECP5, (6, 8), 48), (Technology.GOWIN, (4, 8), 30)],
)
def test_it_is_small(tmp_path, technology, widths, tables):
    source = modules.multiplier("soft", *widths, soft=True)
    assert synthesise(source, "soft", technology, tmp_path).lut <= tables
