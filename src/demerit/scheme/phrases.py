"""Phrases: numbers of a scheme file, what they rest on, shares and months, in plain English."""

from typing import Any

Spec = dict[str, Any]


def value(spec: Spec, *path: str, unsaid: float = 0) -> Any:
    """The number at a place of the file, or what holds where it is not said."""
    node: Any = spec
    for name in path:
        node = node.get(name) if isinstance(node, dict) else None
    return unsaid if node is None else node["value"]


def rests(fact: Spec) -> str:
    """What a number rests on, in brackets."""
    span = f", {fact['range'][0]:g} to {fact['range'][1]:g}" if "range" in fact else ""
    spread = span if fact["basis"] == "assumed" else ""
    source = f", {fact['source']}" if fact["basis"] != "assumed" else ""
    return f"[{fact['basis']}{source}{spread}]"


def share(x: float) -> str:
    """A share as people say it.

    >>> share(0), share(0.3), share(1), share(0.005)
    ('nobody', '30 in 100', 'everybody', '5 in 1,000')
    """
    if x in (0, 1):
        return ("nobody", "everybody")[int(x)]
    return f"{100 * x:g} in 100" if x >= 0.01 else f"{1000 * x:g} in 1,000"


def months(n: float) -> str:
    """A time.

    >>> months(1), months(3), months(24)
    ('a month', '3 months', '2 years')
    """
    if n == 1:
        return "a month"
    return f"{n // 12:g} years" if n % 12 == 0 and n > 12 else f"{n:g} months"


# ---- the parts
