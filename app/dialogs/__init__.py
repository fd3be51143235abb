"""Dialogs of the studio, and the panel of the undo history. Each can be shown on its own."""
