"""Theory: published and closed-form cases, reproduced with the code of this project.

A case is a function without arguments that returns rows: what was published, what comes out here,
and whether the two agree.  `CASES` names them; a case is imported when it is asked for.  Nothing
is fitted to what was published: where a figure differs, its row says so.  A new case is a module
with such a function and a line in `CASES`.
"""

import importlib
from collections.abc import Iterable
from typing import Any

from demerit.facts import InputError, nearest
from demerit.theory.row import Row, reference

CASES = {  # key: (module, function, what it reproduces)
    "granovetter": (
        "demerit.theory.granovetter",
        "rows",
        "Thresholds in a crowd (Granovetter 1978), with the rule of protest.",
    ),
    "cascades": (
        "demerit.theory.cascades",
        "rows",
        "Cascades on random graphs (Watts 2002; Gleeson and Cahalane 2007), same rule.",
    ),
    "epstein": (
        "demerit.theory.epstein",
        "rows",
        "Civil violence on a lattice (Epstein 2002), same rule.",
    ),
    "linkage": (
        "demerit.theory.linkage",
        "rows",
        "Record linkage (Fellegi and Sunter 1969); how often a name leads astray.",
    ),
    "urn": (
        "demerit.theory.urn",
        "rows",
        "Feedback of patrols and records (Ensign and others 2018).",
    ),
    "reciprocity": (
        "demerit.theory.reciprocity",
        "rows",
        "When a known reputation sustains help (Nowak and Sigmund 1998).",
    ),
    "findings": (
        "demerit.theory.findings",
        "rows",
        "What was found about schemes that ran, beside runs of this model.",
    ),
    "performative": (
        "demerit.theory.performative",
        "rows",
        "Retraining on what a score has changed (Perdomo and others 2020).",
    ),
    "lending": (
        "demerit.theory.lending",
        "rows",
        "Loans that move who is lent to (Liu and others 2018; D'Amour and others 2020).",
    ),
}


def check(keys: Iterable[str]) -> None:
    """InputError for a case that there is not."""
    for key in keys:
        if key not in CASES:
            raise InputError(f"there is no case {key!r}; {nearest(key, CASES)}")


def rows(key: str) -> list[Row]:
    """The rows of one case."""
    check([key])
    module, function, _ = CASES[key]
    found: list[Row] = getattr(importlib.import_module(module), function)()
    return found


def sources(key: str) -> dict[str, dict[str, Any]]:
    """The publications that the figures of a case are from; none if it has no file of them."""
    return reference(key).get("sources", {})


def aside(key: str) -> dict[str, dict[str, str]]:
    """Published findings that a case runs no row for: id -> title, and why (input or outside)."""
    register = reference(key).get("register", {})
    return {name: entry for name, entry in register.items() if {"input", "outside"} & set(entry)}
