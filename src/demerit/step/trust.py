"""Trust: what share of deals a person keeps, by honesty, need and fear of an entry.

honesty, need, fear  ->  share kept

One rule, read by the stage that makes deals and by the start, where beliefs rest on what is kept.
"""

import numpy as np

from demerit.kernel import inline


@inline
def keeps(society, honesty, needy, fear_16):
    """Share of deals that a person keeps [1/65536].

    honesty [sd / 4096], needy (cannot pay this month's dues) [yes/no], fear_16: share of breaches
    that fear of an entry withholds [1/65536].
    """
    cell = min(512, max(0, 256 + ((np.int64(honesty) + 32) >> 6)))
    kept = society.honour_16[cell]
    kept -= (kept * society.need_cut_16 >> 16) * np.int64(needy)
    return kept + ((65536 - kept) * np.int64(fear_16) >> 16)
