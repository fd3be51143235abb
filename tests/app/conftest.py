"""Commands look into the user's own places: here these are below the test's folder."""

import pytest

from app.folders import Folders


@pytest.fixture(autouse=True)
def places(tmp_path, monkeypatch):
    """Empty places, whatever the computer's user has."""
    folders = Folders.under(tmp_path / "home")
    monkeypatch.setattr(Folders, "of_user", staticmethod(lambda: folders))
    return folders
