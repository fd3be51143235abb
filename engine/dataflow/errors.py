"""Why a design cannot be simulated."""


class NotStreamedError(ValueError):
    """Nothing is streamed, or how it would be is not known; the message says why, and what to do."""
