"""Limits: what a report does not show, said on the report."""

from collections.abc import Mapping
from typing import Any

from demerit.report.words import number


def limits(document: Mapping[str, Any]) -> list[str]:
    """What nobody should read into this run."""
    numbers = document["numbers"]
    share = number(100 * numbers["assumed_share"])
    found = [
        "Nothing about real people. Everybody here was computed; no record of a living person went"
        " in, and none can.",
        f"No forecast. {share}% of the numbers behind the run are assumed. The range over"
        " what nobody has published says how far a result could lie elsewhere; it cannot tell of"
        " what the model leaves out.",
        "No place compared with another. The published totals do not carry it, so nothing here"
        " ranks provinces or counties, and the place of the run is synthetic.",
        "Not the long run. The last month is where the run stops. Where something was still moving,"
        " the text under the chart says so.",
        "Not whether a rule is just. A punishment counts as wrongful where the records are wrong; a"
        " true record of harmless conduct is counted apart, under what people are punished for.",
        "Not how people feel. Work, doors, speech and payments are counted, each in its own unit;"
        " they are not added up to one number of welfare.",
        "Not how traits go together. That honest people are also careful, or poor people watched"
        " more, has no published figure; it is drawn, and varied.",
    ]
    if document["place"] is not None:
        found.append(
            "Not a nation. The scheme ran in one county-level place; the world outside it is"
            " unscored, and what spreads between places is not in this run."
        )
    return found
