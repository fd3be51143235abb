"""`python -m tests.benchmarks.training [NAME ...]`: what training reaches, and how fast, as one table."""

import sys

from tests.benchmarks._table import table

if __name__ == "__main__":
    sys.exit(table("tests.benchmarks.training", sys.argv[1:]))
