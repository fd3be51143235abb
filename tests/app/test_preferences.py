"""Preferences: whatever the file holds, the studio starts."""

import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.preferences import Preferences, load_preferences, save_preferences

NAMES = [item.name for item in fields(Preferences)]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("home") / "preferences.json"


@given(st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_any_values_are_read_as_sound_ones(file, data):
    file.write_text(json.dumps(data))
    read = load_preferences(file)
    assert 0.1 <= read.safe_share <= 1.0
    assert 0.8 <= read.text_scale <= 2.0
    assert read.theme in ("system", "light", "dark")
    for texts in (read.tool_paths, read.shortcuts, read.window):
        assert all(isinstance(text, str) for text in texts.values())
    save_preferences(file, read)
    assert load_preferences(file) == read


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b"\xff\xfe", b"[" * 100_000])
def test_a_broken_file_gives_the_defaults(file, content):
    file.write_bytes(content)
    assert load_preferences(file) == Preferences()


def test_no_file_gives_the_defaults(tmp_path):
    assert load_preferences(tmp_path / "none.json") == Preferences()
