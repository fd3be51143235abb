"""Data only: boards, icons, themes, examples, help pages."""
