"""Card: what a scheme is for and not for, whom it scores, how it fared: a model card, in Markdown.

Everything is drawn from the scheme's file, lint and the measures of the run; what nobody has said
is said to be unsaid.

Source: M. Mitchell et al., "Model cards for model reporting", FAT* 2019,
doi:10.1145/3287560.3287596 (from memory).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from demerit.report import topics
from demerit.report.claims import interval
from demerit.report.limits import limits
from demerit.report.words import listed, number, people, plural, told

Document = Mapping[str, Any]
UNSAID = "The scheme's file does not say."
METRICS = (  # shown where the run has them; all others are in measures.json
    "sanctioned_share", "sanction_anatomy", "wrongful_sanction_share", "wrongful_sanction_rate",
    "missed_sanction_share", "score_auc_honesty", "signal_kept", "score_auc_default",
    "score_retest", "speech_withheld", "employment", "unpaid_by_inability", "efficiency",
    "perfect_share",
)  # fmt: skip
GAPS = ("sanctioned_ratio_", "wrongful_ratio_", "deserving_ratio_")
SECTIONS = (
    "Scheme details", "Intended use", "Factors", "Metrics", "Evaluation data", "Training data",
    "Quantitative analyses", "Ethical considerations", "Caveats and recommendations",
)  # fmt: skip


def model_card(document: Document) -> str:
    """model-card.md."""
    fill = (details, use, factors, metrics, evaluation, training, analyses, ethics, caveats)
    lines = [document["statement"], "", f"# Model card: {document['scheme_title']}", ""]
    for title, write in zip(SECTIONS, fill, strict=True):
        lines += [f"## {title}", "", *write(document), ""]
    return "\n".join(lines).rstrip() + "\n"


def scheme_of(document: Document) -> Mapping[str, Any]:
    """What lint tells of the scheme; nothing of a run that holds no lint."""
    lint = document.get("lint")
    return lint["schemes"][0] if lint else {"inputs": [], "consequences": [], "verdict": ""}


def law_of(document: Document) -> Mapping[str, Any]:
    """What the scheme's file says of its use and purpose."""
    found: Mapping[str, Any] = (document.get("rules") or {}).get("law") or {}
    return found


def details(document: Document) -> Iterator[str]:
    """What it scores, and what follows."""
    rules, told = document.get("rules") or {}, scheme_of(document)
    yield f"- Key: {document['scheme']}; kind: {rules.get('kind', 'not said')}; for a"
    yield f"  {rules.get('scope', 'place that is not said')}."
    yield f"- Scored: {plural(len({r['key'] for r in told['inputs']}), 'kind')} of deed."
    for row in told["inputs"]:
        yield f"  - {row['title']}: {row['points']:+g} points{_line(row)}"
    if document["tiers"]:
        tiers = [f"{t['key']}{' (under sanction)' if t['sanctioned'] else ''}"
                 for t in document["tiers"]]  # fmt: skip
        yield f"- Tiers, best first: {listed(tiers)}."
    shut = [r for r in told["consequences"] if r["access"] < 1]
    opened = [r for r in told["consequences"] if r["access"] > 1]
    for words, rows in (("Shut or narrowed", shut), ("Opened wider", opened)):
        doors = [f"{r['title'].lower()} (tier {r['tier']})" for r in rows]
        yield f"- {words}: {listed(doors) if doors else 'nothing'}."
    yield f"- Version: demerit {document['versions']['demerit']}, digest {document['digest']}."


def _line(row: Mapping[str, Any]) -> str:
    return f" (line {row['line']} of its file)" if row.get("line") else ""


def use(document: Document) -> Iterator[str]:
    """Intended use and what is out of scope."""
    law = law_of(document)
    yield f"- Intended use: {law.get('use') or UNSAID}"
    purpose = law.get("purpose")
    yield f"- Purpose: {listed(list(purpose)) if purpose else UNSAID}"
    yield f"- Legal basis: {law.get('legal_basis') or UNSAID}"
    if verdict := scheme_of(document)["verdict"]:
        yield f"- Article 5(1)(c) of the AI Act, as `demerit lint` reads it: {verdict}"
    yield "- Out of scope: any use of this run on real people. It scores nobody who exists, and"
    yield "  says nothing of how the scheme would do elsewhere than in this model."


def factors(document: Document) -> Iterator[str]:
    """Groups, and what decides who is seen."""
    groups = [key for key in document["groupings"] if key not in ("all", "faith")]
    yield f"- Groups told apart: {listed(groups)}; faith for the burden on lawful conduct alone."
    agencies = sorted({a for r in scheme_of(document)["inputs"] for a in r["agencies"]})
    if agencies:
        yield f"- Who records: {listed([a.replace('_', ' ') for a in agencies], 'and')}."
    yield "- Deeds are recorded by some and missed by others; what is recorded may be false, of the"
    yield "  wrong person, or late."


def metrics(document: Document) -> Iterator[str]:
    """Measures, and what their intervals are."""
    yield f"- {number(len(document['measures']))} measures, all in measures.json; the chief ones"
    yield "  below. Where there is one, an interval of chance holds 95 in 100, and one of what is"
    yield "  not known nine draws in ten over the numbers that nobody has published; the two are"
    yield "  never merged."
    if document["quick"]:
        yield "- This run was made with --quick: the interval of what is not known was left out."


def evaluation(document: Document) -> Iterator[str]:
    """Whom it was tried on."""
    numbers = document["numbers"]
    place = f", synthetic place {document['place']}" if document["place"] else ""
    yield f"- {people(document['people'])} computed people of {document['society_title']}{place},"
    yield f"  {people(document['scored_people'])} of them scored, {document['months']} months, seed"
    yield f"  {document['seed']}; none of them exists."
    yield f"- {numbers['total']} numbers: {numbers['stated']} stated, {numbers['inferred']}"
    yield f"  inferred, {numbers['assumed']} assumed ({number(100 * numbers['assumed_share'])}%)."


def training(document: Document) -> Iterator[str]:
    """From what its weights come."""
    rules = document.get("rules") or {}
    if rules.get("kind") == "learned":
        yield "- Its weights are fitted once a year to the files of the run's own synthetic people."
    else:
        yield "- None: the rules are written by hand and applied as they stand."
    for text in document.get("not_modelled") or []:
        yield f"- Not modelled: {text}"


def analyses(document: Document) -> Iterator[str]:
    """The chief measures, and by group."""
    measures = document["measures"]
    gaps = [key for key in measures if key.startswith(GAPS)]
    for title, keys in (("Of everybody", METRICS), ("Between groups (least over most)", gaps)):
        shown = topics.said(document, keys)
        if not shown:
            continue
        yield f"### {title}"
        yield ""
        yield "| question | in this run | range |"
        yield "|---|---|---|"
        for key in shown:
            yield _row(measures[key], document["quick"])
        yield ""


def _row(m: Mapping[str, Any], quick: bool) -> str:
    found = interval(m, quick)
    value, ends = told(m, *((found.low, found.high) if found else (None, None)))
    return f"| {m['question']} | {value} | {f'{ends} ({found.words})' if found else 'none'} |"


def ethics(document: Document) -> Iterator[str]:
    """What lint found."""
    lint = document.get("lint")
    if not lint:
        yield "- This run holds no reading of its scheme."
        return
    yield f"{lint['notice']}"
    yield ""
    for f in lint["findings"]:
        memory = " (from memory)" if f["from_memory"] else ""
        yield f"- {f['key']}, {f['status']}: {f['title']}{memory}. {f['what']}"


def caveats(document: Document) -> Iterator[str]:
    """What the run does not show; what would mend what lint found."""
    for text in limits(document):
        yield f"- {text}"
    lint = document.get("lint") or {"findings": []}
    for f in lint["findings"]:
        if f["status"] == "met":
            yield f"- To mend {f['key']}: {f['mend']}"
