"""Widgets of a test are gone before the next one: a change of theme would dress them all."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent


@pytest.fixture(autouse=True)
def nothing_lingers():
    """pytest-qt asks for widgets to be deleted later; outside an event loop, later is now."""
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
