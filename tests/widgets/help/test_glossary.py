"""Every term has two sentences, and every quantity and setting has a term."""

import re

import pytest

from engine.design import ACCUM, BIAS, PARALLELIZATION_FACTOR, RESULT, REUSE_FACTOR, STRATEGY, WEIGHT
from engine.estimate import RESOURCES
from widgets.help import term, terms, tool_tip


@pytest.mark.parametrize("entry", terms(), ids=lambda entry: entry.id)
def test_two_sentences(entry):
    assert len(re.findall(r"[.](?:\s|$)", entry.text)) == 2


@pytest.mark.parametrize(
    "key", [*RESOURCES, WEIGHT, BIAS, ACCUM, RESULT, REUSE_FACTOR, STRATEGY, PARALLELIZATION_FACTOR, "latency", "rate"]
)
def test_what_the_window_shows_is_explained(key):
    assert term(key) is not None
    assert tool_tip(key).startswith("<b>")
