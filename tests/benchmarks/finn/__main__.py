"""`python -m tests.benchmarks.finn [NAME ...]`: FINN's flow, the search and the scoreboard, each limit met or not."""

import sys

from tests.benchmarks._table import table

if __name__ == "__main__":
    sys.exit(table("tests.benchmarks.finn", sys.argv[1:]))
