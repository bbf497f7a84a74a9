"""Second readings: each scheme's numbers, read again by somebody who had not seen its file.

tests/scheme/readings/*.toml, data/schemes/*.toml  ->  where the two part; docs/second-readings.md

    python tools/readings.py            write the page
    python tools/readings.py --open     print what is not settled yet

A reading is kept as it was handed in.  Where it parts from the file, `settled.toml` says who is
right and why, and the file was corrected where the reader was.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from demerit import facts
from demerit import scheme as schemes

REPOSITORY = Path(__file__).parents[1]
FOLDER = REPOSITORY / "tests" / "scheme" / "readings"
PAGE = REPOSITORY / "docs" / "second-readings.md"
READ = ("brief", "published")  # grades of a number that stood in a source
TERMS = tomllib.loads((FOLDER / "settled.toml").read_text(encoding="utf-8"))
# What a reading tells that is no number of a scheme file: when it was, what ended it, who records.
NO_PLACE = ("start-date", "repeal", "agencies", "law.")
HEAD = """# Second readings

Made by `tools/readings.py`; a test fails where it differs from the files. Somebody who had not
seen the scheme files read each scheme's numbers again: from the two articles themselves, and from
notes of the published figures, not from every publication (`tests/scheme/readings/`). Compared are
numbers that a source states: those of the file, how many of them the second reader has alike, and
those that only one of the two has, or has otherwise. Each of these is listed below, with who is
right and why (both: they speak of different things, or of one in different ways). Ranges and
recalled numbers are not compared.
"""


class Gap(NamedTuple):
    """A number on which file and reading part."""

    scheme: str
    side: str  # whose number it is: file, reading
    path: str
    value: Any


# ---- what was read


def spelt(path: str) -> str:
    """A path in one spelling.

    >>> spelt("dimension.credit_history.weight"), spelt("tier.LISTED.floor")
    ('dimension.credit-history.weight', 'tier.listed.floor')
    """
    return re.sub(r"[ _]", "-", path).lower()


def readings() -> dict[str, str]:
    """Reading -> the key of the scheme that it is of."""
    found = sorted(path.stem for path in FOLDER.glob("*.toml") if path.name != "settled.toml")
    return {key: schemes.known_as(key) for key in found}


def reading(key: str, called: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """The numbers of a reading that stood in a source, each under the paths of the scheme's file.

    `called`: the reader's word for a tier, a dimension, an issuer -> the file's, one or several.
    """
    rows = tomllib.loads((FOLDER / f"{key}.toml").read_text(encoding="utf-8"))["number"]
    called = TERMS["called"].get(key, {}) if called is None else called
    for row in rows:
        row["path"] = spelt(row["path"])
        words = [called.get(part, part) for part in row["path"].split(".")]
        some = [[word] if isinstance(word, str) else word for word in words]
        row["paths"] = {".".join(path) for path in product(*some)}
        if isinstance(row["value"], int | float):
            row["value"] = row["value"] * TERMS["scale"].get(key, 1)
    return [row for row in rows if row["grade"] in READ and not row["path"].startswith(NO_PLACE)]


# ---- what stands in the file


def numbers(key: str) -> dict[str, dict[str, Any]]:
    """The numbers of a scheme's file by path; what it says of itself in words, too."""
    spec = schemes.load(key).spec
    words = [name for name in ("scope", "province") if name in spec]
    told = {name: {"value": spec[name], "basis": "said"} for name in words}
    if "tier" in spec:  # if the file does not say how low a score can be, the last tier does
        told["score.least"] = spec["tier"][-1]["floor"]
    return told | {spelt(path): fact for path, fact in facts.facts(spec)}


def stated(key: str) -> dict[str, Any]:
    """The numbers that the file calls stated: path -> value."""
    least = "least" in schemes.load(key).spec.get("score", {})
    return {
        path: fact["value"]
        for path, fact in numbers(key).items()
        if fact["basis"] == "stated" and (least or path != "score.least")
    }


# ---- where the two part


def agree(read: Any, value: Any) -> bool:
    """Does a number of a file agree with what was read?  Words stand for what is on one side.

    >>> agree(-50, -50), agree("more", 2), agree("less", 0), agree("negative (no size)", 5)
    (True, True, True, False)
    >>> agree("-10 to -50", -20), agree("5 to 50", 60), agree("-150 at most", -150)
    (True, False, True)
    """
    if not isinstance(read, str) or not isinstance(value, int | float):
        return bool(read == value)
    found = [float(x) for x in re.findall(r"-?\d+(?:\.\d+)?", read)]
    if re.fullmatch(r"-?[\d.]+ to -?[\d.]+", read):
        return min(found) <= value <= max(found)
    if re.fullmatch(r"-[\d.]+ at most", read):
        return found[0] <= value < 0
    sign = {
        "more": value > 1,
        "less": value < 1,
        "negative": value < 0,
        "positive": value > 0,
        "scored": value != 0,
    }
    return sign.get(re.split(r"\W", read)[0], "not given" in read)


def gaps(key: str) -> Iterator[Gap]:
    """Where a reading and its scheme's file part."""
    scheme, rows = readings()[key], reading(key)
    ours, heard = numbers(scheme), list(rows)
    for other in TERMS["also"]:
        if other["scheme"] == scheme:
            heard += reading(other["reading"], other["called"])
    lowest = [path for path in ours if re.fullmatch(r"tier\.[^.]+\.floor", path)][-1:]
    for path, value in stated(scheme).items():
        same = {path, "score.least"} if path in lowest else {path}
        if not any(same & row["paths"] and agree(row["value"], value) for row in heard):
            yield Gap(scheme, "file", path, value)
    for row in rows:
        found = [ours[path] for path in row["paths"] if path in ours]
        if row["value"] == "not given":
            wrong = any(fact["basis"] == "stated" for fact in found)
        else:
            wrong = not any(agree(row["value"], fact["value"]) for fact in found)
        if wrong:
            yield Gap(scheme, "reading", row["path"], row["value"])


def ruling(gap: Gap) -> dict[str, Any] | None:
    """What settled.toml says of a gap: the first line that fits."""
    for row in TERMS["settled"]:
        same = (row["scheme"], row["side"]) == gap[:2] and fnmatch(gap.path, row["path"])
        if same and row.get("value", gap.value) == gap.value:
            return dict(row)
    return None


# ---- the page


def table(*heads: str) -> list[str]:
    """The head of a table."""
    return ["", line(*heads), line(*("---" for _ in heads))]


def line(*cells: object) -> str:
    """One line of a table."""
    return f"| {' | '.join(map(str, cells))} |"


def page() -> str:
    """The whole page."""
    apart = {key: list(gaps(key)) for key in readings()}
    lines = [HEAD.rstrip()]
    lines += table("scheme", "stated in the file", "alike", "only in the file",
                   "only in the reading, or otherwise")  # fmt: skip
    for key, scheme in readings().items():
        total, ours = len(stated(scheme)), sum(gap.side == "file" for gap in apart[key])
        lines.append(line(f"`{scheme}`", total, total - ours, ours, len(apart[key]) - ours))
    lines += table("scheme", "number", "of the", "value", "right", "why")
    for gap in [gap for found in apart.values() for gap in found]:
        row = ruling(gap) or {"right": "?", "why": "not settled"}
        cells = (f"`{gap.scheme}`", f"`{gap.path}`", gap.side, gap.value, row["right"], row["why"])
        if line(*cells) not in lines:
            lines.append(line(*cells))
    lines += ["", "Corrected in the files, because the reader was right:"]
    lines += table("scheme", "number", "was", "is", "why")
    for row in TERMS["corrected"]:
        lines.append(
            line(f"`{row['scheme']}`", f"`{row['path']}`", row["was"], row["is"], row["why"])
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if "--open" in sys.argv:
        for key in readings():
            for gap in gaps(key):
                if ruling(gap) is None:
                    print(*gap)
    else:
        PAGE.write_text(page(), encoding="utf-8")
