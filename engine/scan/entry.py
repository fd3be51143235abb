"""Where the scan job is, for those who start it without loading what it needs."""

ENTRY = "engine.scan.job:scan"
FILE = "scan.json"
"""What was tried so far, in the job's folder; written anew before each report of the metric `tried`."""
