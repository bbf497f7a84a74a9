"""TOML: the file of a scheme from what was read of one, so that it can be changed and kept.

spec  ->  text that reads as the same spec; a number with its basis is one line, as in data/
"""

import json
from typing import Any

Spec = dict[str, Any]


def is_fact(node: Any) -> bool:
    """Is this a number with its basis, or another table of one line?"""
    return isinstance(node, dict) and "basis" in node


def write(spec: Spec) -> str:
    """The text of a file.

    >>> one = {"value": 1, "basis": "assumed"}
    >>> tiers = [{"key": "D", "doors": {"job": one}}]
    >>> print(write({"key": "a", "tier": tiers, "posting": {"public": one}}), end="")
    key = "a"
    <BLANKLINE>
    [[tier]]
    key = "D"
    <BLANKLINE>
    [tier.doors]
    job = { value = 1, basis = "assumed" }
    <BLANKLINE>
    [posting]
    public = { value = 1, basis = "assumed" }
    """
    return "\n".join([*table(spec, "")]).strip("\n") + "\n"


def table(node: Spec, path: str) -> list[str]:
    """The lines of a table: what stands in it, then the tables under it."""
    own, below = [], []
    for key, child in node.items():
        where = f"{path}.{name(key)}" if path else name(key)
        if isinstance(child, dict) and not is_fact(child):
            below += ["", f"[{where}]", *table(child, where)]
        elif isinstance(child, list) and child and all(isinstance(c, dict) for c in child):
            for row in child:
                below += ["", f"[[{where}]]", *table(row, where)]
        else:
            own.append(f"{name(key)} = {value(child)}")
    return own + below


def value(node: Any) -> str:
    """One value on a line.

    >>> value({"value": 0.5, "range": [0, 1.0], "why": 'a "word"'})
    '{ value = 0.5, range = [0, 1.0], why = "a \\\\"word\\\\"" }'
    """
    if isinstance(node, bool):
        return "true" if node else "false"
    if isinstance(node, str):
        return json.dumps(node, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(node, list):
        return f"[{', '.join(map(value, node))}]"
    if isinstance(node, dict):
        return f"{{ {', '.join(f'{name(k)} = {value(v)}' for k, v in node.items())} }}"
    return repr(node)


def name(key: str) -> str:
    """A key, in quotes where it needs them.

    >>> name("late_bill"), name("a b")
    ('late_bill', '"a b"')
    """
    plain = key and key.isascii() and key.replace("_", "a").replace("-", "a").isalnum()
    return key if plain else value(key)
