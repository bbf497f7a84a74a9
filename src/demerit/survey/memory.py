"""Memory: what a survey remembers of each block from month to month.

how many blocks  ->  records, all nought (block,)

No stage sees it.  Axes of a record: world, person, but where others are named.
"""

from typing import Any

from demerit.blocks import record_type, reserve
from demerit.columns import BLOCK, DESKS_MAX, WORLDS
from demerit.survey.tables import AXES

PERSON, WORLD_PERSON = (BLOCK,), (len(WORLDS), BLOCK)
# Rows of the axis `cause`: nobody's, what a record may be, an entry whose term is over or whose
# debt is paid, several at once, and a reviewer who was asked and let the error stand.
NOBODY, AGENCY, EYE, NAME, LABEL, GROUND, STALE, SEVERAL, REVIEWER = range(AXES["cause"])
OF_RECORDS = STALE  # rows 1 to here are kinds of records

# Name, dtype, shape.
MEMORY = (
    # What people always are: by which they are counted, and sixteenths of traits (person,).
    ("stratum", "u2", PERSON),
    ("honesty", "u1", PERSON),
    ("loyalty", "u1", PERSON),
    # Since and at the last yearly survey: has left a loan or a judgment unpaid; step of the score,
    # tier, points; points of the file with every true deed seen.
    ("defaulted", "u1", WORLD_PERSON),
    ("step", "u1", WORLD_PERSON),
    ("tier", "u1", WORLD_PERSON),
    ("points", "i4", WORLD_PERSON),
    ("seen", "i4", WORLD_PERSON),
    # In the lowest tier last month, since which month, and what was given last (axis `means`).
    ("low", "u1", WORLD_PERSON),
    ("low_since", "i2", WORLD_PERSON),
    ("means", "u1", WORLD_PERSON),
    # Points that untrue and stale entries of each kind took (world, cause, person); some of them
    # are not nought; points that true entries about a judgment took, whoever still owes by it.
    ("wrong", "i4", (len(WORLDS), OF_RECORDS, BLOCK)),
    ("erred", "u1", WORLD_PERSON),
    ("debt", "i4", WORLD_PERSON),
    ("kept", "u8", WORLD_PERSON),  # deeds of entries that stay for ever, a bit a deed
    ("waiting", "u1", WORLD_PERSON),  # an appeal was open last month
    ("upheld", "u1", WORLD_PERSON),  # one with ground was refused, and the error stands
    # Poor here and not in the twin: last month, since which month, ever; poor in some month so
    # far, whatever the twin was.
    ("caused", "u1", WORLD_PERSON),
    ("caused_since", "i2", WORLD_PERSON),
    ("ever", "u1", WORLD_PERSON),
    ("poor", "u1", WORLD_PERSON),
    # Those who live here have been counted into `ever_poor`, and into `poor_ever` (world,).
    ("asked", "u1", (len(WORLDS),)),
    ("known", "u1", (len(WORLDS),)),
    ("favours", "i8", (len(WORLDS), DESKS_MAX)),  # of officials since the last yearly survey
    ("some", "u1", PERSON),  # scratch: who did any of some deeds this month
    ("times", "i4", PERSON),  # scratch: how often
)


def remember(blocks: int) -> Any:
    """Room for so many blocks: nothing is known yet."""
    return reserve(blocks, record_type(list(MEMORY)))
