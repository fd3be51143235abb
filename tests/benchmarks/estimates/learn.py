"""Learning the corrections: a factor on each term, held near what physics says; and the stretch of the intervals.

A factor is the prior, plus what all reports share, plus what the tool and the parts add; each of the three is pulled
towards nothing (ridge), so that a tool that was never seen inherits what the others share. Errors are relative, and
every repository weighs alike however many rows it has.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf, log
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from engine.estimate import Level, Quantity, stretched
from engine.flows.hls4ml.cost.corrections import PART_GROUPS, VITIS, VIVADO
from tests.benchmarks.estimates.measures import Pair
from tests.benchmarks.estimates.observe import FITTED, Observation

SERIES_7 = PART_GROUPS[0]
SITES = tuple((tool, parts) for tool in (VIVADO, VITIS) for parts in PART_GROUPS)
COVERAGE = 0.9

_SHARED, _OWN = 15.0, 30.0
"""Ridge on what all reports share and on what one tool or one group of parts adds, in repositories."""
_LEAST, _MOST = 0.1, 5.0
_ROUNDS = 6
_LARGEST_STRETCH = 8.0
_TOLERANCE = 0.1
_ENOUGH = 9

LOGIC = {
    "LUT": {"adder trees": 0.55, "adders in constants": 0.8, "beside multipliers": 0.1},
    "FF": {"held between cycles": 0.9, "results between layers": 0.9, "results": 0.9},
}
"""Priors at logic synthesis: widths of adders are trimmed, what surrounds a DSP moves into it. From paired reports of
public designs, also of those whose configuration is not known."""
_LOGIC_ELSE = {"LUT": 0.5, "FF": 0.85}
_DEEP = 0.5
"""Of the flip-flops of deep pipelines on 7 series parts half is left: three designs of two owners."""

Key = tuple[Level, str, tuple[str, str]]
"""Level, target and site."""


@dataclass(frozen=True, slots=True)
class Learned:
    """Factors by term, and stretches by target."""

    factors: dict[Key, dict[str, float]]
    widths: dict[tuple[Level, str], float]

    def estimate(self, observation: Observation) -> Quantity:
        """The corrected answer, with its stretched interval."""
        value = _value(observation, self.factors)
        bare, stretch = observation.bare, self.widths.get((observation.level, observation.target), 1.0)
        low, high = (value * side / bare.value if bare.value else side for side in (bare.low, bare.high))
        return stretched(Quantity(value, low, high), stretch)


def learn(observations: Iterable[Observation], group: Callable[[Observation], str]) -> Learned:
    """Fit the factors, then stretch the intervals by how far they are missed where whole groups are left out."""
    known = list(observations)
    return Learned(fit(known), _widths(known, group))


def fit(observations: list[Observation]) -> dict[Key, dict[str, float]]:
    """Factors of all terms at all sites."""
    factors: dict[Key, dict[str, float]] = {}
    for level in Level:
        for target in FITTED:
            rows = [each for each in observations if (each.level, each.target) == (level, target) and each.terms]
            factors |= _fit(rows, level, target)
    return factors


def prior(level: Level, target: str, term: str, site: tuple[str, str]) -> float:
    """A factor before anything was learned."""
    if level is Level.C_SYNTHESIS:
        return 1.0
    if target == "FF" and term in LOGIC["FF"] and site[1] == SERIES_7:
        return _DEEP
    return LOGIC[target].get(term, _LOGIC_ELSE[target])


def _fit(rows: list[Observation], level: Level, target: str) -> dict[Key, dict[str, float]]:
    terms = sorted({term for row in rows for term in row.terms})
    if not terms:
        return {}
    starts = {site: np.array([prior(level, target, term, site) for term in terms]) for site in SITES}
    start = np.array([starts[row.site] for row in rows])
    amounts = np.array([[row.terms.get(term, 0.0) for term in terms] for row in rows])
    said, weights = np.array([row.said for row in rows]), _weights(rows)
    masks = np.array([[row.site[0] == VIVADO, row.site[0] == VITIS, *_parts(row)] for row in rows], float)
    blocks = [amounts, *(amounts * masks[:, [column]] for column in range(masks.shape[1]))]
    design = np.concatenate(blocks, axis=1)
    ridge = np.repeat([_SHARED, *([_OWN] * masks.shape[1])], len(terms)) / np.tile(starts[SITES[-1]], len(blocks)) ** 2
    known, change = (amounts * start).sum(axis=1), np.zeros(design.shape[1])
    for _ in range(_ROUNDS):
        guess = known + design @ change
        size = (np.abs(guess) + said) / 2 + 1
        # Weighing by the error itself makes the sum that of errors, not of their squares: what no term explains
        # must not bend the terms.
        scale = np.sqrt(weights / np.maximum(np.abs(guess - said) / size, _TOLERANCE)) / size
        left = design * scale[:, None]
        change = np.linalg.solve(left.T @ left + np.diag(ridge), left.T @ ((said - known) * scale))
    return _factors(level, target, terms, starts, change.reshape(len(blocks), len(terms)))


def _parts(row: Observation) -> list[bool]:
    return [row.site[1] == parts for parts in PART_GROUPS]


def _factors(
    level: Level,
    target: str,
    terms: list[str],
    starts: dict[tuple[str, str], NDArray[np.float64]],
    change: NDArray[np.float64],
) -> dict[Key, dict[str, float]]:
    found: dict[Key, dict[str, float]] = {}
    for tool, parts in SITES:
        own = change[1 + (tool == VITIS)] + change[3 + PART_GROUPS.index(parts)]
        start = starts[tool, parts]
        limited = np.clip(start + change[0] + own, _LEAST * start, _MOST * start)
        found[level, target, (tool, parts)] = dict(zip(terms, [float(each) for each in limited], strict=True))
    return found


def _weights(rows: list[Observation]) -> NDArray[np.float64]:
    """Each repository one, half of it to its modules if it has any; within, each network alike."""
    kinds = Counter(repository for repository, _ in {(row.repository, row.module) for row in rows})
    networks = Counter(key[:2] for key in {_place(row) for row in rows})
    counts = Counter(_place(row) for row in rows)
    shares = [kinds[row.repository] * networks[_place(row)[:2]] * counts[_place(row)] for row in rows]
    return 1 / np.array(shares, float)


def _place(row: Observation) -> tuple[str, bool, str]:
    return row.repository, row.module, row.network


def _value(observation: Observation, factors: dict[Key, dict[str, float]]) -> float:
    if observation.target not in FITTED:
        return observation.bare.value
    known = factors.get((observation.level, observation.target, observation.site), {})
    level, target, site = observation.level, observation.target, observation.site
    return sum(amount * known.get(term, prior(level, target, term, site)) for term, amount in observation.terms.items())


def _widths(known: list[Observation], group: Callable[[Observation], str]) -> dict[tuple[Level, str], float]:
    """For each target the stretch that holds for 9 of 10 designs of groups left out; repositories weigh alike."""
    scores: dict[tuple[Level, str], list[tuple[float, str]]] = defaultdict(list)
    for name in sorted({group(each) for each in known}):
        factors = fit([each for each in known if group(each) != name])
        bare = Learned(factors, {})
        for each in known:
            if group(each) == name and not each.module:
                scores[each.level, each.target].append((_score(bare.estimate(each), each.said), each.repository))
    # What follows from rules keeps at least the doubt that is stated beside the rule.
    return {key: _quantile(found, least=0.0 if key[1] in FITTED else 1.0) for key, found in scores.items()}


def _score(estimate: Quantity, said: float) -> float:
    """How often the stated doubt fits into the error: as `stretched` stretches it."""
    if abs(said - estimate.value) <= 0.5:
        return 0.0
    if said > estimate.value:
        above = estimate.high - estimate.value
        return (said - estimate.value) / above if above else inf
    below = log((estimate.value + 1) / (estimate.low + 1))
    return log((estimate.value + 1) / (said + 1)) / below if below else inf


def _quantile(scores: list[tuple[float, str]], least: float) -> float:
    """The score that nine of ten designs stay below, repositories weighing alike.

    Fewer than nine repositories cannot tell: then never less than what is stated.
    """
    rows = Counter(repository for _, repository in scores)
    reached, least = 0.0, least if len(rows) >= _ENOUGH else 1.0
    for score, repository in sorted(scores):
        reached += 1 / rows[repository]
        if reached >= COVERAGE * len(rows) - 1e-9:
            return min(max(score, least), _LARGEST_STRETCH)
    return _LARGEST_STRETCH


def cross_validated(
    observations: list[Observation], group: Callable[[Observation], str], teaches: Callable[[Observation], bool]
) -> list[Pair]:
    """Each design as estimated from what the other groups taught, factors and intervals both."""
    pairs = []
    for name in sorted({group(each) for each in observations}):
        learned = learn([each for each in observations if group(each) != name and teaches(each)], group)
        held_out = [each for each in observations if group(each) == name and not each.module]
        pairs += [pair_of(each, learned.estimate(each)) for each in held_out]
    return pairs


def pair_of(observation: Observation, estimate: Quantity) -> Pair:
    """An observation beside an estimate of it."""
    each = observation
    keys = (each.id, each.repository, each.network, each.family, each.level.value, each.target)
    return Pair(*keys, estimate, each.said)


def by_repository(observation: Observation) -> str:
    """Leave whole repositories out."""
    return observation.repository


def by_network(observation: Observation) -> str:
    """Leave networks out, a tenth of them at a time."""
    return str(crc32(observation.network.encode()) % 10)
