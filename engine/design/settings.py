"""Hardware settings: what a person chose, by key. Which keys exist, and their legal values, is a flow's matter."""

from dataclasses import dataclass

from engine.precision import Precision

Value = Precision | int | float | str | bool

WEIGHT = "weight"
BIAS = "bias"
ACCUM = "accum"
RESULT = "result"
PRECISIONS = (WEIGHT, BIAS, ACCUM, RESULT)
REUSE_FACTOR = "reuse_factor"
STRATEGY = "strategy"
PARALLELIZATION_FACTOR = "parallelization_factor"
MULTIPLIERS = "multipliers"
"""What products are made of, `dsp` or `lut`."""
PE = "pe"
"""Processing elements: outputs that are computed at once."""
SIMD = "simd"
"""Inputs that each of them multiplies at once."""


@dataclass(frozen=True, slots=True)
class Settings:
    """An immutable mapping from key to value, sorted by key; a missing key is inherited."""

    items: tuple[tuple[str, Value], ...] = ()

    def get(self, key: str) -> Value | None:
        """The value chosen, or None where it is inherited."""
        for name, value in self.items:
            if name == key:
                return value
        return None

    def with_(self, key: str, value: Value | None) -> "Settings":
        """The same settings with one key set, or inherited again with None."""
        rest = [item for item in self.items if item[0] != key]
        return Settings(tuple(sorted(rest if value is None else [*rest, (key, value)], key=lambda item: item[0])))

    def __bool__(self) -> bool:
        return bool(self.items)


EMPTY = Settings()
