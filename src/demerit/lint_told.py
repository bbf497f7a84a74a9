"""Lint told: one scheme as lint sees it, as JSON has it, with the lines of its file.

Scheme, text of its file, a run's document and further worlds  ->  elements, findings, inputs

The command `lint` prints it, run.json holds it, and the report's page for the lawyer is made of it.
"""

from typing import Any

from demerit import facts, lint_run
from demerit import scheme as schemes
from demerit.lint_run import Measured
from demerit.scheme.elements import Verdict, entry, judge, severe
from demerit.scheme.lint import NOTICE, Row
from demerit.scheme.lint import lint as rules_of
from demerit.scheme.place import places
from demerit.scheme.reading import case

Document = dict[str, Any]


class Look:
    """One scheme as lint sees it: verdict, lines of its file, measures of its run and worlds.

    `text`: of its file; `document`, `frames`: of a run of it, `worlds`: what lint_harm measured.
    """

    def __init__(
        self, scheme: schemes.Scheme, file: str, text: str, document: Document | None = None,
        frames: Document | None = None, worlds: Document | None = None,
    ) -> None:  # fmt: skip
        self.key, self.title, self.file, self.document = scheme.key, scheme.title, file, document
        self.worlds, self.redress = worlds or {}, lint_run.redress(frames) if frames else {}
        self.places = places(text)
        here = case(scheme.spec)
        rows = rules_of(here)
        if document:
            rows = lint_run.decide_measured(lint_run.decide(rows, document), self.worlds)
        self.verdict: Verdict = judge(here, rows)
        self.measured: dict[str, list[Measured]] = {
            row.key: lint_run.of_rule(row, document) if document else [] for row in rows
        }

    @property
    def findings(self) -> list[Row]:
        """The rules that found something, or that the file leaves open."""
        return [row for row in self.verdict.rules if row.found.status != "not met"]

    def lines(self, row: Row) -> list[dict[str, Any]]:
        """The places of what a rule found, with their lines in the file."""
        return [
            {"file": self.file, "line": self.places.line(place), "place": place}
            for place in row.found.places
        ]

    def entry(self, row: Any) -> Document:
        """An input or a consequence, with its line in the file."""
        return entry(row) | {"line": self.places.line(row.place)}


def look(key: str, document: Document | None = None, **more: Document | None) -> Look:
    """The scheme of this key, or in this file.  `more`: as Look has it."""
    path = schemes.find(key)
    return Look(schemes.load(key), path.name, path.read_text(encoding="utf-8"), document, **more)


def as_document(looked: list[Look]) -> Document:
    """One JSON document: the findings of all, and each scheme's elements, inputs, consequences."""
    run = looked[0].document
    return ({"statement": run["statement"], "run": run["run"]} if run else {}) | {
        "notice": NOTICE,
        "law": facts.read("ai_act.toml")["law"],
        "schemes": [
            {
                "key": look.key,
                "title": look.title,
                "pattern": look.verdict.pattern,
                "verdict": look.verdict.says,
                "elements": [as_row(look, row) for row in look.verdict.elements],
                "rules": {row.key: row.found.status for row in look.verdict.rules},
                "inputs": [look.entry(row) for row in look.verdict.case.inputs],
                "consequences": [look.entry(row) for row in look.verdict.case.consequences],
                "worlds": look.worlds or None,
            }
            for look in looked
        ],
        "findings": [as_row(look, row) for look in looked for row in look.findings],
    }


def as_row(look: Look, row: Row) -> Document:
    """An element or a rule with what was found."""
    found, rule = row.found, row.entry
    shown = {
        "scheme": look.key, "key": row.key, "title": rule["title"], "status": found.status,
        "what": found.what, "law": rule["law"],
        "from_memory": rule["rests"] == "guidelines", "places": look.lines(row),
    }  # fmt: skip
    if "severe" not in rule:  # an element
        return shown | {"reading": rule["says"]}
    measured = [dict(m._asdict()) for m in look.measured[row.key]]
    return shown | {
        "limb": rule["limb"], "severe": severe(row), "mend": rule["mend"], "measured": measured
    }  # fmt: skip


def of_run(document: Document, key: str) -> Document:
    """What lint says of the scheme of a run, to be kept in run.json; of a calendar each of its
    schemes by its file alone, since the run's measures are of all together."""
    scheme = schemes.load(key)
    if not scheme.waves:
        looked = [look(key, document)]
    else:
        path = schemes.find(key)
        files = {row["scheme"]: schemes.beside(path, row["scheme"]) for row in scheme.spec["wave"]}
        looked = [look(str(file)) for file in files.values()]
    found = as_document(looked)
    return {name: part for name, part in found.items() if name not in ("statement", "run")}
