"""Goodhart: does the conduct rise that a score stands for, or the score alone?

A scheme names deeds and their points.  Conduct is what people truly do, valued at those points,
every deed seen; the score is what stands on file.  They part where records miss or invent deeds,
where good deeds are done for show, where old entries are taken off, points given back, earned back
or bought.  Tables of survey/trail.py.

Sources: C. Goodhart, "Problems of monetary management: the U.K. experience", 1975; D. Campbell,
"Assessing the impact of planned social change", Evaluation and Program Planning 2(1), 1979 (both
from memory); D. Manheim, S. Garrabrant, "Categorizing variants of Goodhart's law", arXiv
1803.04585, 2018 (beginning read): here gaming and purchase are adversarial, show is causal, the
noise of records regressional.
"""

from collections.abc import Callable

import numpy as np

from demerit.measures.registry import Measure, Ratio, measure, put, section

section("Goodhart")

YEAR = 12  # months


@measure(unit="points", better="more", headline="effect")
def conduct_worth(conduct):
    """What would the average person's deeds of a month bring, by the scheme's points, were all
    seen?

    True conduct in the scheme's own currency: points of all true deeds, seen or not, per scored
    person and month.  Its effect is the rise of conduct that the scheme has brought about.

    Counts     conduct (people, points), month by month; under ordinary law at the same points
    Undefined  where nobody is scored
    Caution    Below nought, for most deeds that are scored cost points.  Nought where the score is
               learned: no deed has points of its own.

    >>> conduct_worth(np.array([[100], [-250]])).value
    array([-2.5])
    """
    return Ratio(conduct[1], conduct[0])


@measure(unit="points", better="neither", headline="with")
def score_rise(change):
    """By how much does the average score rise in a year?

    Mean change of the score from the first survey to the last, put on a year: surveys are held in
    each twelfth month and in the last in which the scheme stands.

    Counts     change (person-months between surveys, points of score, points of conduct)
    Undefined  where the scheme does not stand longer than a year: there is one survey
    Caution    Where outcry ends a scheme soon after a year, few months stand for twelve.

    A hundred people gain 500 points in eighteen months.

    >>> score_rise(np.array([[1800], [500], [50]])).value.round(2)
    array([3.33])
    """
    return Ratio(YEAR * np.asarray(change[1]), change[0])


@measure(unit="points", better="more", headline="with")
def conduct_rise(change):
    """By how much does what people truly do rise in a year, by the scheme's own points?

    Mean change of what a month's true deeds would bring between the same surveys, put on a year, to
    stand beside `score_rise`; `conduct_worth` compares with ordinary law.

    Counts     as score_rise
    Undefined  as score_rise

    >>> conduct_rise(np.array([[1200], [500], [50]])).value
    array([0.5])
    """
    return Ratio(YEAR * np.asarray(change[2]), change[0])


@measure(unit="number", better="less", headline="with")
def score_rise_per_conduct(change):
    """For each point by which people come to behave better in a month, by how many does the score
    rise in a year?

    Goodhart's ratio: `score_rise` over `conduct_rise`.

    Counts     as score_rise
    Undefined  where conduct does not rise: then every rise of the score is the number's alone
    Caution    Were all of a lasting rise of conduct seen, and nothing else on file, it would be
               twelve, one for each month of the year; where conduct hardly moves it is noise.

    >>> score_rise_per_conduct(np.array([[1200], [500], [50]])).value
    array([10.])
    """
    return Ratio(change[1], change[2])


LIFTED = {
    "conduct": "good deeds that people would have done anyway",
    "show": "good deeds done for the points alone",
    "error": "good deeds that nobody did, or not as the file has it",
    "lapse": "old entries that were taken off",
    "appeal": "points given back on appeal",
    "repair": "points earned back under the scheme's own rules",
    "purchase": "points bought from who keeps the file",
}


def of_lift(source: str) -> Callable[[np.ndarray, np.ndarray], Ratio]:
    """A function of `lift` (source, group) and `showing` (points of good deeds written down, of
    these for show; group): points of one source over all by which files rose.

    A quarter of what good deeds bring is for show.

    >>> lift, showing = np.array([[8], [0], [1], [0], [0], [1]]), np.array([[4], [1]])
    >>> [of_lift(source)(lift, showing).value.round(2) for source in ("conduct", "show", "error")]
    [array([0.6]), array([0.2]), array([0.])]
    """

    def function(lift: np.ndarray, showing: np.ndarray) -> Ratio:
        lift = np.asarray(lift, float)
        split = Ratio(showing[1], showing[0]).value
        show = np.nan_to_num(split) * lift[0]
        parts = dict(zip(LIFTED, (lift[0] - show, show, *lift[1:]), strict=True))
        return Ratio(parts[source], lift.sum(axis=0))

    return function


for _source, _what in LIFTED.items():
    put(Measure(
        f"score_lift_by_{_source}_share", "share", "neither", "with",
        f"Of all points by which files rise, how many are for {_what}?",
        "Decomposition of gross rises of the score, in points; the seven shares add up to one.  "
        "Good deeds are parted by how many of those written down in the same run were for show.  "
        "What a full file loses to the cap, and an amnesty, are not counted.  Undefined where "
        "entries have no points of their own (ratings, learned scores).",
        ("lift", "showing"), of_lift(_source),
    ))  # fmt: skip
