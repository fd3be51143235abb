"""Names of layers, made of what files call them."""

import re
from collections.abc import Container


def free_name(wish: str, taken: Container[str]) -> str:
    """A name like `wish` of letters, digits and a few signs, that is not taken."""
    clean = re.sub(r"[^A-Za-z0-9_.\-]", "_", wish)
    stem = clean if re.match(r"[A-Za-z_]", clean) else f"_{clean}"
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}_{number}", number + 1
    return name
