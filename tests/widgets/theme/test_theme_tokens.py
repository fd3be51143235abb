"""Tokens load as typed values and keep the promises of the design: contrast, heat, one meaning per colour."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import SHARED
from widgets.theme.colour import Rgba, contrast, mix, parse_hex, to_css
from widgets.theme.model import make_theme
from widgets.theme.tokens import MODES, THEMES, load_tokens, parse_tokens

DESIGN = SHARED / "design" / "tokens.json"
GROUNDS = ("window", "panel", "canvas", "node", "block", "field", "sunken", "hover", "selected")
PANELS = ("window", "panel", "field")
# Lowest contrast over the grounds in light and dark, as design.md states it.
TEXT_RATIOS = {
    "text.primary": (13.5, 10.2),
    "text.secondary": (6.1, 6.4),
    "text.tertiary": (4.8, 4.7),
    "danger": (5.0, 5.1),
    "warning": (5.0, 7.0),
    "ok": (4.8, 6.3),
    "accent": (5.2, 5.3),
    "focus": (5.2, 5.3),
}
colours = st.builds(Rgba, *[st.integers(0, 255)] * 3, alpha=st.just(255))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", TEXT_RATIOS)
def test_text_stands_out_from_every_ground(name, mode):
    theme = make_theme(mode)
    lowest = min(contrast(theme.rgba(name), theme.rgba(f"bg.{ground}")) for ground in GROUNDS)
    assert lowest >= TEXT_RATIOS[name][MODES.index(mode)]


@pytest.mark.parametrize("mode", MODES)
def test_controls_edges_and_icons_stand_out(mode):
    theme = make_theme(mode)
    for ground in PANELS:
        assert contrast(theme.rgba("line.control"), theme.rgba(f"bg.{ground}")) >= 3.0
    for ground in ("canvas", "block"):
        assert contrast(theme.rgba("line.edge"), theme.rgba(f"bg.{ground}")) >= 3.1
    for kind in theme.tokens.kinds:
        assert contrast(theme.rgba(f"kind.{kind}"), theme.rgba(f"tile.{kind}")) >= 3.0, kind
    assert contrast(theme.rgba("accent.on"), theme.rgba("accent")) >= 6.3
    assert contrast(theme.rgba("text.onTooltip"), theme.rgba("bg.tooltip")) >= 7.0


@pytest.mark.parametrize("mode", MODES)
def test_text_on_resource_fills_is_legible(mode):
    theme = make_theme(mode)
    for resource in theme.tokens.resources:
        fill = theme.rgba(f"resource.{resource}")
        assert contrast(theme.rgba(f"onFill.{resource}"), fill) >= 4.5, resource
        assert contrast(fill, theme.rgba("bg.panel")) >= 3.0, resource


@pytest.mark.parametrize("mode", MODES)
def test_heat_rises_in_five_steps_to_the_full_colour(mode):
    theme = make_theme(mode)
    assert [theme.heat_step(share) for share in (0, 0.049, 0.05, 0.15, 0.3, 0.4, 1)] == [0, 0, 1, 2, 3, 4, 4]
    for resource in theme.tokens.resources:
        steps = [theme.rgba(f"heat.{resource}.{step}") for step in range(5)]
        ratios = [contrast(step, theme.rgba("bg.node")) for step in steps]
        assert ratios == sorted(ratios)
        assert steps[-1] == theme.rgba(f"resource.{resource}")


def test_marks_differ_so_that_colour_never_stands_alone():
    tokens = load_tokens()
    marks = [resource.mark for name, resource in tokens.resources.items() if name != "BRAM18"]
    assert len(set(marks)) == len(marks) == 6


def test_an_unknown_token_is_named():
    with pytest.raises(KeyError, match="wall"):
        make_theme("light").color("bg.wall")
    with pytest.raises(KeyError, match="nodeCard"):
        make_theme("light").size("nodeCard")
    with pytest.raises(KeyError, match="toolbar"):
        make_theme("light").extent("toolbar")


def test_sizes_that_hold_text_grow_with_it():
    large = make_theme("light", 2.0)
    assert (large.size("row"), large.size("leftDock"), large.text_px("caption")) == (48, 248, 22)
    assert large.extent("nodeCard") == (176, 96)


def test_shadows_are_twice_as_dense_on_dark_ground():
    assert make_theme("light").shadow("node").colour.alpha == 0x1A
    assert make_theme("dark").shadow("node").colour.alpha == 0x34


def test_a_damaged_token_file_names_what_is_wrong():
    data = json.loads((THEMES / "tokens.json").read_text(encoding="utf-8"))
    data["color"]["light"]["bg.panel"] = "white"
    with pytest.raises(ValueError, match="white"):
        parse_tokens(data)


@pytest.mark.skipif(not DESIGN.exists(), reason="the design folder is not here")
def test_tokens_are_those_of_the_design():
    ours = json.loads((THEMES / "tokens.json").read_text(encoding="utf-8"))
    theirs = json.loads(DESIGN.read_text(encoding="utf-8"))
    del ours["meta"], theirs["meta"]
    assert ours == theirs


@given(colours, colours)
def test_mixing_starts_and_ends_at_its_colours(start, end):
    for share, wanted in ((0.0, start), (1.0, end)):
        found = mix(start, end, share)
        assert all(abs(a - b) <= 1 for a, b in zip(found[:3], wanted[:3], strict=True))


@given(colours, colours)
def test_contrast_is_symmetric_and_bounded(first, second):
    assert contrast(first, second) == contrast(second, first)
    assert 1.0 <= contrast(first, second) <= 21.0


@given(colours)
def test_a_colour_survives_its_spelling(colour):
    assert parse_hex(to_css(colour)) == colour


def test_alpha_comes_last_as_in_css():
    assert parse_hex("#1A202866") == Rgba(0x1A, 0x20, 0x28, 0x66)
    assert to_css(Rgba(1, 2, 3, 4)) == "rgba(1, 2, 3, 4)"
