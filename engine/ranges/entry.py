"""Where the ranges job is, for those who start it without loading what it needs."""

ENTRY = "engine.ranges.job:ranges"
FILE = "ranges.json"
"""What was measured so far, in the job's folder; written anew before each report of the metric `samples`."""
