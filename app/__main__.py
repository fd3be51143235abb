"""`python -m app` is `codesign-studio`."""

from app.cli.main import entry

entry()
