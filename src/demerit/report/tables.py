"""Tables: what the page lists in rows: measures, numbers, published figures, sources."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from demerit.report import topics
from demerit.report.named import named
from demerit.report.words import Scale, number, scale, signed

Document = Mapping[str, Any]
INTERVALS = {"jackknife": "jackknife over groups of blocks", "replicates": "over replicates"}


def measures(document: Document, keys: Iterable[str] | None = None) -> list[dict[str, str]]:
    """Measures, all or those of these keys: question, both worlds, effect, both intervals, and the
    commonest caveat."""
    found = document["measures"]
    shown = found if keys is None else [key for key in keys if key in found]
    return [_measure(found[k]) | {"key": k, "caution": topics.caution(k)} for k in shown]


def _measure(m: Mapping[str, Any]) -> dict[str, str]:
    names = ("with", "without", "no_errors", "effect", "low", "high", "chance_low", "chance_high")
    numbers = scale(m["unit"], [m[name] for name in names], fine=True)
    change = m["headline"] == "effect"
    return {
        "question": m["question"],
        "textbook": m["textbook"],
        "unit": "per cent" if numbers.level == "%" else numbers.level.strip(),
        **{name: _cell(numbers.value, m[name]) for name in names[:3]},
        "effect": _cell(numbers.effect, m["effect"]),
        "not_known": _span(numbers, change, m["low"], m["high"]),
        "chance": _span(numbers, change, m["chance_low"], m["chance_high"]),
        "correlations": _span(numbers, change, m.get("correlation_low"), m.get("correlation_high")),
        "of": "the effect" if m["headline"] == "effect" else "the level with the scheme",
    }


def _cell(tell: Callable[..., str], value: float | None) -> str:
    return "" if value is None else tell(value, unit=False)


def _span(numbers: Scale, change: bool, low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else numbers.ends(low, high, change, unit=False)


def by_group(document: Document, heads: Mapping[str, str]) -> dict[str, Any] | None:
    """Measures, each under its head, with the scheme and group by group; those left out that have
    no group large enough, and groups that have none of them.  None where nothing is left.

    Not in order of size: a list of groups is no ranking.
    """
    cells = {
        key: _groups(document["measures"][key]) for key in heads if key in document["measures"]
    }
    cells = {key: found for key, found in cells.items() if found}
    groups = [f"{grouping}: {name}" for grouping, names in document["groupings"].items()
              for name in names]  # fmt: skip
    rows = [[group, *(found.get(group, "") for found in cells.values())] for group in groups
            if any(group in found for found in cells.values())]  # fmt: skip
    return (
        {"heads": ["With the scheme, by group", *(heads[key] for key in cells)], "rows": rows}
        if rows
        else None
    )


def _groups(m: Mapping[str, Any]) -> dict[str, str]:
    """A measure with the scheme, by group."""
    known = {f"{grouping}: {name}": sides["with"] for grouping, names in m["by_group"].items()
             for name, sides in names.items() if sides["with"] is not None}  # fmt: skip
    numbers = scale(m["unit"], known.values())
    return {group: numbers.value(value) for group, value in known.items()}


def chance_words(document: Document) -> str:
    """How the intervals of chance were worked out, in words."""
    used = dict.fromkeys(m["interval"] for m in document["measures"].values() if m["interval"])
    return " and ".join(INTERVALS.get(u, u) for u in used)


def by_basis(document: Document) -> list[tuple[str, str, list[dict[str, str]]]]:
    """The numbers the run rests on, by what they rest on: heading, meaning, rows."""
    headings = (
        ("assumed", "Assumed", "chosen by us, for the reason given, and varied over the range"),
        ("inferred", "Inferred", "worked out from a published figure, by the step given"),
        ("stated", "Stated", "read in the source named"),
    )
    rows = document["numbers"]["list"]
    found = [
        (h, why, [_number(r, document) for r in rows if r["basis"] == key])
        for key, h, why in headings
    ]
    return [part for part in found if part[2]]


def _number(row: Mapping[str, Any], document: Document) -> dict[str, str]:
    reasons = [row.get("why"), row.get("where"), row.get("source")]
    return {
        "title": named(row, document),
        "name": row["name"],
        "value": plain(row["value"]),
        "unit": row.get("unit") or "",
        "grade": row.get("grade") or "",
        "range": range_words(row),
        "why": "; ".join(str(r) for r in reasons if r),
    }


def range_words(row: Mapping[str, Any]) -> str:
    """The range of a number in words; "" where it has none.

    >>> range_words({"range": [1, 2]}), range_words({"range": [1, 1]}), range_words({})
    ('1 to 2', 'not varied', '')
    """
    spread = row.get("range")
    if not spread:
        return ""
    low, high = map(plain, spread)
    return "not varied" if low == high else f"{low} to {high}"


def plain(value: Any) -> str:
    """A number of the data files as it stands there, thousands separated.

    >>> plain(0.0196), plain(20000), plain([1, 2]), plain(True), plain("able")
    ('0.0196', '20,000', '1, 2', 'yes', 'able')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(plain(v) for v in value)
    if isinstance(value, int | float):
        return number(value, 4 if value < 1e4 else 12)
    return str(value)


def published(document: Document) -> list[dict[str, str]]:
    """What the run gives beside what was published, and the gap."""
    rows = []
    for row in document["published"]:
        got, wanted = row["got"], row["published"]
        gap = ""
        if got is not None and wanted:
            times = got / wanted
            gap = (
                f"{number(times)} times as many"
                if times >= 1.5
                else f"{signed(100 * (times - 1))}%"
            )
            if times < 0.67:
                gap = f"{number(100 * times)}% of it"
        source = document["sources"].get(row["source"], {})
        rows.append(
            {
                "what": row["what"],
                "got": "" if got is None else number(got, 4),
                "published": "" if wanted is None else number(wanted, 4),
                "gap": gap,
                "note": row.get("note") or "",
                "source": short(source) or row["source"] or "",
            }
        )
    return rows


def short(source: Mapping[str, Any]) -> str:
    """A source in a few words: author and year."""
    return ", ".join(str(source[k]) for k in ("author", "year") if source.get(k))


def sources(document: Document) -> list[dict[str, str]]:
    """The works cited, in order of author and year."""
    rows = [{"key": key} | {k: str(v or "") for k, v in s.items()}
            for key, s in document["sources"].items()]  # fmt: skip
    return sorted(rows, key=lambda r: (r.get("author", "").lower(), r.get("year", ""), r["key"]))
