"""Page: the report of a comparison, put together like that of a run (report/page.py)."""

from collections.abc import Mapping
from typing import Any

from demerit.report import tables as run_tables
from demerit.report.comparison import dots, findings, months, tables
from demerit.report.comparison.sides import Sides
from demerit.report.limits import limits
from demerit.report.page import put_together
from demerit.report.words import capital, listed, plural

BETTER = (
    "Which scheme is the better one. What a scheme brings and what it costs stand side by side,"
    " each in its own unit; nothing here adds them up."
)


def render(document: Mapping[str, Any], frames: months.Frames) -> str:
    """The report of a comparison as one HTML page: a pure function of what its folder holds."""
    sides = Sides(document)
    figures = [*dots.figures(sides), *months.figures(sides, frames)]
    return put_together(
        "comparison.html",
        document,
        figures,
        title=title(sides),
        what_was_run=what_was_run(sides),
        findings=findings.findings(sides),
        schemes=tables.schemes(sides),
        measures=tables.measures(sides),
        by_basis=run_tables.by_basis(document),
        sources=run_tables.sources(document),
        not_asked=not_asked(sides),
        limits=[BETTER, *limits(document)],
    )


def not_asked(sides: Sides) -> str:
    """What a run's pages ask of its numbers and a comparison does not."""
    document = sides.document
    where = f" --place {document['place']}" if document["place"] else ""
    named = document["command"].partition(" --")[0].split()[2:]  # as they were asked for
    told = listed([
        f"demerit run {name}{where if scheme['scope'] == 'county' else ''}"
        for name, scheme in zip(named, document["schemes"], strict=True)
        if scheme["kind"] != "none"
    ])  # fmt: skip
    drawn = (
        "How far they move over the numbers that nobody has published was left out by --quick, so"
        " that which of these move them most cannot be told, either."
        if document["quick"] else
        "All schemes took the same values of the numbers that they share in each draw, so that a"
        " difference between two of them holds over the draws where it is said to."
    )  # fmt: skip
    return (
        f"Not asked here: which numbers move the headlines most, and which the differences between"
        f" schemes hang on. {drawn} Which numbers one scheme's headlines hang on is told by the"
        f" page “What it rests on” of its own run without --quick: {told}. What luck in the records"
        " alone decides, which rules bring the harm, and three lives are told of single runs, too."
    )


def title(sides: Sides) -> str:
    """The heading: the schemes by name."""
    return capital(f"{sides.named(sides.keys)}, on the same people")


def what_was_run(sides: Sides) -> str:
    """One paragraph: how many schemes, on whom, where, beside what."""
    document = sides.document
    said = [
        f"{plural(len(sides.keys), 'scheme')}, {plural(document['months'], 'month')}: the same"
        f" people, computed from totals of {document['society_title']}, with the same luck, lived"
        " under each scheme and under ordinary law alone. What differs, the schemes have caused.",
        document["where"],
    ]
    if document["replicates"] > 1:
        said.append(f"All of it was repeated {document['replicates']} times with other luck.")
    if document["quick"]:
        said.append(
            "It was made with --quick: how far the results depend on numbers that nobody has"
            " published was left out, so that every interval here is of chance alone and too"
            " narrow."
        )
    return " ".join(said)
