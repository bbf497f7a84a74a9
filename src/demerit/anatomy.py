"""Anatomy: but for what kind of entry a sanction would not be."""

from demerit.columns import ALONE, ERROR, HARM
from demerit.kernel import kernel

(A_NONE, A_ERROR, A_UNABLE, A_LAWFUL, A_HABIT, A_STANDING, A_HARM, A_MIXED) = range(8)


@kernel
def dissect(points, edge):
    """The kind of entry but for which a sanctioned file would be free [row of ANATOMY].

    Harm alone suffices; else the one kind whose removal frees; else mixed: several kinds needed,
    or each enough, and never shared out.

    >>> dissect(np.array([700, 500, 500, 500, 500, 900, 0, 0]), 600) == A_ERROR
    True
    >>> dissect(np.array([700, 500, 700, 500, 500, 900, 0, 0]), 600) == A_MIXED
    True
    """
    if points[HARM] < edge:
        return A_HARM
    found, kinds = A_MIXED, 0
    for kind in range(ERROR, ALONE + 1):
        if points[kind] >= edge:
            found = A_ERROR + kind
            kinds += 1
    return found if kinds == 1 else A_MIXED
