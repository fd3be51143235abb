"""What Yosys is told: one script for each technology.

Which products go into multiplier blocks is Yosys' own rule: on AMD's families from 9 bits of result on, on iCE40 from
11, on Gowin from 4 bits an operand, on ECP5 from 2. A memory may be marked as for Vivado,
`(* rom_style = "distributed" *)`.
"""

from collections.abc import Sequence

from engine.flows.rtl.synthesis.technology import Technology

STATISTICS, NETLIST = "stat.json", "netlist.json"
"""Files that a run leaves in its folder."""

_DISTRIBUTED = 'setattr -set rom_style "logic" */a:rom_style=distributed'
"""For a memory that is never written Yosys has a word of its own."""

_NO_DISTRIBUTED = "setattr -unset ram_style */a:ram_style=distributed"
"""iCE40 has no memory of look-up tables: a small one lies in a block."""

_COMMANDS = {
    Technology.XC7: "synth_xilinx -family xc7 -flatten",
    Technology.XCUP: "synth_xilinx -family xcup -flatten",
    # Tables of five and more inputs are joined from those of four, several for one. Without them a product of Yosys'
    # own takes half as many, a folded dense layer 3 % fewer; that layer's clock on an ECP5 was 4 % slower.
    Technology.ECP5: "synth_ecp5 -nowidelut",
    Technology.GOWIN: "synth_gowin -nowidelut",
    Technology.ICE40: "synth_ice40 -device u -dsp",
}
_OUT_OF_CONTEXT = {
    Technology.XC7: " -noiopad -noclkbuf",
    Technology.XCUP: " -noiopad -noclkbuf",
    Technology.ECP5: " -noiopad",
    Technology.GOWIN: " -noiopads",
    Technology.ICE40: "",
}
"""A layer's ports are wires to the next layer, not pads."""


def script(files: Sequence[str], top: str, technology: Technology, *, whole: bool = False) -> str:
    """The commands that map `top`; `whole` is for a whole design with pads, whose netlist is kept for placement."""
    command = f"{_COMMANDS[technology]} -top {top}" + ("" if whole else _OUT_OF_CONTEXT[technology])
    amd = technology in (Technology.XC7, Technology.XCUP)
    lines = [
        f"read_verilog {' '.join(files)}",
        _DISTRIBUTED,
        *([_NO_DISTRIBUTED] if technology is Technology.ICE40 else []),
        command,
        f"tee -q -o {STATISTICS} stat -json{' -tech xilinx' if amd else ''}",
        *([f"write_json {NETLIST}"] if whole else []),
    ]
    return "\n".join(lines) + "\n"
