"""Questions: what a reader asks, as a scheme that is checked, a request, and a command line.

Question  ->  Asked (spec, request, digest, command)  ->  faults, red flags, what was changed
"""

import contextlib
import hashlib
import json
import shlex
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from demerit import chosen, facts, inputs, mechanism, trial
from demerit import scheme as schemes
from demerit.columns import WORLDS
from demerit.explorer import levers, toml
from demerit.explorer.faults import Refused
from demerit.explorer.models import PERSON_MONTHS_MOST, Question
from demerit.facts import InputError
from demerit.scheme.elements import judge, severe
from demerit.scheme.explain import explain
from demerit.scheme.lint import NOTICE, lint
from demerit.scheme.place import places
from demerit.scheme.reading import case
from demerit.society import keys as societies

Row = dict[str, Any]
HOME = "china-2020"  # the society that a scheme runs on if it names none
NO_CALENDARS = (
    "scheme: a calendar of schemes is not run here; `demerit run {key}` runs it, and its waves are "
    "schemes of their own."
)


class Faulty(Exception):  # noqa: N818 (an answer, not a mistake)
    """A text that is no scheme: its faults."""

    def __init__(self, found: list[schemes.Fault]):
        super().__init__("; ".join(map(str, found)))
        self.found = found


@dataclass(frozen=True)
class Asked:
    """A question that can be run."""

    question: Question
    spec: Row  # the file as it runs
    before: Row  # the file without the changes
    moved: dict[str, Row]  # levers that are moved, by id
    own: bool  # not a shipped file as it stands
    society: str
    threads: int

    @property
    def key(self) -> str:
        """Of the scheme as it runs."""
        return str(self.spec["key"])

    @property
    def file(self) -> str | None:
        """The name of the file that the command line needs, if any."""
        return f"{self.key}.toml" if self.own else None

    @property
    def text(self) -> str:
        """The scheme's file as it runs."""
        return toml.write(self.spec) if self.own else shipped_text(self.key)

    @property
    def set(self) -> list[str]:
        """Texts for --set."""
        return levers.settings(self.moved)

    @property
    def digest(self) -> str:
        """The address of the answer: of all that decides it."""
        asked = self.question
        parts = [
            self.spec, self.society, self.set, sorted(asked.without), asked.people, asked.months,
            asked.seed, asked.quick, asked.worlds, inputs_digest(self.society),
        ]  # fmt: skip
        packed = json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()
        return hashlib.blake2b(packed, digest_size=8).hexdigest()

    @property
    def run(self) -> str:
        """The name of the run that answers it."""
        asked = self.question
        return f"{self.key}-{asked.people}-{asked.months}-seed{asked.seed}-{self.digest}"

    @property
    def command(self) -> str:
        """What repeats it on a command line."""
        asked = self.question
        text = f"demerit run {self.file or self.key} --people {asked.people}"
        text += f" --months {asked.months} --seed {asked.seed}"
        text += f" --society {self.society}" if self.society != HOME else ""
        text += "".join(f" --without {key}" for key in asked.without)
        text += "".join(f" --set {shlex.quote(one)}" for one in self.set)
        text += " --worlds law,scheme" if asked.worlds < len(WORLDS) else ""
        return text + (" --quick" if asked.quick else "")

    def request(self, scheme: str) -> trial.Request:
        """The same as a trial takes it; `scheme` is a key or the path of the file."""
        asked = self.question
        return trial.Request(
            scheme=scheme, society=self.society, people=asked.people, months=asked.months,
            seed=asked.seed, threads=self.threads, quick=asked.quick,
            without=tuple(asked.without), set=tuple(self.set), worlds=asked.worlds,
        )  # fmt: skip

    @contextlib.contextmanager
    def on_disk(self) -> Iterator[str]:
        """The key of a shipped scheme, or the path of a file with the text as long as it lasts."""
        if not self.own:
            yield self.key
            return
        with tempfile.TemporaryDirectory(prefix="demerit-") as folder:
            path = Path(folder) / f"{self.key}.toml"
            path.write_text(self.text, encoding="utf-8")
            yield str(path)


@cache
def shipped_text(key: str) -> str:
    """The file of a shipped scheme."""
    return schemes.find(key).read_text(encoding="utf-8")


@cache
def inputs_digest(society: str) -> str:
    """A digest of this program, its numbers and the tables of a society."""
    from demerit.society import load

    found = inputs.digests(schemes.load("none"), load(society))["inputs"]
    return inputs.short(json.dumps(found, sort_keys=True).encode())


def ask(question: Question, threads: int = 1) -> Asked:
    """A question that can be run.  Refused for one that cannot be, Faulty for a faulty scheme."""
    check(question)
    before, own = base(question)
    moved = levers.check(before, question.changes)
    spec = levers.changed(before, moved)
    own = own or spec is not before
    society = question.society or spec.get("society", HOME)
    asked = Asked(question, spec, before, moved, own, society, threads)
    if own and (found := examine(asked.text, asked.key)):
        raise Faulty(found)
    mechanism.off(tuple(question.without), schemes.Scheme(asked.key, "", spec, asked.key), society)
    chosen.choose(asked.set)
    return asked


def check(question: Question) -> None:
    """Refuse what no scheme can be run with."""
    if question.people * question.months > PERSON_MONTHS_MOST:
        most = PERSON_MONTHS_MOST // question.months
        raise Refused(
            422, f"people: {question.people:,} people for {question.months} months are more than "
            f"this page runs; at most {PERSON_MONTHS_MOST:,} person-months.", "people",
            f"at most {most:,} people for {question.months} months",
            "ask for fewer people or months, or run it with `demerit run`",
        )  # fmt: skip
    if question.society is not None and question.society not in societies():
        raise Refused(404, f"society {question.society!r}: there is none of this name; "
                      f"{facts.nearest(question.society, societies())}", "society")  # fmt: skip


def base(question: Question) -> tuple[Row, bool]:
    """The file that is asked for, before anything is changed, and whether it is the reader's."""
    if question.text is not None:
        spec = read_text(question.text)
        return spec, True
    key = known(question.scheme)
    if schemes.load(key).spec["kind"] == "rollout":
        raise Refused(422, NO_CALENDARS.format(key=key), "scheme")
    return schemes.load(key).spec, False


def known(key: str) -> str:
    """The key of a shipped scheme.  Refused where there is none."""
    found = schemes.known_as(key)
    if found not in schemes.keys():
        raise Refused(404, f"scheme {key!r}: there is none of this name; "
                      f"{facts.nearest(key, schemes.keys())}", "scheme")  # fmt: skip
    return found


def read_text(text: str) -> Row:
    """A scheme from its text.  Faulty for one that is none."""
    if found := examine(text, "scheme"):
        raise Faulty(found)
    with as_file(text, "scheme") as path:
        return facts.read(path)


def examine(text: str, stem: str) -> list[schemes.Fault]:
    """All the faults of a text.

    A calendar names files that lie beside it: none does here, and none is looked for.
    """
    with as_file(text, stem) as path:
        try:
            spec = facts.parse(path)
        except InputError:
            spec = {}
        if spec.get("kind") == "rollout":
            said = "a calendar of schemes is not run here; `demerit run` runs it."
            return [schemes.Fault(path.name, 1, "kind", said)]
        return schemes.examine(path)


@contextlib.contextmanager
def as_file(text: str, stem: str) -> Iterator[Path]:
    """A text as a file, as long as it lasts."""
    with tempfile.TemporaryDirectory(prefix="demerit-") as folder:
        path = Path(folder) / f"{stem}.toml"
        path.write_text(text, encoding="utf-8", errors="replace")
        yield path


# ---- what is said of it


def checked(asked: Asked, run: str | None) -> Row:
    """A scheme as it would run, with its red flags."""
    text = asked.text
    return {
        "faults": [], "key": asked.key, "title": asked.spec["title"],
        "changed": bool(asked.moved), "file": asked.file, "numbers": moved_numbers(asked),
        "set": asked.set, "command": asked.command, "parts": parts(asked.key, asked.spec),
        "tiers": trial.tiers(schemes.Scheme(asked.key, "", asked.spec)), "text": text,
        "digest": asked.digest, "run": run, "lint": flags(asked, text),
    }  # fmt: skip


def moved_numbers(asked: Asked) -> list[Row]:
    """Every lever that is moved: what it was and what it is now."""
    return [
        {"id": key, "title": lever["title"], "group": lever["group"], "was": lever["value"],
         "now": lever["now"], "basis_was": lever["basis"], "unit": lever["unit"]}
        for key, lever in asked.moved.items()
    ]  # fmt: skip


def parts(key: str, spec: Row) -> list[Row]:
    """A scheme in plain English, part by part."""
    found: list[Row] = [{"title": spec["title"], "lines": []}]
    head, *lines = explain(key, spec)
    del head  # the title again
    for line in lines:
        if line.startswith("\n"):
            found.append({"title": line.strip(), "lines": []})
        elif line.strip():
            found[-1]["lines"].append(line.strip())
    return found


def flags(asked: Asked, text: str) -> Row:
    """What lint finds in a file, without a run, and what it found before the changes."""
    here = case(asked.spec)
    rows = lint(here)
    verdict, where = judge(here, rows), places(text)
    before = lint(case(asked.before)) if asked.moved else rows
    return {
        "notice": NOTICE, "verdict": verdict.says, "pattern": verdict.pattern,
        "rules": {row.key: row.found.status for row in rows},
        "before": {row.key: row.found.status for row in before},
        "titles": {row.key: row.entry["title"] for row in rows},
        "findings": [
            {"key": row.key, "title": row.entry["title"], "status": row.found.status,
             "severe": severe(row), "what": row.found.what, "law": row.entry["law"],
             "mend": row.entry["mend"], "from_memory": row.entry["rests"] == "guidelines",
             "lines": [{"line": where.line(p), "place": p} for p in row.found.places]}
            for row in verdict.rules if row.found.status != "not met"
        ],
    }  # fmt: skip
