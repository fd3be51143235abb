"""Layer names become identifiers that C++ and hls4ml take, and stay apart."""

import keyword
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.flows.hls4ml.names import identifier, identifiers

NAMES = st.lists(st.text(st.sampled_from("aAbB01_-./ é√layerwint"), min_size=1, max_size=12), unique=True, max_size=12)


@given(NAMES)
def test_different_names_get_different_identifiers(names):
    found = identifiers(names)
    assert list(found) == names
    lowered = [word.lower() for word in found.values()]
    assert len(set(lowered)) == len(names)  # hls4ml looks settings up in lower case
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", word) and "__" not in word for word in found.values())


@pytest.mark.parametrize("name", ["fc1", "conv2d", "q_dense_batchnorm_4", "relu", "Block1_out"])
def test_good_names_stay(name):
    assert identifier(name) == name


@pytest.mark.parametrize(
    "name", ["input", "int", "class", "w2", "wr12", "b3", "layer2_out", "config4", "relu_config3", "nnet", "result_t"]
)
def test_names_that_the_generated_code_uses_are_changed(name):
    assert identifier(name) == f"{name}_"


@pytest.mark.parametrize(("name", "word"), [("1st", "n1st"), ("a b", "a_b"), ("dense/kernel.0", "dense_kernel_0")])
def test_other_characters_become_underscores(name, word):
    assert identifier(name) == word


def test_an_identifier_is_never_a_keyword():
    assert all(not keyword.iskeyword(word) or word in ("None",) for word in identifiers(["for", "if", "try"]).values())
