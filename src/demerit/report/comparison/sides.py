"""Sides: the schemes of a comparison, what each is called, and which can be told apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from demerit.report.words import Scale, listed, scale

Measure = Mapping[str, Any]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def short(title: str) -> str:
    """The first part of a scheme's title.

    >>> short("CIBIL: a number from punctual repayment"), short("No scheme (police as before)")
    ('CIBIL', 'No scheme')
    """
    for end in (":", ",", " ("):
        title = title.partition(end)[0]
    return title.strip()


def labels(schemes: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What each scheme is called: the start of its title, or its key where two begin alike.

    >>> labels([{"key": "one", "title": "A list, old", "sketch": False},
    ...         {"key": "two", "title": "A list, new", "sketch": False},
    ...         {"key": "sketch-x", "title": "X", "sketch": True}])
    {'one': 'one', 'two': 'two', 'sketch-x': 'X (sketch)'}
    """
    starts = [short(s["title"]) for s in schemes]
    return {
        s["key"]: s["key"] if starts.count(start) > 1 else start + " (sketch)" * s["sketch"]
        for s, start in zip(schemes, starts, strict=True)
    }


@dataclass(frozen=True)
class Sides:
    """The schemes of a comparison in the order in which they were named."""

    document: Mapping[str, Any]

    @property
    def keys(self) -> list[str]:
        return [scheme["key"] for scheme in self.document["schemes"]]

    @property
    def quick(self) -> bool:
        return bool(self.document["quick"])

    @property
    def labels(self) -> dict[str, str]:
        return labels(self.document["schemes"])

    @property
    def letters(self) -> dict[str, str]:
        return dict(zip(self.keys, LETTERS, strict=False))

    def measure(self, key: str) -> Measure | None:
        """A measure, if enough live under one scheme at least to tell of it."""
        found: Measure | None = self.document["measures"].get(key)
        return found if found and self.defined(found) else None

    def defined(self, measure: Measure) -> list[str]:
        """The schemes for which a measure's headline is defined."""
        return [k for k in self.keys if headline(measure, k) is not None]

    def apart(self, measure: Measure, one: str, two: str) -> bool:
        """Can two schemes be told apart: beyond chance, and whatever is not known may be?"""
        pairs = measure["differs"] if self.quick else measure["differs_throughout"]
        return [one, two] in pairs or [two, one] in pairs

    def others(self, measure: Measure, key: str) -> str:
        """The letters of the schemes from which this one differs by more than chance."""
        return "".join(
            self.letters[k]
            for k in self.keys
            if [key, k] in measure["differs"] or [k, key] in measure["differs"]
        )

    def ends(self, measure: Measure) -> tuple[list[str], list[str]]:
        """The schemes with the most and with the least, and those that cannot be told from these.

        The second is empty where the two would share a scheme: then nothing can be said.
        """
        ranked = sorted(self.defined(measure), key=lambda k: -(headline(measure, k) or 0.0))
        most, least = (
            [k for k in ranked if k == end or not self.apart(measure, end, k)]
            for end in (ranked[0], ranked[-1])
        )
        return most, [] if set(most) & set(least) else least

    def named(self, keys: Sequence[str], last: str = "and") -> str:
        """Schemes in the middle of a sentence.

        >>> one = {"key": "x", "title": "The list", "sketch": False}
        >>> Sides({"schemes": [one]}).named(["x"])
        'the list'
        """
        return listed([in_sentence(self.labels[k]) for k in keys], last)


def headline(measure: Measure, key: str) -> float | None:
    """The number of one scheme that a measure's intervals belong to; None where too few live."""
    one = measure["by_scheme"][key]
    found: float | None = one[measure["headline"]] if one["enough"] else None
    return found


def words_of(measure: Measure) -> Scale:
    """The scale of one measure over all schemes and intervals."""
    ones = measure["by_scheme"].values()
    names = (measure["headline"], "low", "high", "chance_low", "chance_high")
    return scale(measure["unit"], [one[n] for one in ones for n in names])


def tell(measure: Measure, words: Scale, value: float | None, unit: bool = True) -> str:
    """A number in two digits that count, a change with its sign.

    >>> one = {"headline": "with"}
    >>> tell(one, scale("share", [0.84]), 0.842), tell(one, scale("share", [0.84]), 0.000042)
    ('84%', '0.0042%')
    """
    if value is None:
        return "–"
    return words.brief(value, measure["headline"] == "effect", unit)


def range_of(
    measure: Measure, key: str, words: Scale, unit: bool = False,
    ends: tuple[str, str] = ("low", "high"),
) -> str:  # fmt: skip
    """A scheme's range, over what is not known unless other ends are named, or nothing."""
    low, high = (measure["by_scheme"][key][end] for end in ends)
    if low is None or high is None:
        return ""
    return words.ends(low, high, measure["headline"] == "effect", unit, brief=True)


def in_sentence(label: str) -> str:
    """A label in the middle of a sentence; of a sketch without its brackets, as numbers have some.

    >>> in_sentence("The list"), in_sentence("A city's score (sketch)")
    ('the list', "the sketch “A city's score”")
    """
    start = label.removesuffix(" (sketch)")
    return lower(label) if start == label else f"the sketch “{start}”"


def lower(label: str) -> str:
    """A label in the middle of a sentence: an article at its start in small letters.

    >>> lower("The list of debtors"), lower("Sesame Credit"), lower("A scorecard")
    ('the list of debtors', 'Sesame Credit', 'a scorecard')
    """
    first = label.partition(" ")[0]
    return label[0].lower() + label[1:] if first in ("The", "A", "An", "No", "Two") else label
