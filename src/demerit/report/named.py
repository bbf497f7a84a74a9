"""Named: what a number of the data files is called, from its place in them.

deeds.deed.bribe.rate, titles of deeds and doors  ->  Paying a bribe: rate
"""

from collections.abc import Mapping
from typing import Any

Document = Mapping[str, Any]
OF = {  # the first parts of a name -> what is said of it
    "agencies.agency": "Records of {}", "deeds.deed": "{}", "doors.door": "{}",
    "firms.deed": "Firms: {}", "firms.agency": "Firms, records of {}",
    "firms.sector": "Firms in {}", "firms.door": "Firms: {}", "firms": "Firms, {}",
    "responses": "People's answer, {}", "household": "Households, {}",
    "society": "Society, {}", "deeds": "Deeds, {}", "agencies": "Agencies, {}",
    "doors": "Doors, {}",
}  # fmt: skip


def named(row: Mapping[str, Any], document: Document) -> str:
    """A number in plain words, its own title where it has one.

    >>> document = {"deeds": {"bribe": {"title": "Paying a bribe"}}, "doors": {}}
    >>> named({"name": "deeds.deed.bribe.rate"}, document)
    'Paying a bribe: rate'
    >>> named({"name": "deeds.deed.bribe.seen.tax_office"}, document)
    'Paying a bribe: seen, tax office'
    >>> named({"name": "responses.grievance.on_tie"}, document)
    "People's answer, grievance: on tie"
    >>> named({"name": "suining.tier.C.floor"}, document), named({"name": "x.y"}, document)
    ('The rules: tier, C, floor', 'The rules: y')
    """
    name = row["name"]
    if row.get("title") and row["title"] != name:
        return str(row["title"])
    first, *parts = name.split(".")
    both = f"{first}.{parts[0]}" if parts else first
    if both in OF and len(parts) > 1:
        template, (key, *rest) = OF[both], parts[1:]
    elif first in OF:
        template, (key, *rest) = OF[first], parts
    else:
        return f"The rules: {_words(parts)}"
    known = {**document["deeds"], **document["doors"]}.get(key)
    title = str(known["title"]).partition(" (")[0] if known else key.replace("_", " ")
    text = template.format(title)
    return f"{text}: {_words(rest)}" if rest else text


def _words(parts: list[str]) -> str:
    """Keys as words."""
    return ", ".join(part.replace("_", " ") for part in parts)
