"""Assessment: a draft of the fundamental-rights impact assessment of Article 27 of the AI Act.

Verdict of lint, run.json, figures of further worlds  ->  text in Markdown, points (a) to (f)

Points (c), (d) and (f) are filled from a run and, where they were lived, from further worlds of it;
what only the deployer knows is asked for, not made up.  The people of a run do not exist: the
figures say what the rules would do to such people.

Source: Regulation (EU) 2024/1689, Article 27(1).  Its dates of application have been moved before.
"""

from collections.abc import Iterator
from typing import Any

from demerit import facts
from demerit.chance import told_apart
from demerit.scheme import measured as words
from demerit.scheme.elements import Verdict
from demerit.scheme.lint import NOTICE, listed, unique

Document = dict[str, Any]
ASKED = "*The deployer says this; a scheme file does not know it.*"
HARMS = (  # measures of a run that tell of harm, in the order of the draft
    "sanctioned_share", "wrongful_sanction_share", "wrongful_sanction_rate",
    "sanction_anatomy_lawful", "sanction_anatomy_unable", "sanction_anatomy_habit",
    "sanction_anatomy_standing", "refused_wrongly_share", "job_refused_share",
    "children_refused_share", "refusal_cost", "refusal_time", "speech_withheld",
    "faith_withheld", "poverty_months",
)  # fmt: skip
ANSWERS = ("aware_share", "entries_not_own_share", "entries_groundless_share")


MEMORY = " (rests on the Commission's guidelines, from memory)"
NO_WORLDS = (
    "*Further worlds say which rules bring it: `demerit lint SCHEME --run RUN --worlds --fria`.*"
)
BEARING = (  # findings whose mending is a measure to take when harm comes
    "AIA-005", "AIA-006", "AIA-007", "AIA-008", "AIA-010",
)  # fmt: skip


def draft(
    verdict: Verdict, title: str, document: Document | None,
    measured: Document | None = None, redress: dict[str, int] | None = None,
) -> str:  # fmt: skip
    """The draft, in Markdown."""
    points = facts.read("ai_act.toml")["fria"]
    fill = {
        "a": of_process(verdict),
        "b": of_time(verdict),
        "c": of_people(verdict, document, measured or {}),
        "d": of_harm(verdict, document, measured or {}),
        "e": of_oversight(verdict),
        "f": of_answer(verdict, document, redress or {}),
    }
    lines = [document["statement"], ""] if document else []
    lines += [f"# Fundamental-rights impact assessment, a draft: {title}", "", NOTICE, ""]
    for key, heading in points.items():
        lines += [f"## ({key}) {heading}", "", *fill[key], ""]
    return "\n".join(lines).rstrip()


def of_process(verdict: Verdict) -> Iterator[str]:
    """(a)"""
    a = verdict.case
    yield a.law.get("use") or ASKED
    doors = listed(unique([row.door for row in a.consequences])) or "nothing"
    yield f"Scored: {len(a.inputs)} kinds of deed. What follows bears on: {doors}."
    yield verdict.says


def of_time(verdict: Verdict) -> Iterator[str]:
    """(b)"""
    yield "The score is made anew every month, for as long as the scheme stands."
    months = {row.months for row in verdict.case.consequences}
    if months:
        shown = ["for ever" if m is None else f"{m:g} months" for m in months]
        yield f"An entry stays {listed(shown)}."
    yield ASKED


def of_people(
    verdict: Verdict, document: Document | None, measured: Document
) -> Iterator[str]:  # fmt: skip
    """(c): whom a consequence reaches, and which groups most often."""
    reached = unique([who for row in verdict.case.shut for who in row.reaches])
    if reached:
        yield f"Beside those who are scored: {listed(reached)}."
    if document is None:
        yield "*A run fills this: `demerit lint SCHEME --run RUN --fria`.*"
        return
    yield (
        f"{document['scored_people']:,} of {document['people']:,} synthetic people were scored "
        f"for {document['months']} months."
    )
    if words.defined(measured):
        yield f"In further worlds {words.on_others(measured)}."
    yield from ("", "| group | under sanction | wrongly, of all who are scored |", "|---|---|---|")
    shares, wrongs = (
        document["measures"].get(key, {}).get("by_group", {})
        for key in ("sanctioned_share", "wrongful_sanction_rate")
    )
    spans = measured.get("wrongful", {}).get("wrongful_sanction_rate_by_group", {})
    for grouping, cells in shares.items():
        for name, cell in cells.items():
            wrong = figure(wrongs.get(grouping, {}).get(name, {}).get("with"))
            span = spans.get(grouping, {}).get(name)
            if span and span["value"] is not None:
                wrong += f"; in further worlds {words.percent(span)}"
            yield f"| {grouping}: {name} | {figure(cell['with'])} | {wrong} |"


def of_harm(verdict: Verdict, document: Document | None, measured: Document) -> Iterator[str]:
    """(d): what lint found, and what the run and further worlds measured of it."""
    rows = [row for row in verdict.rules if row.found.status == "met" and row.key.startswith("AIA")]
    for row in rows:
        memory = MEMORY if row.entry["rests"] == "guidelines" else ""
        yield f"- {row.entry['title']} ({row.key}): {row.found.what}{memory}"
    if document is None:
        yield "*A run adds how much: `demerit lint SCHEME --run RUN --fria`.*"
        return
    yield from table_of(document, HARMS)
    if not measured:
        yield NO_WORLDS
        return
    yield measured["says"] + " In brackets: chance alone, 95 in 100."
    for table in words.tables(measured):
        yield from ("", f"| {table.title} | {' | '.join(table.heads)} |", "|---|---|---|")
        yield from (f"| {line.what} | {' | '.join(line.cells)} |" for line in table.lines)


def of_oversight(verdict: Verdict) -> Iterator[str]:
    """(e)"""
    looks = verdict.case.law.get("human_review")
    yield "A person looks at each sanction before it acts." if looks else "The file names none."
    yield ASKED


def of_answer(
    verdict: Verdict, document: Document | None, redress: dict[str, int]
) -> Iterator[str]:  # fmt: skip
    """(f): notice, appeal and delay as the file has them, what the run makes of these."""
    said = verdict.case.spec.get("redress") or {}
    for key, text in (
        ("notice", "Told of an entry that costs, share of months"),
        ("appeal", "Appeals in a month, of those who know of a false entry"),
        ("success", "Appeals with ground that succeed"),
        ("delay_months", "Months that an appeal takes"),
    ):
        fact = said.get(key)
        shown = f"{fact['value']:g} ({fact['basis']})" if fact else "not said"
        yield f"- {text}: {shown}."
    reasons = "are given" if verdict.case.law.get("reasons") else "are not named in the file"
    yield f"- Reasons {reasons}."
    if document:
        yield from of_appeals(redress)
        yield from table_of(document, ANSWERS)
    for row in verdict.rules:
        if row.found.status == "met" and row.key in BEARING:
            memory = MEMORY if row.entry["rests"] == "guidelines" else ""
            yield f"- {row.entry['title']} ({row.key}): {row.entry['mend']}{memory}"
    yield ASKED


def of_appeals(redress: dict[str, int]) -> Iterator[str]:
    """What the run counted of complaints: entries that are wrong beside those appealed and mended.

    >>> list(of_appeals({"entries": 200, "entries_false": 3, "entries_foreign": 1, "scored": 9000,
    ...     "appeals": 2, "corrected": 1, "aware_score": 90}))[-1]
    '- Appeals lodged in the run: 2; decided for who appealed: 1; wrong entries for each appeal: 2.'
    """
    if not redress.get("entries"):
        return
    wrong = sum(redress.get(f"entries_{kind}", 0) for kind in ("false", "foreign", "groundless"))
    yield (
        f"- Entries made in the run: {redress['entries']:,}; false, on the wrong person or without "
        f"the rule's own ground: {wrong:,}."
    )
    yield (
        f"- Months in which somebody scored knew the own score, without which nobody appeals: "
        f"{figure(redress['aware_score'] / redress['scored'] if redress['scored'] else None)}."
    )
    each = f"{wrong / redress['appeals']:,.3g}" if redress["appeals"] else "none was lodged"
    yield (
        f"- Appeals lodged in the run: {redress['appeals']:,}; decided for who appealed: "
        f"{redress['corrected']:,}; wrong entries for each appeal: {each}."
    )


def table_of(document: Document, keys: tuple[str, ...]) -> Iterator[str]:
    """A table of the run's measures, those that say something."""
    yield from ("", "| question | in the run | over what is not known |", "|---|---|---|")
    for key in keys:
        shown = document["measures"].get(key)
        if shown and shown[shown["headline"]] is not None:
            span = between(shown["low"], shown["high"], shown["unit"])
            change = "a change of " if shown["headline"] == "effect" else ""
            value = change + figure(shown[shown["headline"]], shown["unit"])
            yield f"| {shown['question']} | {value} | {span} |"
    yield ""


def between(low: float | None, high: float | None, unit: str) -> str:
    """A range of the draft.

    >>> between(0.1, 0.2, "share"), between(None, None, "share")
    ('10 in 100 to 20 in 100', 'not asked')
    """
    if low is None or high is None:
        return "not asked"
    return " to ".join(told_apart(low, high, lambda x, more: figure(x, unit, more)))


def figure(x: float | None, unit: str = "share", more: int = 0) -> str:
    """A number of the draft, with so many more digits.

    >>> figure(0.0123), figure(None), figure(12.3, "yuan")
    ('1.23 in 100', 'too few to tell', '12.3 yuan')
    """
    if x is None:
        return "too few to tell"
    digits = 3 + more
    return f"{100 * x:.{digits}g} in 100" if unit in ("share", "rate") else f"{x:.{digits}g} {unit}"
