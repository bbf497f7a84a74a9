"""Counts: what the report reads from the frames, and the rule for cells that are too small.

Cells under 1,000 person-months or 30 events are blank: their share would be luck.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAST_PERSON_MONTHS = 1_000
LEAST_EVENTS = 30

Series = NDArray[np.float64]


def share(events: float, person_months: float) -> float | None:
    """Events per person-month, or None where the cell is too small to show.

    >>> share(40, 2_000), share(29, 2_000), share(40, 999)
    (0.02, None, None)
    """
    if person_months < LEAST_PERSON_MONTHS or events < LEAST_EVENTS:
        return None
    return events / person_months


def ratio(part: Series, whole: Series) -> Series:
    """part / whole, nan where there is no whole (month,)."""
    return np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0)


class Counts:
    """The frames of a run, asked by name, world and group."""

    def __init__(self, document: Mapping[str, Any], frames: Mapping[str, NDArray[np.int64]]):
        self.document = document
        self.frames = frames
        self.months: int = document["months"]
        self.groupings: dict[str, list[str]] = document["groupings"]
        self.world = {name: i for i, name in enumerate(document["worlds"])}
        self.group: dict[tuple[str, str], int] = {}
        for grouping, labels in self.groupings.items():
            for label in labels:
                self.group[grouping, label] = len(self.group)

        repealed = document.get("repeal", {}).get("month")
        self.window = self.months if repealed is None else min(self.months, repealed + 1)

    def __contains__(self, name: str) -> bool:
        return name in self.frames

    def series(
        self, name: str, world: str = "scheme", grouping: str = "all", label: str = "all"
    ) -> Series:
        """A counter month by month; all noughts if the run does not have it (month,)."""
        if name not in self.frames or world not in self.world:
            return np.zeros(self.months)
        frame = self.frames[name]
        return frame[self.world[world], :, self.group[grouping, label]].astype(np.float64)

    def total(
        self, name: str, world: str = "scheme", grouping: str = "all", label: str = "all"
    ) -> float:
        """A counter over the months in which the scheme stood, in any world."""
        return float(self.series(name, world, grouping, label)[: self.window].sum())

    def rate(
        self,
        name: str,
        whole: str,
        world: str = "scheme",
        grouping: str = "all",
        label: str = "all",
    ) -> float | None:
        """A counter over another while the scheme stood; None where too small to show."""
        place = (world, grouping, label)
        return share(self.total(name, *place), self.total(whole, *place))

    def files(self, world: str) -> Series:
        """How many have a file on which the scheme acts: nan once it is repealed (month,)."""
        tiers = np.zeros(self.months)  # stays nought where there is no scheme and so no tier
        for k in range(len(self.document["tiers"])):
            tiers += self.series(f"tier_{k}", world)
        return np.where(tiers > 0, tiers, np.nan)


def trend(series: Series) -> str | None:
    """ "rising" or "falling" where the slope of the last twelve months excludes nought, else None.

    Ordinary least squares; 2.23 is the 97.5% point of Student's t with 10 degrees of freedom.
    Months follow from one another, so the test is generous: it says "still moving" too often
    rather than too seldom.

    >>> trend(np.arange(60.0)), trend(np.ones(60))
    ('rising', None)
    """
    last = series[-12:]
    if last.size < 12 or not np.isfinite(last).all() or np.ptp(last) == 0:
        return None
    x = np.arange(12.0) - 5.5
    slope = float(x @ last / (x @ x))
    rest = last - last.mean() - slope * x
    error = float(np.sqrt(rest @ rest / 10 / (x @ x)))
    if abs(slope) <= 2.23 * error:
        return None
    return "rising" if slope > 0 else "falling"
