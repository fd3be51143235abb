"""Every test starts with the light theme at 100 %, and leaves it so."""

import pytest

from widgets import theme


@pytest.fixture
def light(qapp):
    """The light theme, applied; restored afterwards."""
    theme.apply(qapp, theme.Scheme.LIGHT)
    yield theme.current()
    theme.apply(qapp, theme.Scheme.LIGHT)


@pytest.fixture
def dark(qapp, light):
    """The dark theme, applied."""
    theme.apply(qapp, theme.Scheme.DARK)
    return theme.current()
