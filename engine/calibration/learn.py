"""Learning from own runs: a factor on each quantity, pulled towards none by how little is known, and its interval.

The factor is Bühlmann's credibility estimator (H. Bühlmann, "Experience rating and credibility", ASTIN Bulletin 4,
1967) of what is left after the corrections that ship: with d_j the mean over the runs of network j of
ln((report + 1) / (estimate + 1)), held within ±ln 3,

    ln factor = n / (n + K) · mean(d_1 ... d_n)

over the n networks. Many runs of one network count as one: they share its quirks. K = 2 says that tools differ from
what ships half as much, in variance, as networks of one tool do from each other. It was set beforehand; 0.5 to 4 made
little difference where `python -m tests.benchmarks.estimates.own_runs` replays public runs. A factor is only used where
it would have helped: of two networks and more each is foretold from the others, and unless that brings estimates nearer
to their reports, the factor stays 1.

The interval is conformal (V. Vovk, A. Gammerman and G. Shafer, "Algorithmic Learning in a Random World", 2005), by
network: each network is foretold from the others, its runs share one vote, and the stretch is the least that holds 90 %
of n + 1 votes. Fewer than nine networks cannot tell that: then the interval that ships stays, and only widens, until it
holds nine of ten runs of every network. Beside others with more runs that it holds, a network so far out that no
interval of use to these would reach it widens nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import ceil, exp, log

from engine.calibration.apply import score
from engine.calibration.own import Correction, Own, OwnRuns
from engine.calibration.record import Key, Record
from engine.estimate import Level, Quantity

COVERAGE = 0.9
K = 2.0
_MOST_APART = log(3)
_LEAST_STRETCH, _FAR_OUT, _MOST_STRETCH = 0.1, 8.0, 20.0

Pair = tuple[Quantity, float]
"""Estimate and report."""
ByNetwork = Mapping[str, Sequence[Pair]]


class Lessons:
    """What the records of one key teach, one after the other."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bool], dict[str, list[Pair]]] = defaultdict(lambda: defaultdict(list))
        self._networks: set[str] = set()
        self._tool = ""

    def add(self, record: Record) -> None:
        """Learn from one more."""
        self._tool = record.tool
        self._networks.add(record.network)
        for target, (estimate, said) in record.pairs().items():
            self._known[target, estimate.exact][record.network].append((estimate, said))

    def own(self) -> Own:
        """What they have taught so far."""
        corrections = {place: correction(networks) for place, networks in self._known.items()}
        return Own(self._tool, len(self._networks), corrections)


def own_runs(records: Iterable[Record]) -> OwnRuns:
    """What records taught, which are all of the estimators that they shall correct.

    Where several versions of a tool have run, the last one that did is taken to run next.
    """
    groups: dict[Key, list[Record]] = defaultdict(list)
    for record in sorted(records, key=lambda each: each.when):
        groups[record.key].append(record)
    newest: dict[tuple[str, Level, str], list[Record]] = {}
    for key, group in sorted(groups.items(), key=lambda item: item[1][-1].when):
        newest[key.flow, key.level, key.family] = group
    return OwnRuns({place: learn(group) for place, group in newest.items()})


def learn(records: Iterable[Record]) -> Own:
    """What records of one key taught."""
    lessons = Lessons()
    for record in records:
        lessons.add(record)
    return lessons.own()


def correction(networks: ByNetwork) -> Correction:
    """Factor and stretch of one quantity from its pairs by network."""
    apart = {name: _apart(pairs) for name, pairs in networks.items()}
    others = {name: _factor(sum(apart.values()) - own, len(apart) - 1) for name, own in apart.items()}
    if len(apart) > 1 and not _helps(apart, others):
        return Correction(1.0, _stretch(networks, dict.fromkeys(apart, 1.0)), len(apart))
    return Correction(_factor(sum(apart.values()), len(apart)), _stretch(networks, others), len(apart))


def _apart(pairs: Sequence[Pair]) -> float:
    """How far the reports of a network lie from its estimates: a logarithm."""
    mean = sum([log((said + 1) / (estimate.value + 1)) for estimate, said in pairs]) / len(pairs)
    return min(max(mean, -_MOST_APART), _MOST_APART)


def _factor(apart: float, networks: int) -> float:
    return exp(apart / (networks + K))


def _helps(apart: Mapping[str, float], others: Mapping[str, float]) -> bool:
    """Whether the networks are foretold better with the factors that the others teach."""
    return sum([abs(own - log(others[name])) for name, own in apart.items()]) < sum(map(abs, apart.values()))


def _stretch(networks: ByNetwork, factors: Mapping[str, float]) -> float:
    """The stretch that holds the runs of each network, its estimates times the factor that the others teach."""
    scores = [
        sorted([score(estimate, factors[name], said) for estimate, said in pairs]) for name, pairs in networks.items()
    ]
    if len(scores) < COVERAGE * (len(scores) + 1):
        return min(max(1.0, *_near(scores)), _MOST_STRETCH)
    return min(max(_voted(scores), _LEAST_STRETCH), _MOST_STRETCH)


def _near(scores: list[list[float]]) -> list[float]:
    """The stretch that each network needs, without those far out that have fewer runs than the others."""
    needed = [(own[ceil(COVERAGE * len(own)) - 1], len(own)) for own in scores]
    near = [each for each in needed if each[0] <= _FAR_OUT]
    kept = near if 2 * sum(runs for _, runs in near) > sum(runs for _, runs in needed) else needed
    return [stretch for stretch, _ in kept]


def _voted(scores: list[list[float]]) -> float:
    """The least score that holds 90 % of one vote more than there are networks; the runs of each share its vote."""
    needed, reached = COVERAGE * (len(scores) + 1), 0.0
    votes = sorted((each, 1 / len(own)) for own in scores for each in own)
    for each, vote in votes:
        reached += vote
        if reached >= needed - 1e-9:
            return each
    return votes[-1][0]
