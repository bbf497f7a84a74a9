"""Course: the four big numbers of a run that is done, month by month, and what its doors did.

What `month` events say while a run goes can so be read of one that was answered before.
"""

from typing import Any

import numpy as np
from fastapi import APIRouter, Request
from pydantic import BaseModel

from demerit.explorer import four
from demerit.explorer.calls.runs import Run, shelf

router = APIRouter(prefix="/api", tags=["runs"])
Row = dict[str, Any]
EVERYBODY = 0  # the first group


class Course(BaseModel):
    """FOUR after each month; and by door how often it was knocked at, shut, and shut wrongly."""

    months: list[Row]
    doors: dict[str, Row]


@router.get("/runs/{run}/four", response_model=Course)
def course(request: Request, run: Run) -> Any:
    """The four big numbers after each month, and what each door did under the scheme."""
    runs = shelf(request)
    document = runs.run(run)
    return runs.once(run, "four", lambda: of_run(document, runs.counts(run)))


def of_run(document: Row, frames: Row) -> Row:
    """The same of the counts of a run, by counter (world, month, group)."""
    names = [name for name in four.counters() if name in frames]
    far, found = four.Four(names), []
    for month in range(document["months"]):
        sides = slice(len(four.SIDES))
        now = np.stack([frames[name][sides, month, EVERYBODY] for name in far.rows], axis=1)
        if month < document["months_in_force"]:
            far.total += now
        found.append(far.said(now, far.total))
    return {"months": found, "doors": far.doors()}
