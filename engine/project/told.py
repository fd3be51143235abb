"""How long work of the engine says how far it is."""

from collections.abc import Callable

Told = Callable[[float], None]
"""Called with the share done, 0 to 1; whatever it raises ends the work, which then leaves nothing behind."""


def unheard(_share: float) -> None:
    """Tells nobody."""
