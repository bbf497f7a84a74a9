"""Every: the page of all measures, topic by topic."""

from collections.abc import Mapping
from typing import Any

from demerit.report import tables, topics
from demerit.report.page import of_run


def render(document: Mapping[str, Any]) -> str:
    """The page."""
    return of_run(
        "measures.html",
        document,
        chance_words=tables.chance_words(document),
        topics=[
            {"key": topics.anchor(key), "title": topics.title(key),
             "caveat": topics.CAVEATS.get(key, ""),
             "rows": tables.measures(document, topics.keys_of(document, key))}
            for key in topics.all_of(document)
        ],
    )  # fmt: skip
