"""What a design refuses."""


class DesignError(ValueError):
    """A setting, target or requirement that cannot be; the message says why and what can."""
