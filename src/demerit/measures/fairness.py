"""Fairness between groups: who keeps free of sanctions, and for whom the scheme errs more often.

Counts of the survey (standing, group) -> one number: the widest gap or the smallest ratio between
any two groups, which at most three margins make.  A standing is 4 x under sanction + 2 x the clean
file would be + 1 x the file with every true deed seen would be.  `Kept` free is the favourable
outcome.

Two truths, never merged.  `Innocent` is whose clean file is free: the same entries less the false
and foreign ones.  `Deserving` is whom the scheme's own rules would sanction, were every true deed
seen; it serves what is missed.  Groups under 1,000 person-months, or with under 30 events, are left
out, as their cells are blank elsewhere; base rates stand beside (`deserving_ratio_...`), since with
unequal base rates the measures cannot all be even.  Whether one score says the same of every group
is asked by within.py.

Sources: M. Hardt, E. Price, N. Srebro, "Equality of opportunity in supervised learning", NIPS 2016;
A. Chouldechova, "Fair prediction with disparate impact", Big Data 5(2), 2017,
doi:10.1089/big.2016.0047; 29 CFR 1607.4(D) for the four fifths (from memory).  Computed as
Fairlearn does, and checked against it to 1e-12 (tests/test_fairness.py).
"""

from collections.abc import Callable, Sequence

import numpy as np

from demerit.measures.registry import Measure, Ratio, put, section

section("Fairness")

PEOPLE_MIN, EVENTS_MIN = 1_000, 30  # person-months and events below which a group is left out
Cells = np.ndarray  # (standing, group)
Held = np.ndarray | None  # (group,) yes or no
Rates = Callable[[Cells, Held], np.ndarray]
SANCTIONED, FOUL, SEEN = ((np.arange(8) >> bit & 1).astype(bool) for bit in (2, 1, 0))


def rate(
    cells: Cells, held: Held, part: np.ndarray, whole: np.ndarray,
    events: np.ndarray | None = None,
) -> np.ndarray:  # fmt: skip
    """Of the standings in `whole`, the share in `part`; nan of a group too small (group,).

    What happens is `part`, or, where that is the rule and not the event, `events`.  `held`: which
    groups are large enough, where that has been settled.
    """
    counts = np.asarray(cells, float)
    among, found = counts[whole].sum(axis=0), counts[part & whole].sum(axis=0)
    happened = found if events is None else counts[events & whole].sum(axis=0)
    enough = (
        (among >= PEOPLE_MIN) & (happened >= EVENTS_MIN) if held is None else held & (among > 0)
    )
    return np.divide(found, among, out=np.full(among.shape, np.nan), where=enough)


def kept(cells: Cells, held: Held = None) -> np.ndarray:
    """Selection rate: who has a file and keeps free of sanctions."""
    return rate(cells, held, ~SANCTIONED, SANCTIONED | ~SANCTIONED)


def sanctioned(cells: Cells, held: Held = None) -> np.ndarray:
    """The other way round: who is under sanction."""
    return rate(cells, held, SANCTIONED, SANCTIONED | ~SANCTIONED)


def innocent_kept(cells: Cells, held: Held = None) -> np.ndarray:
    """True positive rate: of those whose clean file is free, who keeps free."""
    return rate(cells, held, ~SANCTIONED, ~FOUL, SANCTIONED)


def undeserving_kept(cells: Cells, held: Held = None) -> np.ndarray:
    """The same of those whom the rules would not sanction were every deed seen."""
    return rate(cells, held, ~SANCTIONED, ~SEEN, SANCTIONED)


def missed(cells: Cells, held: Held = None) -> np.ndarray:
    """False positive rate of keeping free: of those whom the rules would sanction, who does."""
    return rate(cells, held, ~SANCTIONED, SEEN)


def wronged(cells: Cells, held: Held = None) -> np.ndarray:
    """False discovery rate of sanctions: of those under sanction, whose clean file is free."""
    return rate(cells, held, ~FOUL, SANCTIONED)


def deserving(cells: Cells, held: Held = None) -> np.ndarray:
    """Base rate: whom the rules would sanction were every deed seen."""
    return rate(cells, held, SEEN, SEEN | ~SEEN)


def one(value: float) -> Ratio:
    """A number that is no share of a count; nan where undefined."""
    return Ratio(np.array([np.nan_to_num(value)]), np.array([float(np.isfinite(value))]))


def gap(rates: np.ndarray) -> float:
    """The largest less the smallest, nan of fewer than two groups.

    >>> gap(np.array([0.5, 0.2, np.nan])), gap(np.array([0.5]))
    (0.3, nan)
    """
    known = rates[np.isfinite(rates)]
    return float(known.max() - known.min()) if known.size > 1 else np.nan


def ratio(rates: np.ndarray) -> float:
    """The smallest over the largest, nan of fewer than two groups.

    >>> ratio(np.array([0.5, 0.2, np.nan]))
    0.4
    """
    known = rates[np.isfinite(rates)]
    return float(known.min() / known.max()) if known.size > 1 and known.max() > 0 else np.nan


def widest(*rates: np.ndarray) -> float:
    """The widest of the gaps of several rates, nan if any is undefined: it could be the widest.

    >>> widest(np.array([0.5, 0.2]), np.array([0.5, 0.1]))
    0.4
    >>> widest(np.array([0.5, 0.2]), np.array([np.nan, 0.1]))
    nan
    """
    return float(np.max([gap(r) for r in rates]))


def of(
    reduce: Callable[..., float], *rates: Rates
) -> tuple[Callable[..., Ratio], Callable[[Cells], list[np.ndarray]]]:
    """A function of `standing` that reduces these rates to one number, and which groups it reads.

    What a jackknife leaves out shall not take a group with it: the groups are settled once.
    """

    def groups(standing: Cells) -> list[np.ndarray]:
        return [np.isfinite(r(standing, None)) for r in rates]

    def function(standing: Cells, held: list[np.ndarray] | None = None) -> Ratio:
        masks: Sequence[Held] = held if held is not None else [None] * len(rates)
        return one(reduce(*(r(standing, mask) for r, mask in zip(rates, masks, strict=True))))

    return function, groups


GROUPS = {
    "home": "town and village", "age": "young and old", "sex": "women and men",
    "income": "poor and rich", "schooling": "the schooled and the unschooled",
    "sex_age": "women and men of any age", "home_income": "poor and rich in town and village",
    "home_sex": "women and men in town and village", "sex_income": "poor and rich women and men",
    "home_schooling": "the schooled and the unschooled in town and village",
    "home_sex_age": "women and men of any age in town and village",
}  # fmt: skip
FAMILIES = {
    "kept_ratio": (
        "number", "more", "Do {who} keep free of sanctions alike?",
        "Selection-rate ratio: the group least often free over the one most often; below 0.8 falls "
        "to the four-fifths rule (29 CFR 1607.4(D), prima facie only).", of(ratio, kept),
    ),
    "sanctioned_ratio": (
        "number", "more", "Are {who} punished equally often?",
        "Adverse-rate ratio: the group least often under sanction over the one most often.  It "
        "shows what `kept_ratio` cannot where few are punished.", of(ratio, sanctioned),
    ),
    "equal_opportunity": (
        "share", "less",
        "Among those against whom nothing true speaks, how far apart is the risk of being punished "
        "between {who}?",
        "Equal opportunity difference: gap in the rate at which people whose clean file is free "
        "keep free.  Hardt, Price and Srebro 2016.", of(widest, innocent_kept),
    ),
    "equalised_odds": (
        "share", "less", "How far apart do the scheme's hits and misses lie between {who}?",
        "Equalised odds difference: the wider of the gaps in keeping free of those whom the rules "
        "would sanction, and would not, were every true deed seen.  Hardt, Price and Srebro 2016.",
        of(widest, undeserving_kept, missed),
    ),
    "wrongful_ratio": (
        "number", "more", "Is being punished by mistake as likely among the punished of {who}?",
        "False discovery rate ratio of sanctions, by the clean file: smallest over largest.  "
        "Aequitas asks for 0.8 at least.", of(ratio, wronged),
    ),
    "missed_ratio": (
        "number", "more", "Do {who} get away equally often with what the rules would punish?",
        "Ratio of the rates at which those who deserve a sanction by the seen file go free: "
        "smallest over largest.", of(ratio, missed),
    ),
    "deserving_ratio": (
        "number", "neither", "Would the rules punish {who} equally often if every deed were seen?",
        "Base-rate ratio, to stand beside error rates: where it is far from one no score can be "
        "even by all of them.  Chouldechova 2017 (from memory).", of(ratio, deserving),
    ),
}  # fmt: skip
for _family, (_unit, _better, _question, _textbook, (_function, _read)) in FAMILIES.items():
    for _groups, _who in GROUPS.items():
        put(Measure(
            f"{_family}_{_groups}", _unit, _better, "with",  # type: ignore[arg-type]
            _question.format(who=_who), _textbook, (f"standing_by_{_groups}",), _function,
            _read,
        ))  # fmt: skip
