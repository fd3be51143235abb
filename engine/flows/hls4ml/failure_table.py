"""The texts of failed and of doubtful runs that are known, as data: causes first, consequences last.

Patterns follow the messages of Vivado HLS 2018 to 2020, Vitis HLS 2021 to 2024, Vivado and Intel's compilers, as
quoted in hls4ml's issue threads and in the vendors' documents; the words are the studio's own.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.design import STRATEGY
from engine.flows.hls4ml.rules import Strategy


@dataclass(frozen=True, slots=True)
class Change:
    """An edit that helps. `value` may be worked out from the words of the line."""

    key: str
    value: str | float | Callable[[Mapping[str, str]], float | None]
    label: str
    on_layer: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A text that is recognised in one line of a log; its groups, and {layer}, fill the sentences."""

    id: str
    pattern: re.Pattern[str]
    what: str
    remedy: str
    changes: tuple[Change, ...] = ()


def _clock(words: Mapping[str, str]) -> float | None:
    """The shortest period, in steps of 0.1 ns, whose budget holds the estimated one."""
    try:
        reached, target, budget = (float(words[name]) for name in ("reached", "target", "budget"))
    except ValueError:
        return None
    return math.ceil(10 * reached * target / budget - 1e-6) / 10 if 0 < budget <= target else None


def _known(id: str, pattern: str, what: str, remedy: str, *changes: Change) -> Known:
    return Known(id, re.compile(pattern, re.IGNORECASE), what, remedy, changes)


_RESOURCE = Change(STRATEGY, Strategy.RESOURCE.value, "Set the strategy to Resource", on_layer=True)
_STREAM = Change("io_type", "io_stream", "Stream the data (io_stream)")
_NUMBER = r"(\d+(?:\.\d+)?)"
_SECONDS = rf"(?P<reached>{_NUMBER}) ?ns\) exceeds the target \(target clock period: (?P<target>{_NUMBER}) ?ns"

FAILURES: tuple[Known, ...] = (
    _known(
        "unroll_limit",
        r"Stop unrolling loop '(?P<loop>[^']{1,80})'.{0,200}?in function '(?P<function>.{1,400}?)' because",
        "The tool refused to unroll the loop {loop}: {layer} asks for more products side by side than it takes.",
        "Set the layer's strategy to Resource and its reuse factor above 1; for convolutions also stream the data "
        "(io_stream).",
        _RESOURCE,
        _STREAM,
    ),
    _known(
        "partition_limit",
        r"partitioned elements number \((?P<count>\d+)\) has exc?eeded the threshold \((?P<limit>\d+)\)",
        "An array would have to be split into {count} registers; the tool takes {limit}.",
        "Set the strategy of the largest layer to Resource and raise its reuse factor, or stream the data (io_stream).",
        _STREAM,
    ),
    _known(
        "wide_port",
        r"bitwidth after aggregation \((?P<bits>\d+)\) is larger than (?P<limit>\d+)",
        "A port would be {bits} bits wide; the tool takes {limit}.",
        "Stream the data (io_stream), or use fewer bits for the inputs.",
        _STREAM,
    ),
    _known(
        "memory",
        r"\bKilled\b.{0,40}(RDI_PROG|\$@)|^\s*(/\S+: line \d+: +)?(\d+ +)?Killed\s*$|unable to execute command: Killed"
        r"|bad_alloc|out of memory|Cannot allocate memory|There is insufficient memory",
        "The tool ran out of memory and was ended.",
        "Close other programs, raise reuse factors or stream the data (io_stream) so that less is unrolled, or run the "
        "synthesis on a computer with more memory.",
    ),
    _known(
        "disk",
        r"No space left on device|Disk quota exceeded|not enough space on the disk",
        "The disk is full.",
        "Free some gigabytes, or move the jobs' folder to another disk in Preferences, Folders.",
    ),
    _known(
        "licence",
        r"valid license was not found|licen[sc]e (check-?out|checking|check) (has )?failed|Common 17-345"
        r"|FLEXlm error|lm_checkout|no such feature exists|failed to get the license",
        "The tool found no licence for this part or for one of its steps.",
        "The vendor's free edition covers small parts only. Choose a board with such a part, or set up the licence "
        "(XILINXD_LICENSE_FILE or LM_LICENSE_FILE) and start again.",
    ),
    _known(
        "part_missing",
        r"Part '(?P<part>[^']{1,80})' is not installed|HLS 200-1023|Specified part could not be found"
        r"|no parts matched|invalid part name|part is not (found|supported)",
        "The tool does not know the part of this board: its device family was not installed.",
        "Add the family with the vendor's installer (Add Design Tools or Devices), or choose another board.",
    ),
    _known(
        "no_vivado",
        r"couldn't execute \"(?P<tool>vivado|vitis[^\"]*)\"|(?P<other>vivado|vivado_hls|vitis_hls|vitis-run): "
        r"(command )?not found",
        "One of the vendor's tools called another one, which is not there.",
        "Install the full edition: the Lab Edition only programs boards. If it is installed, name its folder in "
        "Preferences, Tools.",
    ),
    _known(
        "no_intel",
        r"(i\+\+|icpx|quartus_sh|cmake|make|aoc): (command )?not found",
        "A tool that the build calls is not there.",
        "Install it, or load the vendor's environment (for oneAPI: setvars.sh) before the studio is started.",
    ),
    _known(
        "multilib",
        r"bits/libc-header-start\.h|gnu/stubs-32\.h|cannot find crt[1in]\.o|sys/cdefs\.h'? file not found"
        r"|features\.h'? file not found",
        "The tool's compiler did not find the system's C headers for both word sizes.",
        "Install them: on Debian and Ubuntu `sudo apt-get install gcc-multilib g++-multilib`.",
    ),
    _known(
        "library",
        r"error while loading shared libraries: (?P<library>[\w.+-]{1,80})",
        "The tool needs the library {library}, which is not installed.",
        "Install it with the system's package manager; for libtinfo.so.5 that is the package libtinfo5 or "
        "ncurses-compat-libs.",
    ),
    _known(
        "locale",
        r"locale::facet::_S_create_c_locale|boost::locale",
        "The tool does not know the language setting of this computer.",
        "Start the studio with the environment variable LC_ALL set to C, or install the locale en_US.UTF-8.",
    ),
    _known(
        "year_2022",
        r"bad lexical cast: source type value|'2[2-9]\d{8}' is an invalid argument",
        "This release of the tool cannot export with today's date: its revision number is too small for years after "
        "2021.",
        "Install the vendor's patch for it (Y2K22, answer record 76960), or leave the export out.",
    ),
    _known(
        "over_used",
        r"UTLZ-\d+\] Resource utilization: (?P<resource>.{1,60}?) over-utilized",
        "The design needs more {resource} than the part has.",
        "Raise reuse factors, use fewer bits, or choose a larger board.",
    ),
    _known(
        "too_large",
        r"large-area-est|estimated (area|resource).{0,60}exceed",
        "The compiler expects the design to be larger than the part.",
        "Raise reuse factors, use fewer bits, or choose a larger part.",
    ),
    _known(
        "long_path",
        r"path length exceeds|Common 17-680|file ?name (or extension )?is too long",
        "A path is longer than the tool can handle.",
        "Move the jobs' folder to a short path in Preferences, Folders.",
    ),
    _known(
        "permission",
        r"Permission denied|EACCES|read-only file system",
        "The tool was not allowed to read or write a file.",
        "See the log for its name; check the rights of that folder, and that the disk is not read-only.",
    ),
    _known(
        "dataflow",
        r"failed dataflow checking|HLS 200-779|Found unsupported dataflow",
        "Two layers use the same data in a way that the tool cannot lay out as a stream.",
        "Use Vitis HLS 2023.2 or newer. If it stays, keep the data in parallel (io_parallel) and raise reuse factors.",
    ),
    _known(
        "crash",
        r"Abnormal program termination|Segmentation fault|hs_err_pid\d+|An unexpected error has occurred \(",
        "The tool itself crashed.",
        "Most often memory ran out, or the operating system is newer than the release supports: try a newer release "
        "of the tool.",
    ),
    _known(
        "generated_code",
        r"\bHLS 207-\d+\] (?P<text>.{1,160})|: fatal error: (?P<more>.{1,160})",
        "The generated code did not compile.",
        "Most often the tool is too old for hls4ml 1.3: use Vitis HLS 2023.2 or newer, or Vivado HLS 2020.1.",
    ),
    _known(
        "front_end",
        r"HLS 200-1715|HLS 200-70\]|Pre-synthesis failed",
        "The tool could not turn the generated code into hardware.",
        "The first lines of the log that start with ERROR say why; a layer that is unrolled too far is the most "
        "frequent cause, and a higher reuse factor the remedy.",
    ),
)

REMARKS: tuple[Known, ...] = (
    _known(
        "timing",
        rf"estimated clock period \({_SECONDS}.*?effective delay budget: (?P<budget>{_NUMBER})",
        "The clock of {target} ns will not be met: the longest path is estimated at {reached} ns and has {budget} ns.",
        "Choose a slower clock, fewer bits, or a higher reuse factor.",
        Change("clock_ns", _clock, "Set the clock to {value:g} ns"),
    ),
    _known(
        "interval",
        r"The II Violation in (?:the )?module '(?P<function>[^']{1,300})'",
        "The tool could not let {layer} take inputs as often as asked.",
        "The interval in the report is the one that counts.",
    ),
    _known(
        "empty_stream",
        r"is read while empty",
        "A FIFO was read while it was empty: the hardware may wait forever.",
        "Check that every branch of the network carries as much data as the one it joins.",
    ),
)
