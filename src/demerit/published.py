"""Published: figures of the record beside a run's, gaps reported and not tuned."""

from typing import Any

from demerit.columns import SCHEME
from demerit.counts import Counts


def published(scheme: Any, counts: Counts) -> list[dict[str, Any]]:
    """Figures of the record beside the run's, gaps reported and not tuned."""
    if "firms" in scheme.spec:
        return rated(counts)
    if not scheme.key.startswith("suining") or counts.frames.shape[1] < 2:
        return []

    def total(counter: str, until: int = 2) -> int:
        return int(counts.frames[SCHEME, :until, counts.counters.index(counter), 0].sum())

    people, entries = total("people", 1), total("entries")
    scale = 1_100_000 / people
    note = "January and February 2010"
    rows = [
        ("entries that reached files in the first two months, per 1.1 million people",
         round(entries * scale), 3000, "china-daily-2010",
         f"{note}: records of over 3,000 people were posted. The model books every record that "
         "agencies hold (booked_share); the county posted a choice of them."),
        ("share of these entries that cost points",
         1 - total("entry_merit") / entries if entries else None, 2 / 3, "china-daily-2010",
         f"{note}: two thirds were negative."),
        ("people in the lowest group after two months, per 1.1 million",
         round(int(counts.frames[SCHEME, 1, counts.counters.index("sanctioned"), 0]) * scale),
         812, "global-voices-2010", "The first list of 15 March 2010 had 812 names; who was on it "
         "is not known to be the lowest group."),
    ]  # fmt: skip
    names = ("what", "got", "published", "source", "note")
    return [dict(zip(names, row, strict=True)) for row in rows]


def rated(counts: Counts) -> list[dict[str, Any]]:
    """Shares of the best and the lowest grade among the firms rated, beside those of taxpayers."""
    total = counts.frames[SCHEME, : counts.window, :, 0].sum(axis=0)
    whole = int(total[counts.counters.index("firms_rated")])
    if whole == 0:
        return []
    note = (
        "Of 25.69 million taxpayers rated in 2018. Points and floors are ours: the shares follow "
        "from assumed rates, and are not tuned."
    )
    rows = (("best grade", "firms_grade_1", 0.0489), ("lowest grade", "firms_lowest", 0.0701))
    return [
        {"what": f"share of rated firms in the {name}",
         "got": int(total[counts.counters.index(counter)]) / whole, "published": figure,
         "source": "sta-rating-2018", "note": note}
        for name, counter, figure in rows
    ]  # fmt: skip
