"""Reasons are kept as they stand within a sentence; alone they begin with a capital and end with a full stop."""


def sentence(reason: str) -> str:
    """A reason as it stands alone; '' for none."""
    return f"{reason[0].upper()}{reason[1:].rstrip('.')}." if reason else ""
