"""Sources: what a number rests on, a source as a bibliography prints it, how to cite a run."""

from typing import Any

Row = dict[str, Any]
ABOUT = ("value", "unit", "basis", "grade", "source", "where", "why", "range")


def rests_on(fact: Row) -> Row:
    """A number with what it rests on; null where it does not say."""
    return {key: fact.get(key) for key in ABOUT}


def reference(source: Row) -> str:
    """One source on a line.

    >>> reference({"author": "A. Writer", "title": "On lists", "year": 2014, "url": "https://x.org"})
    'A. Writer (2014). On lists. https://x.org'
    """
    parts = [f"{source['author']} ({source['year']})", str(source["title"])]
    parts += [str(source["venue"])] if source.get("venue") else []
    text = " ".join(p if p.endswith((".", "?", "!")) else f"{p}." for p in parts)
    return " ".join([text, *(str(source[key]) for key in ("doi", "url") if source.get(key))])


def cite(name: str, document: Row) -> Row:
    """How to cite a run, and the sources that it rests on."""
    numbers = document["numbers"]
    return {
        "text": (
            f"demerit {document['versions']['demerit']}, run {name}: {document['scheme_title']}. "
            f"Computed with `{document['command']}`; digest {document['digest']}. "
            f"{document['statement']}"
        ),
        "sources": [{"key": key, "text": reference(source)}
                    for key, source in sorted(document["sources"].items())],
        "assumed": numbers["assumed"], "total": numbers["total"],
        "assumed_share": numbers["assumed_share"],
    }  # fmt: skip
