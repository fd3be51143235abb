"""How the report looks: one style sheet that browsers and Qt's text documents both understand."""

from string import Template

from widgets.theme import make_theme

CONTENT_WIDTH = 672
"""Width of the text on an A4 page with margins of 16 mm, px at 96 dots per inch."""

_SHEET = Template(
    """
body { font-family: Inter, "Segoe UI", "Noto Sans", sans-serif; font-size: 12px; color: $primary; }
h1 { font-size: 24px; font-weight: 600; margin-top: 0px; margin-bottom: 2px; }
h2 { font-size: 15px; font-weight: 600; margin-top: 22px; margin-bottom: 6px; }
p { margin-top: 4px; margin-bottom: 4px; }
p.quiet, .small { color: $secondary; font-size: 11px; }
p.fits, p.misses { font-size: 15px; font-weight: 600; margin-top: 10px; margin-bottom: 6px; }
p.fits { color: $ok; }
p.misses { color: $danger; }
table { border-collapse: collapse; }
th { font-size: 10px; font-weight: 600; color: $secondary; border-bottom: 1px solid $control; vertical-align: bottom; }
td { font-size: 11px; border-bottom: 1px solid $line; vertical-align: top; }
.over { color: $danger; font-weight: 600; }
.risk { color: $warning; font-weight: 600; }
.hint { color: $secondary; font-weight: 600; }
th.apart, td.apart { padding-left: 14px; }
.strong { font-weight: 600; }
.mono { font-family: "JetBrains Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: 10px; }
"""
)

# Qt's text documents would trip over these.
_SCREEN_ONLY = """
@media screen { body { max-width: 960px; margin: 32px auto; padding: 0 24px; } }
@media screen { td, th { overflow-wrap: anywhere; } img { max-width: 100%; height: auto; } }
@media print { h2 { break-after: avoid; } tr { break-inside: avoid; } }
"""


def style_sheet() -> str:
    """The rules, in the light theme's colours: reports are printed on white."""
    paper = make_theme("light")
    named = {
        "primary": "text.primary",
        "secondary": "text.secondary",
        "ok": "ok",
        "danger": "danger",
        "warning": "warning",
        "line": "line.subtle",
        "control": "line.control",
    }
    return _SHEET.substitute({name: paper.color(token).name() for name, token in named.items()})


def page_style() -> str:
    """The rules of a page on its own, as browsers show and print it."""
    return style_sheet() + _SCREEN_ONLY
