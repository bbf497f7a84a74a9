"""Rollout storage: what a run of a rollout keeps beside its frames, by cohort and by place."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from demerit.parquet import read_parquet, write_parquet

if TYPE_CHECKING:
    from demerit.parquet import Arrays
    from demerit.waves import Apart


def write_apart(folder: Path, document: dict[str, Any], apart: "Apart") -> None:
    """Counts of a rollout: all of each cohort, some of each place, by month and world."""
    import numpy as np

    rollout = document["rollout"]
    cohort = list(range(len(rollout["cohorts"])))
    by_cohort: dict[str, list[Any]] = {"cohort": cohort}
    by_place = {"place": rollout["places"], "cohort": rollout["place_cohorts"]}
    for name, named, counters, counts in (
        ("waves", by_cohort, document["counters"], apart.cohorts),
        ("places", by_place, apart.names, apart.places),
    ):
        row, world, month = (index.ravel() for index in np.indices(counts.shape[:3]))
        columns: Arrays = {key: np.array(values)[row] for key, values in named.items()}
        if "place" in columns:
            columns["place"] = columns["place"].astype(object)
        columns |= {"world": np.array(document["worlds"], object)[world], "month": month}
        for k, counter in enumerate(counters):
            columns[counter] = counts[..., k].ravel().astype("int64")
        write_parquet(folder / f"{name}.parquet", columns)


def read_places(out: Path, document: dict[str, Any]) -> "Arrays":
    """Counts of a rollout by place, axes (place, world, month)."""
    columns = read_parquet(out / "places.parquet")
    shape = len(document["rollout"]["places"]), len(document["worlds"]), -1
    told = ("place", "cohort", "world", "month")
    return {key: column.reshape(shape) for key, column in columns.items() if key not in told}
