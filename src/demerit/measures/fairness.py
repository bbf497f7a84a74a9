"""Fairness between groups: who keeps free of sanctions, and for whom the scheme errs more often.

Counts of the survey (standing, group) -> one number: the widest gap or the smallest ratio between
any two groups.  A standing is 4 x under sanction + 2 x the clean file would be + 1 x the file with
every true deed seen would be.  `Kept` free is the favourable outcome.

Two truths, never merged.  `Innocent` is whose clean file is free: the same entries less the false
and foreign ones.  `Deserving` is whom the scheme's own rules would sanction, were every true deed
seen; it serves what is missed.  Groups under 1,000 person-months, or with under 30 events, are left
out, as their cells are blank elsewhere; base rates stand beside (`deserving_ratio_...`), since with
unequal base rates the measures cannot all be even.

Sources: M. Hardt, E. Price, N. Srebro, "Equality of opportunity in supervised learning", NIPS 2016;
A. Chouldechova, "Fair prediction with disparate impact", Big Data 5(2), 2017,
doi:10.1089/big.2016.0047; 29 CFR 1607.4(D) for the four fifths (from memory).  Computed as
Fairlearn does, and checked against it to 1e-12 (tests/test_fairness.py).
"""

from collections.abc import Callable

import numpy as np

from demerit.measures.registry import Measure, Ratio, put

PEOPLE_MIN, EVENTS_MIN = 1_000, 30  # person-months and events below which a group is left out
Cells = np.ndarray  # (standing, group)
SANCTIONED, FOUL, SEEN = ((np.arange(8) >> bit & 1).astype(bool) for bit in (2, 1, 0))


def rate(
    cells: Cells, part: np.ndarray, whole: np.ndarray, events: np.ndarray | None = None
) -> np.ndarray:
    """Of the standings in `whole`, the share in `part`; nan of a group too small (group,).

    What happens is `part`, or, where that is the rule and not the event, `events`.
    """
    counts = np.asarray(cells, float)
    among, found = counts[whole].sum(axis=0), counts[part & whole].sum(axis=0)
    happened = found if events is None else counts[events & whole].sum(axis=0)
    enough = (among >= PEOPLE_MIN) & (happened >= EVENTS_MIN)
    return np.divide(found, among, out=np.full(among.shape, np.nan), where=enough)


def kept(cells: Cells) -> np.ndarray:
    """Selection rate: who has a file and keeps free of sanctions."""
    return rate(cells, ~SANCTIONED, SANCTIONED | ~SANCTIONED)


def sanctioned(cells: Cells) -> np.ndarray:
    """The other way round: who is under sanction."""
    return rate(cells, SANCTIONED, SANCTIONED | ~SANCTIONED)


def innocent_kept(cells: Cells) -> np.ndarray:
    """True positive rate: of those whose clean file is free, who keeps free."""
    return rate(cells, ~SANCTIONED, ~FOUL, SANCTIONED)


def undeserving_kept(cells: Cells) -> np.ndarray:
    """The same of those whom the rules would not sanction were every deed seen."""
    return rate(cells, ~SANCTIONED, ~SEEN, SANCTIONED)


def missed(cells: Cells) -> np.ndarray:
    """False positive rate of keeping free: of those whom the rules would sanction, who does."""
    return rate(cells, ~SANCTIONED, SEEN)


def wronged(cells: Cells) -> np.ndarray:
    """False discovery rate of sanctions: of those under sanction, whose clean file is free."""
    return rate(cells, ~FOUL, SANCTIONED)


def deserving(cells: Cells) -> np.ndarray:
    """Base rate: whom the rules would sanction were every deed seen."""
    return rate(cells, SEEN, SEEN | ~SEEN)


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


def of_ratio(rates: Callable[[Cells], np.ndarray]) -> Callable[[Cells], Ratio]:
    """A function of `standing`: the smallest of a rate over the largest."""
    return lambda standing: one(ratio(rates(standing)))


def equal_opportunity(standing: Cells) -> Ratio:
    """Equal opportunity difference: the widest gap in the rate at which the innocent keep free."""
    return one(gap(innocent_kept(standing)))


def equalised_odds(standing: Cells) -> Ratio:
    """Equalised odds difference: the wider of the gaps of those who ought and ought not be free."""
    return one(float(np.fmax(gap(undeserving_kept(standing)), gap(missed(standing)))))


GROUPS = {
    "home": "town and village", "age": "young and old", "sex": "women and men",
    "income": "poor and rich", "schooling": "the schooled and the unschooled",
    "sex_age": "women and men of any age", "home_income": "poor and rich in town and village",
}  # fmt: skip
FAMILIES = {
    "kept_ratio": (
        "number", "more", "Do {who} keep free of sanctions alike?",
        "Selection-rate ratio: the group least often free over the one most often; below 0.8 falls "
        "to the four-fifths rule (29 CFR 1607.4(D), prima facie only).", of_ratio(kept),
    ),
    "sanctioned_ratio": (
        "number", "more", "Are {who} punished equally often?",
        "Adverse-rate ratio: the group least often under sanction over the one most often.  It "
        "shows what `kept_ratio` cannot where few are punished.", of_ratio(sanctioned),
    ),
    "equal_opportunity": (
        "share", "less",
        "Among those against whom nothing true speaks, how far apart is the risk of being punished "
        "between {who}?",
        "Equal opportunity difference: gap in the rate at which people whose clean file is free "
        "keep free.  Hardt, Price and Srebro 2016.", equal_opportunity,
    ),
    "equalised_odds": (
        "share", "less", "How far apart do the scheme's hits and misses lie between {who}?",
        "Equalised odds difference: the wider of the gaps in keeping free of those whom the rules "
        "would sanction, and would not, were every true deed seen.  Hardt, Price and Srebro 2016.",
        equalised_odds,
    ),
    "wrongful_ratio": (
        "number", "more", "Is being punished by mistake as likely among the punished of {who}?",
        "False discovery rate ratio of sanctions, by the clean file: smallest over largest.  "
        "Aequitas asks for 0.8 at least.", of_ratio(wronged),
    ),
    "missed_ratio": (
        "number", "more", "Do {who} get away equally often with what the rules would punish?",
        "Ratio of the rates at which those who deserve a sanction by the seen file go free: "
        "smallest over largest.", of_ratio(missed),
    ),
    "deserving_ratio": (
        "number", "neither", "Would the rules punish {who} equally often if every deed were seen?",
        "Base-rate ratio, to stand beside error rates: where it is far from one no score can be "
        "even by all of them.  Chouldechova 2017 (from memory).", of_ratio(deserving),
    ),
}  # fmt: skip
for _family, (_unit, _better, _question, _textbook, _function) in FAMILIES.items():
    for _groups, _who in GROUPS.items():
        put(Measure(
            f"{_family}_{_groups}", _unit, _better, "with",  # type: ignore[arg-type]
            _question.format(who=_who), _textbook, (f"standing_by_{_groups}",), _function,
        ))  # fmt: skip
