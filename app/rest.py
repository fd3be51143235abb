"""How long the hand rests before what takes more than a frame is worked out, ms after the last edit, in this order."""

BESIDE_MS = 50
"""Stacks, outline and strip of edits under a hand; further edits do not put them off."""
ADVICE_MS = 150
"""Findings, and the ages of runs."""
CURVES_MS = ADVICE_MS + 50
"""Curves, suggestions and the converter's layers: they start from the findings of the same design."""
SIMULATION_MS = ADVICE_MS + 100
"""A simulated run: its answer calls for findings once more."""
ACCURACY_MS = 40
"""The accuracy, which is evaluated during a drag too: edits that follow each other within this time go together."""
PREPARATION_MS = 1000
"""Compiling a flow's tools: flows may be leafed through without starting it."""
