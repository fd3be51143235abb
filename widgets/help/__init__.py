"""Help at hand: the glossary."""

from widgets.help.glossary import Term, term, terms, tool_tip

__all__ = ["Term", "term", "terms", "tool_tip"]
