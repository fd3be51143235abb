"""How far FINN's figures may be off, and why: hardly any report of its hardware is public.

Known: one synthesis of CNV-W1A1 with PE and SIMD 1 (13,400 LUT, 430 RAMB18, on an XCU55C). No interval can be learned
from one report, so these are set by hand.
"""

LUT_DOUBT = (0.5, 1.0)
FF_DOUBT = (0.7, 1.5)
RAM_DOUBT = (0.4, 0.3)
HAND_SET = "The interval is set by hand, not learned: one report of FINN's hardware is public."
FF_REASON = f"FINN has no formula for flip-flops: taken as one for each look-up table. {HAND_SET}"
