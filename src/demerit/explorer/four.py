"""Four: four big numbers of a run while it is at work, month by month, and what its doors did.

Lockstep after each month  ->  under sanction, wrongly so, fraud with and without, kept silent
"""

from typing import Any

import numpy as np

from demerit import facts, preface
from demerit.columns import LAW, SCHEME
from demerit.measures import MEASURES
from demerit.run import Lockstep

Row = dict[str, Any]
EVERYBODY = 0  # the first group
SIDES = (LAW, SCHEME)  # the worlds that are told of, the first two of a run
SPEECH = "speech_withheld"
OF_DOOR = ("asked", "refused", "wrongly")  # counters of a door, each with its key behind
NAMES = ("people", "scored", "sanctioned", "sanctioned_wrongly", "deed_fraud", "chilled")


class Four:
    """Adds up the months of a run as they come."""

    def __init__(self, counters: list[str]):
        self.of_doors = {
            key: {name: row for name in OF_DOOR if (row := f"{name}_{key}") in counters}
            for key in preface.doors()
        }  # fmt: skip
        rows = [row for door in self.of_doors.values() for row in door.values()]
        wanted = dict.fromkeys((*NAMES, *MEASURES[SPEECH].counts, *rows))
        self.rows = {name: counters.index(name) for name in wanted}
        self.total = np.zeros((len(SIDES), len(self.rows)), np.int64)

    def month(self, month: int, steps: Lockstep, repealed: int | None) -> Row:
        """Take in a month; what can be said by then, of the months in which the scheme stood."""
        rows = list(self.rows.values())
        now = steps.out[:, : len(SIDES), rows, EVERYBODY].sum(axis=0)
        if repealed is None or month <= repealed:
            self.total += now
        return self.said(now, self.total)

    def doors(self) -> Row:
        """What each door has done under the scheme so far: {door: {asked, refused, wrongly}}
        [times]."""
        at = {name: k for k, name in enumerate(self.rows)}
        return {
            key: {name: int(self.total[SCHEME, at[row]]) for name, row in rows.items()}
            for key, rows in self.of_doors.items()
        }

    def said(self, now: np.ndarray, total: np.ndarray) -> Row:
        """The four numbers, of counts (world, counter) of this month and of all so far."""
        at = {name: k for k, name in enumerate(self.rows)}
        month = {name: int(now[SCHEME, k]) for name, k in at.items()}
        far = {name: int(total[SCHEME, k]) for name, k in at.items()}
        law = {name: int(total[LAW, k]) for name, k in at.items()}
        speech = MEASURES[SPEECH]
        kept = speech.function(*(total[SCHEME, at[name]].reshape(1) for name in speech.counts))
        silent = float(kept.value[0])
        return {
            "sanctioned": {"people": month["sanctioned"],
                           "share": share(month["sanctioned"], month["scored"]),
                           "of": "those scored, this month"},
            "wrongly": {"people": month["sanctioned_wrongly"],
                        "share": share(far["sanctioned_wrongly"], far["sanctioned"]),
                        "of": "months under sanction so far"},
            "fraud": {"with": share(far["deed_fraud"], far["people"]),
                      "without": share(law["deed_fraud"], law["people"]),
                      "of": "per person and month, so far"},
            "silent": {"withheld": month["chilled"],
                       "share": silent if np.isfinite(silent) else None,
                       "of": "lawful speech that would have been, so far"},
        }  # fmt: skip


def share(part: int, whole: int) -> float | None:
    """part / whole; none where there is no whole.

    >>> share(1, 4), share(1, 0)
    (0.25, None)
    """
    return part / whole if whole else None


def counters() -> list[str]:
    """The counter axis of a run."""
    from demerit import frames

    return frames.counters(list(facts.read("deeds.toml")["deed"]))
