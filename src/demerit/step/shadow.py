"""Shadow: which of the files beside the real one keep an entry.

record_deed, record_truth, record_unable  ->  a bit a row of SHADOWS

A rule that step/audit.py uses, entry by entry; nothing is written here.
"""

import numpy as np

from demerit.columns import (
    ABLE,
    ALONE,
    CLEAN,
    ERROR,
    GROUNDLESS,
    HARM,
    TRUE,
    UNHABITUAL,
    UNLAWFUL,
)  # fmt: skip
from demerit.kernel import kernel
from demerit.learned import price
from demerit.society.tables import HABIT, HARMFUL, LAWFUL, STANDING

# The shadow files that keep an untrue entry, and one whose term is over.
AS_UNTRUE = np.int64(1 << ABLE | 1 << UNLAWFUL | 1 << UNHABITUAL | 1 << ALONE)


@kernel
def keepers(world, society, scheme, climate, w, r):
    """The shadow files that keep an entry [a bit a row of SHADOWS].

    An entry is of one kind: untrue, else a debt that could not be paid, else as its deed is.
    """
    deed, truth = world.file.record_deed[w, r], world.life.record_truth[w, r]
    unable, kind = world.life.record_unable[w, r] != 0, society.deed_class[deed]
    costs, true = price(scheme, climate, w, deed) < 0, truth in (TRUE, GROUNDLESS)
    of_deed = true and costs and not unable
    harms = true and not unable and (kind == HARMFUL or not costs)
    keep = np.int64(true) << ERROR
    keep |= np.int64(truth == TRUE) << CLEAN
    keep |= np.int64(not (true and unable)) << ABLE
    keep |= np.int64(not (of_deed and kind == LAWFUL)) << UNLAWFUL
    keep |= np.int64(not (of_deed and kind == HABIT)) << UNHABITUAL
    keep |= np.int64(not (of_deed and kind == STANDING)) << ALONE
    keep |= np.int64(harms) << HARM
    return keep
