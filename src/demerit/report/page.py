"""Page: put the parts of a report together and say what a browser may run."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup
from numpy.typing import NDArray

from demerit.report import findings, limits, tables, vendor
from demerit.report.charts import FIGURES
from demerit.report.charts.figure import Figure
from demerit.report.counts import Counts
from demerit.report.words import listed, number, people, plural

TEMPLATES = files("demerit.report") / "templates"
GRADES = {  # of a society's figures
    "published": "read in print",
    "from memory": "recalled",
    "derived": "derived from others",
    "assumed": "assumed",
}
POLICY = ("default-src 'none'", "base-uri 'none'", "form-action 'none'")


PAGES = {  # of a run, in the order in which they are named at the top of each
    "report.html": "In short",
    "lawyer.html": "For the lawyer",
    "statistician.html": "For the statistician",
    "journalist.html": "For the journalist",
    "assumptions.html": "What it rests on",
    "measures.html": "All measures",
}


def render(
    document: Mapping[str, Any],
    frames: Mapping[str, NDArray],
    climate: Mapping[str, NDArray],
) -> str:
    """The first page of a run's report: a pure function of what the run's folder holds."""
    counts = Counts(document, frames)
    return of_run(
        "report.html",
        document,
        [make(counts) for make in FIGURES],
        template_name="page.html",
        findings=findings.findings(document, counts),
        what_was_run=what_was_run(document),
        published=tables.published(document),
        sources=tables.sources(document),
        limits=limits.limits(document),
    )


def of_run(
    name: str,
    document: Mapping[str, Any],
    figures: Sequence[Figure] = (),
    template_name: str = "",
    **said: Any,
) -> str:
    """A page of a run: of this name, with these figures; `said` is what its template asks for."""
    return put_together(template_name or name, document, figures, pages=PAGES, here=name, **said)


def put_together(
    name: str, document: Mapping[str, Any], figures: Sequence[Figure], **said: Any
) -> str:
    """The template of this name as one page: what it says, what it draws, what a browser may run.

    `figures`: all that are drawn, wherever the template puts them.  A page on which nothing is
    drawn carries no drawing scripts.
    """
    drawn = any(figure.panels for figure in figures)
    scripts = [asset("paper.js"), *([*vendor.scripts(), asset("draw.js")] if drawn else [])]
    style = asset("style.css")
    return template(name).render(
        policy=policy(scripts, [style]),
        style=Markup(style),
        scripts=[Markup(s) for s in scripts],
        data=Markup(data(figures)) if drawn else "",
        document=document,
        figures=figures,
        **said,
    )


@cache
def template(name: str) -> jinja2.Template:
    """A template of this name; all that it prints is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(asset),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


@cache
def asset(name: str) -> str:
    """A file of templates/ as text."""
    return (TEMPLATES / name).read_text("utf-8").strip("\n")


def digest(text: str) -> str:
    """How a content security policy names a text.

    >>> digest("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    """The content security policy of the page: these scripts, these styles, nothing else."""
    script, style = (" ".join(digest(t) for t in texts) for texts in (scripts, styles))
    return "; ".join([*POLICY, f"script-src {script}", f"style-src {style}"])


def data(figures: Sequence[Figure]) -> str:
    """The specifications as JSON that cannot end the script element it stands in."""
    specs = {f"{f.key}-{i}": p.spec for f in figures for i, p in enumerate(f.panels)}
    text = json.dumps(specs, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def wave_said(wave: Mapping[str, Any]) -> str:
    """When and where one scheme of a rollout begins, and whether outcry ends it; months count
    from one.

    >>> wave_said({"title": "The trial", "month": 12, "places": 2, "ended": {"scheme": 20}})
    '“The trial” begins in month 13 in 2 places, and is ended by outcry in month 21.'
    """
    ended = wave["ended"]["scheme"]
    end = "" if ended is None else f", and is ended by outcry in month {ended + 1}"
    places = plural(wave["places"], "place")
    return f"“{wave['title']}” begins in month {wave['month'] + 1} in {places}{end}."


def what_was_run(document: Mapping[str, Any]) -> str:
    """One paragraph: scheme, society, place, people, months, worlds."""
    where = f"a synthetic society built from totals of {document['society_title']}"
    if document["place"] is not None:
        where = f"the synthetic place {document['place']} of {where}"
    months = plural(document["months"], "month")
    said = [
        f"The scheme “{document['scheme_title']}” was run for {months} on"
        f" {people(document['people'])} computed people in {where}."
        f" {people(document['scored_people'])} of them are old enough to be scored.",
        "The same people, with the same luck, also lived these months under ordinary law alone;"
        " what differs between the two worlds, the scheme has caused.",
    ]
    if "no_errors" in document["worlds"]:
        said.append(
            "In a third world the same scheme ran on records without errors, which shows what"
            " errors cause."
        )
    if rollout := document.get("rollout"):
        said += [
            "Schemes begin one after another, place by place, and measures are over all places and"
            " months, among those who are scored there at the time.",
            *(wave_said(wave) for wave in rollout["waves"]),
        ]
    if totals := document.get("totals"):
        told = [f"{number(totals[k])} {word}" for k, word in GRADES.items() if totals[k]]
        count = number(sum(totals.values()))
        said.append(f"The society is made of {count} figures: {listed(told)}.")
    if pilot := document.get("pilot"):
        said.append(
            "What these people share was made by the counts of a pilot of"
            f" {people(pilot['people'])} of the kind; what all of them did was up to"
            f" {number(pilot['residual'])} standard errors of the pilot away from what it did, and"
            f" chance alone would bring {number(pilot['tolerance'])} somewhere in one run of 20."
            " What is asked in a survey was asked of people of the pilot."
        )
    repealed = document.get("repeal", {}).get("month")
    if repealed is not None:
        stood = plural(min(document["months"], repealed + 1), "month")
        said.append(
            f"Outcry ended the scheme in month {repealed + 1}: measures are of the {stood} in which"
            " it stood."
        )
    replicates = document["replicates"]
    if replicates > 1:
        said.append(f"All of it was repeated {replicates} times with other luck.")
    if document["quick"]:
        said.append(
            "The run was made with --quick: how far the results depend on numbers that nobody has"
            " published was left out, so every interval here is of chance alone and too narrow."
        )
    return " ".join(said)
