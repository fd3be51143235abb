"""Boards of every family, as Hypothesis strategies."""

from hypothesis import strategies as st

from engine.boards import Board, Family, Figure, Resource, Supply

words = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30).filter(str.isprintable)
ids = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)


def _figures(most: float) -> st.SearchStrategy[Figure]:
    return st.builds(Figure, st.floats(0, most, exclude_min=True), words)


@st.composite
def boards(draw: st.DrawFn) -> Board:
    """Any board that the rules allow."""
    family = draw(st.sampled_from(Family))
    supplies = []
    for resource in Resource:
        units = [unit for unit in family.units if unit.resource is resource]
        least = int(resource is Resource.LUT)
        if units and (least or draw(st.booleans())):
            count = draw(st.integers(least, 10_000_000))
            supplies.append(Supply(draw(st.sampled_from(units)), count, draw(words)))
    return Board(
        id=draw(ids),
        name=draw(words),
        url="https://example.org/" + draw(st.from_regex(r"[a-z0-9/._-]{0,20}", fullmatch=True)),
        part=draw(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_./+-]{0,20}", fullmatch=True)),
        part_source=draw(words),
        family=family,
        clock=draw(_figures(1e6)),
        power=draw(st.none() | _figures(1e4)),
        running_power=draw(st.none() | _figures(1e4)),
        resources=tuple(draw(st.permutations(supplies))),
    )
