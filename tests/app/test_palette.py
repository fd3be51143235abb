"""What the search for a layer offers first."""

import pytest

from app.palette import kind_entries
from engine.network.variants import new_op, variants
from widgets.palette.matching import matches


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("relu", "activation/relu"),
        ("leaky", "parametric_activation"),
        ("sigmoid", "activation/sigmoid"),
        ("dense", "dense"),
        ("activation", "activation"),
    ],
)
def test_a_layer_is_found_by_the_name_people_know(typed, first):
    assert matches(kind_entries(), typed)[0].id == f"add:{first}"


def test_everything_offered_can_be_made():
    assert [new_op(variant) for variant in variants()] == list(variants().values())
