"""Ensemble: how far the answer moves over the numbers that nobody has published.

facts with a range  ->  64 draws of one Sobol set  ->  interval `not_known` of every measure

Each draw takes every number that has a range to another value in it, all at once, and runs the
same question on 50,000 people.  A range that spans more than tenfold is drawn on a log scale.
Correlations between traits, of which nothing is published either, are varied apart: two other sets
and the extreme orderings of four pairs give each headline a second range.

Source: I. Sobol, "On the distribution of points in a cube", USSR Comput. Math. 7, 1967 (from
memory); the points are SciPy's.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import numpy as np

from demerit import facts, mechanism, run
from demerit import scheme as schemes
from demerit import society as societies
from demerit.contrast import values
from demerit.measures import MEASURES, acceptance, prices
from demerit.run import Counts

DRAWS = 64
PEOPLE = 50_000
FOLDS = 2  # of a draw
LOG_SPAN = 10  # a range wider than this is drawn on a log scale
SAME_MIN = 16  # draws with the same fate of the scheme that an interval needs
QUANTILES = (0.05, 0.95)  # nine draws in ten
# Who is scored; what only acts when the tables are built; correlations, which are varied apart.
FIXED = (".people.", "society.copula.", "society.ordering.", "society.place.", "society.start.")
APART = ("society.copula.strong", "society.copula.independent", "society.ordering")
COPULAS = ("independent", "strong")


def files(scheme: schemes.Scheme, society: str) -> dict[str, dict[str, Any]]:
    """The data files that decide a run, or what is made of it (measures/prices.py), by the name
    that their numbers begin with."""
    read = {name: facts.read(f"{name}.toml") for name in mechanism.FILES}
    folder = f"societies/{society}"
    read |= {name: facts.read(f"{folder}/{name}.toml") for name in ("household", "society")}
    read |= {name: facts.read(f"{name}.toml") for name in prices.FILES}
    return read | scheme.files


def numbers(scheme: schemes.Scheme, society: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every number that decides a run or its measures: name, and the number with its basis."""
    for name, spec in files(scheme, society).items():
        for where, fact in facts.facts(spec, name):
            if not isinstance(fact["value"], bool | list | str) and not name_apart(where):
                yield where, fact


def name_apart(name: str) -> bool:
    """Is this a number of a set of correlations that the run itself does not use?"""
    return name.startswith(APART)


def ranged(scheme: schemes.Scheme, society: str) -> list[tuple[str, dict[str, Any]]]:
    """The numbers to vary: those with a range, of deeds this scheme's run can show."""
    return [
        (name, fact)
        for name, fact in numbers(scheme, society)
        if "range" in fact
        and fact["range"][0] < fact["range"][1]
        and not any(part in name for part in FIXED)
    ]


def at(fact: dict[str, Any], u: float) -> float:
    """The value a share u of the way through a number's range.

    >>> at({"value": 1.0, "range": [0.0, 2.0]}, 0.25), at({"value": 0.1, "range": [0.01, 1]}, 0.5)
    (0.5, 0.1)
    """
    low, high = fact["range"]
    if low > 0 and high / low > LOG_SPAN:
        found = float(low * (high / low) ** u)
    else:
        found = low + (high - low) * u
    return round(found) if isinstance(fact["value"], int) else float(found)


def sobol(dimensions: int, seed: int, count: int = DRAWS) -> np.ndarray:
    """One scrambled Sobol set (draw, dimension)."""
    from scipy.stats.qmc import Sobol

    return Sobol(dimensions, scramble=True, rng=seed).random(count)


def load_society(key: str, changed: facts.Values, **traits: str) -> Any:
    """A society, of its own only if a number that its people are made of has changed."""
    own = {k: v for k, v in changed.items() if k.startswith(("deeds.", "society."))}
    return societies.load(key, own, **traits) if own or traits else societies.load(key)


class Question:
    """What is asked of each draw: the same scheme, society, months and seed."""

    def __init__(self, scheme: str, society: str, months: int, seed: int, place: str | None,
                 people: int, threads: int, covered: int | None = None,
                 fixed: facts.Values | None = None):  # fmt: skip
        self.covered = covered  # people whom the scheme's file holds, of whom these are a sample
        self.scheme, self.society, self.place = scheme, society, place
        self.months, self.seed, self.people, self.threads = months, seed, people, threads
        self.fixed = dict(fixed or {})  # numbers of mechanisms that are switched off
        self.central = load_society(society, self.fixed)

    def ask(
        self, changed: facts.Values | None = None, traits: Any = None,
        threads: int | None = None, folds: int = run.FOLDS,
    ) -> Counts:  # fmt: skip
        """Run it with some numbers changed, or another set of correlations."""
        changed = {**(changed or {}), **self.fixed}
        society = self.central
        if len(changed) > len(self.fixed) or traits:
            society = load_society(self.society, changed, **(traits or {}))
        asked = run.plan(
            schemes.load(self.scheme, changed), society, self.months, self.seed,
            people=self.people, place=self.place, values=changed, covered=self.covered,
        )  # fmt: skip
        return run.simulate(asked, threads or self.threads, folds=folds)

    def ask_each(self, asked: Sequence[Mapping[str, Any]]) -> Generator[Counts, None, None]:
        """Run it with each of these arguments of `ask`, in their order.

        As many at once as there are threads, each on one: while one is asked how people stand,
        which holds the interpreter, others live.  In few folds: chance is not asked, and each is
        surveyed by itself.  Who stops before the last must close it, or the rest are lived for
        nobody.
        """
        with ThreadPoolExecutor(self.threads) as pool:
            yield from pool.map(lambda one: self.ask(**one, threads=1, folds=FOLDS), asked)


def headlines(counts: Counts, changed: facts.Values | None = None) -> dict[str, float]:
    """The headline number of every measure, by the prices among these numbers."""
    total = counts.total
    with prices.at(changed or {}):
        return {
            key: float(values(m, total, counts.counters)[m.headline][0])
            for key, m in MEASURES.items()
        }


Tell = Callable[[str, int, int], None]


def not_known(
    question: Question, repealed: bool, tell: Tell, draws: int = DRAWS, among: Sequence[str] = ()
) -> dict[str, Any]:
    """Intervals over the ranges, what became of the scheme in each draw, and each draw's headlines
    (`each`; none where its fate was another) and values of the numbers (`changed`).

    Only draws in which the scheme met the same fate as in the run itself enter a measure's
    interval: a mean over both fates would be of neither.  `among` names the numbers that the Sobol
    set spans, where schemes that share numbers are to share their draws; else this scheme's own.
    """
    varied = ranged(schemes.load(question.scheme), question.society)
    column = {name: k for k, name in enumerate(among or [name for name, _ in varied])}
    points = sobol(len(column), question.seed, draws)[:, [column[name] for name, _ in varied]]
    values_of = [
        {name: at(fact, u) for (name, fact), u in zip(varied, point, strict=True)}
        for point in points
    ]
    found, months = [], []
    with closing(question.ask_each([{"changed": one} for one in values_of])) as answers:
        for k, (changed, counts) in enumerate(zip(values_of, answers, strict=True)):
            found.append(headlines(counts, changed))
            months.append(counts.repeal_month[1])
            tell("what is not known", k + 1, draws)
    each = [
        h if (month is not None) == repealed else None
        for h, month in zip(found, months, strict=True)
    ]
    same = [h for h in each if h is not None]
    return {
        "varied": len(varied),
        "draws": draws,
        "draws_same_fate": len(same),
        "draws_repealed_share": acceptance.repealed_share(months),
        "median_month": acceptance.repeal_month(months),
        "intervals": {key: interval([h[key] for h in same]) for key in MEASURES},
        "each": each,
        "changed": values_of,
    }


def interval(found: Iterable[float]) -> tuple[float, float] | None:
    """What nine draws in ten lie between, or None where too few are defined.

    >>> interval([1.0] * 20)
    (1.0, 1.0)
    >>> interval([1.0] * 3) is None
    True
    """
    sample = np.array([x for x in found if np.isfinite(x)])
    if sample.size < SAME_MIN:
        return None
    low, high = np.quantile(sample, QUANTILES)
    return float(low), float(high)


def correlations(question: Question, tell: Tell) -> dict[str, dict[str, float | None]]:
    """Each headline under other sets of correlations and the extreme orderings: {set: headline}."""
    asked: Sequence[tuple[str, dict[str, str]]] = [
        ("central", {}),
        *((name, {"copula": name}) for name in COPULAS),
        *((name, {"ordering": name}) for name in question.central.spec["ordering"]),
    ]
    found: dict[str, dict[str, float | None]] = {}
    with closing(question.ask_each([{"traits": traits} for _, traits in asked])) as answers:
        for k, ((name, _), counts) in enumerate(zip(asked, answers, strict=True)):
            here = headlines(counts).items()
            found[name] = {key: x if np.isfinite(x) else None for key, x in here}
            tell("other correlations", k + 1, len(asked))
    return found
