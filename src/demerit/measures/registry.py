"""Registry: what a measure is, and the table of all measures.

A measure is a pure function of counts: its argument names are the counters that it reads
(frames/names.py), each a whole number per group, summed over the months in which the scheme stood;
or tables of the survey (survey/tables.py), whose last axis is the group, one for all where they
have none.
A name that ends in `__no_errors` is read in the world without errors, one in `__law` in the world
without a scheme, any other in the world that is measured.  It returns a Ratio.
Intervals are not its business: contrast.py takes them alike for every measure.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

import numpy as np

Counts = Mapping[str, np.ndarray]

# What is asked of a scheme, in the order of docs/measures.md.  A module of measures says with
# `section` which of these its next ones belong to.
SECTIONS = {
    "Validity": "Does it measure what it says?",
    "Luck": "Is it luck?",
    "Anatomy": "What is punished?",
    "Proportion": "Is it in proportion to the deed?",
    "Meaning": "What does the number mean?",
    "The perfect society": "Is anybody better off for it, all in all?",
    "Error": "How often is it wrong, and whose error is it?",
    "Who cannot pay": "What of those who cannot pay?",
    "Mobility and recourse": "Does one get out again, and how?",
    "Fairness": "Is it the same for all?",
    "Chilling": "What lawful conduct do people give up?",
    "Benefit": "What good does it do, and how much has only moved out of sight?",
    "Goodhart": "Does conduct rise, or the number alone?",
    "Privacy": "What is held of whom?",
    "Power": "Whom does it serve?",
    "Cost": "What does it cost?",
    "Acceptance": "Do people put up with it?",
    "Firms": "What of firms?",
    "Private scores": "What of the scores that firms give?",
}


class Ratio(NamedTuple):
    """part / whole (group,): `part` is what is counted, `whole` what it is counted among."""

    part: np.ndarray
    whole: np.ndarray

    @property
    def value(self) -> np.ndarray:
        """part / whole; nan where there is no whole (group,).

        >>> Ratio(np.array([1, 0]), np.array([4, 0])).value
        array([0.25,  nan])
        """
        part, whole = np.asarray(self.part, float), np.asarray(self.whole, float)
        return np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0)


FEN = 100  # hundredths of a unit of money: counts are in these


@dataclass(frozen=True)
class Measure:
    """A function of counts and what is said of it."""

    key: str
    # Yuan are units of the society's money: a run's document says what that is called.
    unit: Literal["share", "rate", "points", "yuan", "minutes", "months", "entries", "number"]
    better: Literal["more", "less", "neither"]
    headline: Literal["with", "effect"]  # the number that the intervals belong to
    question: str  # as somebody affected would ask it
    textbook: str
    counts: tuple[str, ...]
    function: Callable[..., Ratio]
    # Of the same counts: what the function settles by them (fairness.py: which groups are large
    # enough), and is given as `held` where a jackknife leaves a few people out.
    settle: Callable[..., Any] | None = None
    smooth: bool = True  # in the counts; else, as of a median in whole months, no jackknife holds
    section: str = ""  # one of SECTIONS; left out: the one that its module is in
    # Counts of the events behind the number, where its part is money, points, time or another
    # number and not so many of them: counters, or a row of a table, as in `poor_depth:0`.
    events: tuple[str, ...] = ()

    @property
    def reads(self) -> tuple[str, ...]:
        """All that is read for it: its counts, and those of its events."""
        return (*self.counts, *self.events)

    def remark(self, head: str) -> str:
        """What its docstring says under `Undefined`, `Caution` or the like; "" if nothing.

        >>> MEASURES["wrongful_sanction_share"].remark("Undefined")
        'where nobody is under sanction'
        """
        text = inspect.getdoc(self.function) or ""
        found = re.search(rf"^{head} +(.+(?:\n {{8,}}.+)*)", text, re.MULTILINE)
        return " ".join(found[1].split()) if found else ""


class Beside(NamedTuple):
    """A number that no run holds, for it takes several runs or worlds: which command tells it."""

    key: str
    section: str
    question: str
    command: str


MEASURES: dict[str, Measure] = {}
BESIDE: dict[str, Beside] = {}
_here = [""]  # the section that measures are put into


def section(name: str) -> None:
    """Begin a section: measures that are put from here on belong to it."""
    assert name in SECTIONS, f"there is no section {name}"
    _here[0] = name


def beside(section: str, command: str, questions: Mapping[str, str]) -> None:
    """Name what another command tells, by key: its question."""
    assert section in SECTIONS, f"there is no section {section}"
    BESIDE.update({key: Beside(key, section, asks, command) for key, asks in questions.items()})


def measure(*, unit, better, headline, smooth=True, settle=None, events=()):
    """Enter a function into the table; its docstring's first two paragraphs are its question and
    textbook name, its argument names the counts it reads, but for `held` of one that settles."""

    def enter(function):
        question, textbook, *_ = (inspect.getdoc(function) or "").split("\n\n")
        counts = tuple(name for name in inspect.signature(function).parameters
                       if not (settle and name == "held"))  # fmt: skip
        put(Measure(function.__name__, unit, better, headline, " ".join(question.split()),
                    " ".join(textbook.split()), counts, function, settle, smooth,
                    events=events))  # fmt: skip
        return function

    return enter


def put(m: Measure) -> None:
    """Enter a measure into the table: one of a family that differ in what they count alone."""
    assert m.key not in MEASURES, f"two measures are called {m.key}"
    MEASURES[m.key] = m if m.section else replace(m, section=_here[0])


def of_sums(parts: int) -> Callable[..., Ratio]:
    """A function of counts: the sum of the first `parts` of them over the sum of the others.

    >>> of_sums(2)(*map(np.array, ([1], [2], [4], [6]))).value
    array([0.3])
    """
    return lambda *counts: Ratio(sum(counts[:parts]), sum(counts[parts:]))


def of_wanted(deeds: int) -> Callable[..., Ratio]:
    """A function of counts: deeds withheld over those withheld or done, of so many kinds.

    >>> of_wanted(1)(np.array([2]), np.array([98])).value
    array([0.02])
    """
    return lambda *counts: Ratio(sum(counts[:deeds]), sum(counts))


def evaluate(m: Measure, counts: Mapping[str, Counts], world: str, held: Any = None) -> Ratio:
    """A measure in one world, from the counts of all worlds: world -> counter -> (group,).

    `held`: what it has settled by other counts.
    """
    read = inputs(m, counts, world)
    return m.function(*read) if held is None else m.function(*read, held=held)


def behind(m: Measure, counts: Mapping[str, Counts], world: str) -> np.ndarray:
    """How many of its events there are in one world, of a measure that names some (group,).

    >>> m = Measure("m", "yuan", "less", "with", "?", ".", (), Ratio, events=("a", "b:1", "c__law"))
    >>> here = {"a": np.array([3]), "b": np.array([[9], [4]])}
    >>> behind(m, {"scheme": here, "law": {"c": np.array([5])}}, "scheme")
    array([12])
    """
    found = []
    for name in m.events:
        counter, _, other = name.partition("__")
        table, _, row = counter.partition(":")
        rows = counts[other or world][table]
        found.append(rows[int(row)] if row else rows)
    # Of a table that has more axes, all cells of the row.
    return np.asarray(sum(rows.reshape(-1, rows.shape[-1]).sum(axis=0) for rows in found))


def settled(m: Measure, counts: Mapping[str, Counts], world: str) -> Any:
    """What a measure settles by these counts in one world; None of most."""
    return m.settle(*inputs(m, counts, world)) if m.settle else None


def inputs(m: Measure, counts: Mapping[str, Counts], world: str) -> list[np.ndarray]:
    """The counts that a measure reads in one world, in the order of its arguments."""
    read = []
    for name in m.counts:
        counter, _, other = name.partition("__")
        read.append(counts[other or world][counter])
    return read
