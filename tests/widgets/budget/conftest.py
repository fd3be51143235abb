"""The theme that every test of the budget starts in."""

import pytest

from widgets import theme


@pytest.fixture
def dressed(qapp):
    """Light, 100 %; put back afterwards."""
    theme.apply(qapp, theme.Scheme.LIGHT)
    yield qapp
    theme.apply(qapp, theme.Scheme.LIGHT)
