"""`python -m tests.benchmarks [NAME ...]`: run benchmarks, each in a process of its own, and print one table."""

import sys

from tests.benchmarks._table import table

if __name__ == "__main__":
    sys.exit(table("tests.benchmarks", sys.argv[1:]))
