"""The process that reads one HDF5 file: `python -m engine.readers.hdf5.worker SOURCE FOLDER`.

Exit code 0: `FOLDER` holds what `extract` writes. Exit code 1: standard output says what is wrong with the file.
Anything else: the HDF5 library crashed.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from engine.readers.hdf5.extract import RefusedError, extract

_MEMORY = 6 << 30
_SECONDS = 600
"""Of computing; whoever asked has given up long before, unless it has gone."""


def main(arguments: Sequence[str]) -> int:
    """Read the file; return the exit code."""
    _limit_resources()
    source, folder = arguments
    try:
        extract(Path(source), Path(folder))
    except RefusedError as refusal:
        sys.stdout.write(str(refusal))
        return 1
    # h5py raises nearly every built-in kind of error for a damaged file.
    except Exception as error:  # noqa: BLE001
        sys.stdout.write(f"{error}"[:300])
        return 1
    return 0


def _limit_resources() -> None:
    """Let a size that damage made huge end in an error, and an endless loop in an end, where there are limits."""
    if sys.platform != "win32":
        import resource

        for kind, limit in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS)):
            resource.setrlimit(kind, (limit, resource.getrlimit(kind)[1]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
