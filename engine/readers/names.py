"""Names of layers, made of what files call them."""

import re
from collections.abc import Container


def free_name(wish: str, taken: Container[str]) -> str:
    """A name like `wish` of letters, digits and a few signs, that is not taken."""
    clean = re.sub(r"[^A-Za-z0-9_.\-]", "_", wish)
    stem = clean if re.match(r"[A-Za-z_]", clean) else f"_{clean}"
    return stem if stem not in taken else f"{stem}_{_free_number(stem, taken)}"


def _free_number(stem: str, taken: Container[str]) -> int:
    """Found by halves: thousands of layers may have the same name."""
    low, high = 1, 2
    while f"{stem}_{high}" in taken:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if f"{stem}_{middle}" in taken else (low, middle)
    return high
