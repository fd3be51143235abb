"""Names of C++ functions as compilers write them into object files (Itanium ABI: each name after its length)."""

import re
from collections.abc import Iterator

_LENGTH = re.compile(r"\d{1,3}(?=[A-Za-z_])", re.ASCII)
_CONFIG = re.compile(r"\w*config\d+", re.ASCII)
_LONGEST = 20_000


def kernel_name(symbol: str) -> str:
    """hls4ml's function and its configuration, e.g. `dense_resource_stream<config2>`; '' if it is none of its."""
    names = list(_names(symbol[:_LONGEST]))
    if "nnet" not in names[:-1]:
        return ""
    function = names[names.index("nnet") + 1]
    config = next((name for name in reversed(names) if _CONFIG.fullmatch(name)), "")
    return f"{function}<{config}>" if config else function


def _names(symbol: str) -> Iterator[str]:
    position = 0
    while found := _LENGTH.search(symbol, position):
        end = found.end() + int(found[0])
        name = symbol[found.end() : end]
        if name.isidentifier() and len(name) == int(found[0]):
            yield name
            position = end
        else:
            position = found.end()
