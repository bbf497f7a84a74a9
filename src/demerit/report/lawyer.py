"""Lawyer: what lint finds in the scheme's file, and proportion as the run's counts tell it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from demerit.report import recourse, tables, topics
from demerit.report.charts import gravity
from demerit.report.claims import interval
from demerit.report.counts import Counts
from demerit.report.page import of_run
from demerit.report.words import MINUS, listed, number, people, told

Document = Mapping[str, Any]
SEVERE = {"error": "enough for its limb", "warning": "adds to its limb", "info": "no fault"}
LIMBS = (  # limb of a rule -> heading
    ("i", "Limb (i): a context unrelated to that of the data"),
    ("ii", "Limb (ii): unjustified, or disproportionate to the conduct or its gravity"),
    ("", "What stands beside the limbs"),
)
UNITS = (("sanction", "Of months under sanction"), ("doors", "Of doors refused"))
BORNE = {
    "no_harmful_deed": "fall on people who did no harm that costs points",
    "no_costly_deed": "fall on people who did nothing that costs points",
    "children": "fall on children, for a parent's score",
}
SHARES = {
    "unrelated": "go away without the rules on what bears on nothing that the scheme decides on",
    "unrelated_or_disputed": "the same, with what is disputed",
    "lawful": "go away without the rules on lawful or protected conduct",
}
FIRST = ("wrongful_sanction_share", "wrongful_sanction_rate", "refused_wrongly_share",
         "withheld_blameless")  # fmt: skip
DEED_HEADS = ("Deed", "Gravity", "Points an entry", "Done", "Entered", "Points per 1,000 done",
              "Line of the file")  # fmt: skip
NO_FURTHER = (
    "How much of the harm goes away without rules out of context, and how much falls on people who"
    " did nothing, is read from further worlds: {why}. For every rule by itself: demerit lint"
    " {scheme} --run {run} --worlds"
)
WHAT = 500  # letters of what a finding says that are shown at once
LINES = 12  # of a file that are named for one finding


def render(document: Document, counts: Counts) -> str:
    """The page."""
    lint = document.get("lint")
    if not lint:
        return of_run("lawyer.html", document, lint=None)
    inputs = lint["schemes"][0]["inputs"]
    figures = [gravity.points(inputs)] if inputs else []
    further = document.get("proportion")
    why = "left out by --quick" if document["quick"] else "not asked of this run"
    return of_run(
        "lawyer.html",
        document,
        figures,
        lint={**lint, "schemes": [{**s, "table": elements(s)} for s in lint["schemes"]]},
        limbs=limbs(lint, document),
        memory=any(f["from_memory"] for f in lint["findings"]),
        deed_heads=DEED_HEADS,
        deeds=deeds(inputs, counts),
        further=further_rows(further) if further else None,
        no_further=NO_FURTHER.format(why=why, scheme=document["scheme"], run=document["run"]),
        recourse={"says": recourse.paragraphs(document), "heads": recourse.HEADS,
                  "rows": recourse.rows(document)},
        chance_words=tables.chance_words(document),
        measures=tables.measures(document, measures(document, lint)),
    )  # fmt: skip


def elements(scheme: Mapping[str, Any]) -> list[list[str]]:
    """The eight elements: what it is, whether it is there, what shows it, how it is read."""
    return [
        [f"{row['key']} {row['title']}", row["status"],
         f"{row['what']}{_where(row['places'])}",
         row["reading"] + ("*" if row["from_memory"] else "")]
        for row in scheme["elements"]
    ]  # fmt: skip


def _where(places: Sequence[Mapping[str, Any]]) -> str:
    lines = lines_of(places)
    return f" ({lines})" if lines else ""


def lines_of(places: Sequence[Mapping[str, Any]]) -> str:
    """The lines of a file that a finding names.

    >>> rows = [{"file": "x.toml", "line": n, "place": "p"} for n in (9, 4, 9, None)]
    >>> lines_of(rows), lines_of([])
    ('x.toml, lines 4 and 9', '')
    """
    found = sorted({p["line"] for p in places if p["line"]})
    if not found:
        return ""
    more = len(found) - LINES
    shown = [str(n) for n in found[:LINES]] + ([f"{more} more"] if more > 0 else [])
    return f"{places[0]['file']}, line{'s' if len(found) > 1 else ''} {listed(shown)}"


def limbs(lint: Mapping[str, Any], document: Document) -> list[dict[str, Any]]:
    """The findings under the limb that they bear on, the met ones first."""
    several = len(lint["schemes"]) > 1
    named = {limb for limb, _ in LIMBS if limb}
    found = []
    for limb, title in LIMBS:
        rows = [f for f in lint["findings"]
                if f["limb"] == limb or (not limb and f["limb"] not in named)]  # fmt: skip
        rows.sort(key=lambda f: (f["status"] != "met", f["severe"] != "error"))
        says = {e["key"]: e for s in lint["schemes"] for e in s["elements"]}
        verdicts = [e["what"] for key, e in says.items() if key == f"E7{limb}" and limb]
        found.append({
            "title": title, "says": " ".join(verdicts),
            "findings": [_finding(f, several, document) for f in rows],
        })  # fmt: skip
    return found


def _finding(f: Mapping[str, Any], several: bool, document: Document) -> dict[str, Any]:
    return {
        **f, **_folded(plain_words(f["what"], document["deeds"])),
        "mend": f["mend"].replace("`", ""),
        "severe": SEVERE.get(f["severe"], f["severe"]), "lines": lines_of(f["places"]),
        "measured": [_measured(m, document) for m in f["measured"]],
        "of": f"; of {f['scheme']}" if several else "",
    }  # fmt: skip


def _folded(text: str) -> dict[str, Any]:
    """What was found, its first clauses; those that come after WHAT letters to be folded away."""
    shown, *rest = text.split("; ")
    while rest and len(shown) + len(rest[0]) < WHAT:
        shown += f"; {rest.pop(0)}"
    return {"what": shown + ("; and more:" if rest else ""), "more": rest}


def plain_words(text: str, deeds: Mapping[str, Any]) -> str:
    """What lint found, with deeds by their titles and other keys as words.

    >>> plain_words("bribe above loan_share", {"bribe": {"title": "Paying a bribe (any)"}})
    '“Paying a bribe” above loan share'
    """
    for key in sorted(deeds, key=len, reverse=True):
        title = str(deeds[key]["title"]).partition(" (")[0]
        text = re.sub(rf"(?<![\w“]){key}(?![\w”])", f"“{title}”", text)
    text = re.sub(r"(?<=\w)_(?=\w)", " ", text)
    return re.sub(r"(?<= )-(?=\d)", MINUS, text)


def _measured(m: Mapping[str, Any], document: Document) -> str:
    ends = {name: m[name] for name in ("low", "high")}
    whole = {"chance_low": None, "chance_high": None} | document["measures"].get(m["key"], {})
    found = interval(whole | ends, document["quick"])
    value, span = told(
        {**m, "headline": "value"}, *((found.low, found.high) if found else (None, None))
    )
    end = f"({span} {found.words})" if found else "(no interval could be worked out)"
    return f"In this run: {m['question']} {value} {end}."


def deeds(inputs: Sequence[Any], counts: Counts) -> list[list[str]]:
    """Each deed that costs points: how often done and entered, points taken for 1,000."""
    rows = []
    for r in gravity.costly(inputs):
        done, entered = (counts.total(f"{n}_{r['key']}") for n in ("deed", "entry"))
        each = "" if not done else number(-1000 * r["points"] * entered / done)
        if 0 < done < 30:
            each = "too few"
        grave = "not said" if r["gravity"] is None else number(r["gravity"])
        rows.append([r["title"], grave, number(-r["points"]), people(done), people(entered), each,
                     str(r.get("line") or "")])  # fmt: skip
    return rows


def further_rows(found: Mapping[str, Any]) -> dict[str, Any]:
    """What further worlds tell of people who did nothing and of rules out of context."""
    says = (
        f"{found['says']} Lived by {people(found['people'])} people for {found['months']} months;"
        " in brackets chance alone, 95 in 100, without what the unpublished numbers leave open."
    )
    rows = []
    for key, words in BORNE.items():
        rows.append([words, *(_figure(found.get("without_deed", {}).get(key, {}).get(unit))
                              for unit, _ in UNITS)])  # fmt: skip
    by_key = {row["key"]: row for row in found.get("shares", [])}
    for key, words in SHARES.items():
        if key in by_key:
            count = len(by_key[key]["rules"])
            rows.append([f"{words} ({count})", *(_figure(by_key[key][u]) for u, _ in UNITS)])
    return {"says": says, "heads": ["So many", *(words for _, words in UNITS)], "rows": rows}


def _figure(x: Mapping[str, Any] | None) -> str:
    """A share of harm with its interval of chance."""
    if not x or x["value"] is None:
        return "–"
    value, ends = told({**x, "unit": "share", "headline": "value"}, x["low"], x["high"])
    return value + (f" ({ends})" if ends else "")


def measures(document: Document, lint: Mapping[str, Any]) -> list[str]:
    """The anatomy of sanctions, then every measure that a rule of lint asks for."""
    keys = [key for key in document["measures"] if key.startswith("sanction_anatomy")]
    keys += [*FIRST, *topics.keys_of(document, "Proportion")]
    keys += [m["key"] for f in lint["findings"] for m in f["measured"]]
    return topics.said(document, dict.fromkeys(keys))
