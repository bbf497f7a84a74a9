"""Charts: one function a figure, from counts to titles, drawings and numbers."""

from collections.abc import Callable

from demerit.report.charts import access, conduct, sanctions, score, unrest
from demerit.report.charts.figure import Figure
from demerit.report.counts import Counts

FIGURES: tuple[Callable[[Counts], Figure], ...] = (
    score.tiers,
    score.points,
    sanctions.groups,
    sanctions.anatomy,
    access.doors,
    access.work,
    conduct.deeds,
    conduct.withheld,
    unrest.protest,
    conduct.payment,
)
