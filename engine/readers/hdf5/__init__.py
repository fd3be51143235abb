"""Reading HDF5 files of unknown origin.

The HDF5 library is written in C and a damaged file can crash or stall it (seen with one in a few hundred
files with random bytes changed), so that it runs in a process of its own, which copies what is wanted into plain
files.
"""

from engine.readers.hdf5.load import Hdf5Content, open_hdf5

__all__ = ["Hdf5Content", "open_hdf5"]
