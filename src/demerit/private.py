"""Private: the rules of private scores that several stages share.

A private score drifts back to where it started as what it rests on grows old, moves by what its
issuer saw this month, and is high or low to the issuer's partners by two lines.
"""

import numpy as np

from demerit.columns import UNKNOWN
from demerit.kernel import inline, kernel

ALL = 4  # a door as for everyone, in quarters
START, LEAST, CAP, LOW_LINE, HIGH_LINE = range(5)  # scheme.private.LINES


@inline
def moved(points_16, start_16, kept_16, change):
    """A private score after a month, before it is held within its bounds [points / 16].

    Of the distance to the start a part is kept, rounded to the nearest.
    """
    far = np.int64(points_16) - start_16
    return start_16 + ((far * kept_16 + 32768) >> 16) + 16 * np.int64(change)


@inline
def ranked(points_16, low_16, high_16):
    """What a customer's private score is to partners [row of STANDINGS]."""
    return np.uint8(1) + np.uint8(points_16 >= low_16) + np.uint8(points_16 >= high_16)


@kernel
def combined(standing, scheme, door, i, wide):
    """How wide a door stands, given how wide the state leaves it [quarters of what everyone has].

    The narrowest holds where the state or any issuer narrows it; else the widest offer.
    Reads   standing (issuer, person); who is no customer is UNKNOWN to an issuer

    A door narrowed by one and widened by another is narrow.
    """
    least, most = np.int64(wide), np.int64(wide)
    for k in range(scheme.issuers):
        access = scheme.partner[k, standing[k, i], door]
        least, most = min(least, access), max(most, access)
    return least if least < ALL else most


assert UNKNOWN == 0  # so that a standing times `customer` is UNKNOWN of who has no account
