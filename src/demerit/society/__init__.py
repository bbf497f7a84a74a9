"""Society: who there is, where, and how they differ; facts without rules.

A society is made of published margins and of what had to be assumed to join them.  It is no list of
persons and cannot be (margins.py).  `people.populate` computes its people, block by block.
"""

from demerit.society.catalogue import Society, keys, load
from demerit.society.check import check
from demerit.society.margins import grades
from demerit.society.places import Block, blocks

__all__ = ["Block", "Society", "blocks", "check", "grades", "keys", "load"]
