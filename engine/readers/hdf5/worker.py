"""The process that reads one HDF5 file: `python -m engine.readers.hdf5.worker SOURCE FOLDER`.

Exit code 0: `FOLDER` holds what `extract` writes. Exit code 1: standard output says what is wrong with the file.
Anything else: the HDF5 library crashed.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from engine.readers.hdf5.extract import RefusedError, extract

_MEMORY = 6 << 30


def main(arguments: Sequence[str]) -> int:
    """Read the file; return the exit code."""
    _limit_memory()
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


def _limit_memory() -> None:
    """Let a size that damage made huge end in an error, where the system knows limits."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
