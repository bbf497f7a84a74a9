"""Label: does a deed fall under a scheme's stated words?

Some rules score a deed only if an official calls it something ("minor").  The label is true if the
deed falls under the rule's own words: a fact that the laboratory draws, once for each deed, and
that observe (the official's label) and audit (the truth) both need.
"""

import numpy as np

from demerit import draws
from demerit.columns import COUNT_MAX
from demerit.kernel import kernel


@kernel
def truly_labelled(world, scheme, month, i, deed, k):
    """Does this deed fall under the scheme's stated words?  Known to the laboratory."""
    person = world.first + draws.U(i)
    words = draws.four(
        world.seed, person, month, world.replicate, draws.LABEL, deed * COUNT_MAX + k
    )
    return np.int64(words[0]) < scheme.label_share_32[deed], words[1]
