"""Counts: what a run remembers, in whole numbers, and the digest by which two runs are the same."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from demerit.columns import SCHEME, WORLDS
from demerit.frames.names import PARTS
from demerit.waves import Apart

OF_PARTS = {"climate.weights", *(f"frame.{name}" for name in PARTS)}


@dataclass
class Counts:
    """What a run remembers.  Axes: world, month, counter, group; fold."""

    counters: list[str]
    frames: np.ndarray  # (world, month, counter, group)
    # Months in which the scheme stood (fold, world, counter, group); after the counters the rows of
    # the survey (survey/tables.py).
    folds: np.ndarray
    climate: dict[str, np.ndarray]  # name -> (month, world, ...)
    repeal_month: list[int | None]  # (world)
    settling: dict[str, Any] | None = None  # of a run whose climate a pilot made (settle.py)
    threads_used: set[int] = field(default_factory=set)
    apart: Apart | None = None  # of a rollout: counts by cohort and place
    ended: list[list[int | None]] = field(default_factory=list)  # ... repeal_month of each wave
    worlds: int = len(WORLDS)  # that were lived, in order; the others are noughts

    @property
    def window(self) -> int:
        """Months from the start in which the scheme stood [months]."""
        repealed = self.repeal_month[SCHEME]
        return self.frames.shape[1] if repealed is None else repealed + 1

    @cached_property
    def total(self) -> np.ndarray:
        """The folds added up (world, counter, group)."""
        found: np.ndarray = self.folds.sum(axis=0)
        return found

    def digest(self) -> str:
        """BLAKE2b-256 of every frame and the climate, in key order.

        Counters of parts that a scheme lacks (frames.names.PARTS) are left out where they are
        noughts throughout, and so are the weights of a score that does not learn: a new part moves
        no digest of those that do without it.
        """
        digest = hashlib.blake2b(digest_size=32)
        lived = slice(self.worlds)
        named = {f"frame.{c}": self.frames[lived, :, k] for k, c in enumerate(self.counters)}
        named |= {f"climate.{name}": array[:, lived] for name, array in self.climate.items()}
        for name in sorted(named):
            array = np.ascontiguousarray(named[name])
            if name in OF_PARTS and not array.any():
                continue
            digest.update(f"{name} {array.dtype.str} {array.shape}".encode())
            digest.update(array.astype(array.dtype.newbyteorder("<")).tobytes())
        return digest.hexdigest()
