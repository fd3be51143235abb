"""`python -m tests.benchmarks.rtl [NAME ...]`: the open flow's figures, each file of them in a process of its own.

Counts are deterministic; a module that was mapped before is looked up in the user's cache, by its content.
"""

import sys

from tests.benchmarks._table import table

if __name__ == "__main__":
    sys.exit(table("tests.benchmarks.rtl", sys.argv[1:]))
