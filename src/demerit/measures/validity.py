"""Validity: what the number measures, what it foretells, and whether it says the same next year.

Tables of the survey, axes (score, other, group): the score in steps from the least, counted once a
year over all who have a file.  A step may hold several points, so that near scores tie.
"""

import numpy as np

from demerit.measures.registry import Measure, Ratio, measure, put, section

section("Validity")


def above(better: np.ndarray, worse: np.ndarray) -> Ratio:
    """Area under the ROC curve: of one of each, how likely does `better` stand higher; ties half.

    Both (step, group), lowest first.

    >>> above(np.array([[0], [1]]), np.array([[1], [1]])).value
    array([0.75])
    """
    better, worse = np.asarray(better, float), np.asarray(worse, float)
    below = np.cumsum(worse, axis=0) - worse / 2
    return Ratio((better * below).sum(axis=0), better.sum(axis=0) * worse.sum(axis=0))


def centred(counts: np.ndarray) -> np.ndarray:
    """Mean rank of each step less the mean of all, halved steps for ties (step, group)."""
    total = counts.sum(axis=0)
    middle = np.cumsum(counts, axis=0) - counts / 2
    return np.asarray(middle - total / 2)


def rank_correlation(table: np.ndarray) -> Ratio:
    """Spearman's correlation of two axes of counts (step, step, group), ties at their mean rank.

    >>> rank_correlation(np.array([[[1], [0]], [[0], [1]]])).value
    array([1.])
    """
    table = np.asarray(table, float)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    a, b = centred(rows), centred(columns)
    joint = np.einsum("abg,ag,bg->g", table, a, b)
    spread = (rows * a**2).sum(axis=0) * (columns * b**2).sum(axis=0)
    return Ratio(joint, np.sqrt(spread))


def halves(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Those in the lower and the upper half of a trait, by score (score, group)."""
    middle = table.shape[1] // 2
    return table[:, :middle].sum(axis=1), table[:, middle:].sum(axis=1)


@measure(unit="share", better="more", headline="with")
def score_auc_honesty(score_honesty):
    """Of a more and a less honest person, how likely does the more honest have the higher score?

    Validity as area under the ROC curve of the score for being in the upper half of honesty.

    Counts     score_honesty (score, sixteenth of honesty)
    Undefined  where all or none are of that half
    Caution    A half is no better than tossing a coin.  Honesty is an assumed trait, and its
               assumed tie to deeds decides the level: read it with `signal_kept`.
    Source     J. Hanley and B. McNeil, "The meaning and use of the area under a receiver operating
               characteristic (ROC) curve", Radiology 143(1), 1982 (from memory).

    One honest person above one who is not, and one of each level: 1.5 of 2 pairs.

    >>> table = np.zeros((3, 16, 1)); table[0, 0], table[2, 15], table[0, 15] = 1, 1, 1
    >>> score_auc_honesty(table).value
    array([0.75])
    """
    lower, upper = halves(score_honesty)
    return above(upper, lower)


@measure(unit="number", better="more", headline="with")
def signal_kept(score_honesty, seen_honesty):
    """Of what people's deeds tell of their honesty, how much is left in the score?

    Signal kept: (AUC of the score - 1/2) / (AUC of the same deeds, every one seen and rightly
    labelled, under the same rules - 1/2), both for the upper half of honesty.

    Counts     score_honesty, seen_honesty (score or points of the seen file, sixteenth of honesty)
    Undefined  where the deeds themselves tell nothing of honesty
    Caution    One is all of it.  In a small run it may fall outside nought and one by chance.

    Seen, all pairs are right; scored, three quarters: half of what there is to know is kept.

    >>> seen = np.zeros((2, 16, 1)); seen[0, 0], seen[1, 15] = 2, 2
    >>> score = seen.copy(); score[0, 15], score[1, 15] = 1, 1
    >>> signal_kept(score, seen).value
    array([0.5])
    """
    kept, whole = score_auc_honesty(score_honesty).value, score_auc_honesty(seen_honesty).value
    known = np.nan_to_num(whole - 0.5)
    return Ratio(np.nan_to_num(kept - 0.5), known * np.isfinite(kept))


@measure(unit="share", better="more", headline="with")
def score_auc_default(default_own):
    """Of one who will leave a loan or judgment unpaid and one who will not, how likely does the
    score tell them apart?

    Predictive validity: area under the ROC curve of the score for no default in the next year.

    Counts     default_own (score a year before, defaulted since)
    Undefined  where nobody defaults, or the scheme does not stand for two years
    Caution    Being scored changes who can pay: `score_auc_default_law` asks without.

    >>> score_auc_default(np.array([[[0], [1]], [[2], [1]]])).value
    array([0.75])
    """
    return above(default_own[:, 0], default_own[:, 1])


@measure(unit="share", better="more", headline="with")
def score_auc_default_law(default_law):
    """If the score had no consequences, how well would it tell who will default from who will not?

    Predictive validity without feedback: area under the ROC curve of the score for default of the
    same people, with the same luck, under ordinary law in the next year.

    Counts     default_law (score a year before, defaulted since under ordinary law)
    Undefined  as `score_auc_default`

    >>> score_auc_default_law(np.array([[[1], [1]], [[1], [1]]])).value
    array([0.5])
    """
    return above(default_law[:, 0], default_law[:, 1])


def pooled(counts: np.ndarray, parts: int = 10) -> np.ndarray:
    """Steps put together into at most so many parts of about equal size (part, outcome)."""
    upto = np.cumsum(counts.sum(axis=1))
    middle = upto - counts.sum(axis=1) / 2
    part = np.minimum((parts * middle / max(upto[-1], 1)).astype(int), parts - 1)
    found = np.zeros((parts, counts.shape[1]))
    np.add.at(found, part, counts)
    return found[found.sum(axis=1) > 0]


def falling(rate: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The nearest rates that never rise from one part to the next (pool adjacent violators).

    >>> falling(np.array([0.3, 0.1, 0.2]), np.array([1.0, 1.0, 1.0])).round(2)
    array([0.3 , 0.15, 0.15])
    """
    runs: list[list[float]] = []  # mean, weight, how many parts
    for r, w in zip(rate, weight, strict=True):
        runs.append([r, w, 1])
        while len(runs) > 1 and runs[-1][0] > runs[-2][0]:
            (a, u, m), (b, v, n) = runs[-2:]
            runs[-2:] = [[(a * u + b * v) / (u + v), u + v, m + n]]
    return np.repeat([r[0] for r in runs], [int(r[2]) for r in runs])


@measure(unit="share", better="less", headline="with")
def calibration_gap(default_own):
    """Does the risk of default fall as the score rises, or does it rise in places?

    Miscalibration against a monotone risk: over tenths by score, the distance of the share that
    defaults from the nearest shares that never rise with the score, over all that default.

    Counts     default_own (score a year before, defaulted since)
    Undefined  where nobody defaults
    Caution    Chance alone lifts it off nought where few default.
    Source     M. Ayer and others, "An empirical distribution function for sampling with incomplete
               information", Ann. Math. Stat. 26(4), 1955 (from memory): pool adjacent violators.

    One in ten defaults below and two in ten above; level, 1.5 would on each side: 1 of 3 misplaced.

    >>> calibration_gap(np.array([[[9], [1]], [[8], [2]]])).value.round(3)
    array([0.333])
    """
    parts, whole = [], []
    for table in np.moveaxis(np.asarray(default_own, float), -1, 0):
        found = pooled(table)
        size = found.sum(axis=1)
        rate = found[:, 1] / size
        parts.append(float((size * abs(rate - falling(rate, size))).sum()))
        whole.append(float(found[:, 1].sum()))
    return Ratio(np.array(parts), np.array(whole))


@measure(unit="number", better="more", headline="with")
def score_retest(retest):
    """Is my score this year what it was last year?

    Stability: rank correlation of the score with that of a year before (test-retest).

    Counts     retest (score then, score now)
    Undefined  where all have one score, or the scheme does not stand for two years
    Caution    A score that nothing moves is stable and says nothing.

    >>> score_retest(np.array([[[0], [1]], [[1], [0]]])).value
    array([-1.])
    """
    return rank_correlation(retest)


def left_over(table: np.ndarray) -> Ratio:
    """How far ranks on the first axis follow what the second leaves open (step, step, group):
    whatever that is, lasting differences as well as luck, and what its steps are too wide to tell.

    The correlation of a rank with itself less its mean where the second axis stands:
    sqrt(1 - eta squared), Pearson's correlation ratio being eta.

    >>> left_over(np.array([[[1], [0]], [[0], [1]]])).value
    array([0.])
    >>> left_over(np.array([[[1], [1]], [[1], [1]]])).value
    array([1.])
    """
    table = np.asarray(table, float)
    rank = centred(table.sum(axis=1))
    whole = (table.sum(axis=1) * rank**2).sum(axis=0)
    size, summed = table.sum(axis=0), np.einsum("abg,ag->bg", table, rank)
    between = np.divide(summed**2, size, out=np.zeros_like(summed), where=size > 0).sum(axis=0)
    return Ratio(np.sqrt(np.maximum(whole - between, 0)), np.sqrt(whole))


section("Meaning")
SPEARMAN = (
    "Rank correlation (Spearman) of the score with {}, by {}.  C. Spearman, American Journal of "
    "Psychology 15(1), 1904 (from memory)."
)
MEANING = {
    "honesty": ("score_honesty", "more", "how honest they are", "sixteenths of the trait"),
    "loyalty": ("score_loyalty", "neither", "how loyal they are to those in power",
                "sixteenths of the trait"),
    "income": ("score_income", "neither", "how rich they are", "fifths of income per head"),
    "conduct": ("score_conduct", "more", "what they did, were all of it seen",
                "points that the same deeds would bring, all of them seen and rightly labelled"),
}  # fmt: skip
for _what, (_table, _better, _words, _by) in MEANING.items():
    put(Measure(
        f"score_meaning_{_what}", "number", _better, "with",  # type: ignore[arg-type]
        f"How far do people's scores follow {_words}?", SPEARMAN.format(_what, _by),
        (_table,), rank_correlation,
    ))  # fmt: skip
put(Measure(
    "score_meaning_luck", "number", "less", "with",
    "How much of people's scores is not explained by what they did, were all of it seen?",
    "Correlation of the score's rank with what is left of it once people's deeds, all of them seen "
    "and rightly labelled, are known: sqrt(1 - eta squared).  Not luck, for all its key: lasting "
    "differences in who is watched, entries that lapse, favours, points bought and the steps in "
    "which conduct is counted are in it, too.  The luck is `luck_of_score` of `demerit luck`.",
    ("score_conduct",), left_over,
))  # fmt: skip


section("Goodhart")


@measure(unit="number", better="more", headline="with")
def score_rise_conduct(rise):
    """Somebody's score has risen within a year: has that person come to behave better?

    Goodhart's law: rank correlation of a year's change of the score with that of the file in which
    every true deed is seen and rightly labelled.

    Counts     rise (change of the score, change of the seen file), in steps that widen
    Undefined  where no score moves, or the scheme does not stand for two years
    Caution    Near nought the number moves by itself: it has become a target, or is noise.
    Source     C. Goodhart, "Problems of monetary management: the U.K. experience", 1975; M.
               Strathern, "Improving ratings", European Review 5(3), 1997 (from memory).

    Of two who rose in score one rose in conduct; of two who fell, both fell.

    >>> score_rise_conduct(np.array([[[2], [0]], [[1], [1]]])).value.round(3)
    array([0.577])
    """
    return rank_correlation(rise)
