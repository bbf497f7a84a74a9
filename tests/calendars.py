"""Calendars for tests, made in a line."""

from dataclasses import replace

from demerit import scheme as schemes
from demerit.scheme import Scheme

WITHOUT_SHARE = ("rest", "all")


def number(value):
    return {"value": value, "basis": "assumed", "why": "x", "range": [value, value]}


def rollout(*waves, spill=0.0, moves=0.0, able=0.6, values=None, **more):
    """A calendar: (scheme, month, choice or share of random places, other keys) for each wave."""
    rows, own = [], []
    for k, (key, month, where, *rest) in enumerate(waves):
        row = {"key": f"w{k}", "scheme": key, "month": number(month)}
        if where in WITHOUT_SHARE:
            row |= {"choice": where}
        else:
            choice, share = where if isinstance(where, tuple) else ("random", where)
            row |= {"choice": choice, "share": number(share)}
        for keys in rest:
            row |= {name: number(value) for name, value in keys.items()}
        rows.append(row)
        loaded = schemes.load(key, values)
        own.append(replace(loaded, spec=loaded.spec | {"scope": "nation"}))
    spec = {
        "format": 1, "key": "made", "title": "made", "kind": "rollout", "scope": "nation",
        "version": "own", "wave": rows, "pick": {"able": number(able), "eager": number(able)},
        "spill": {"share": number(spill)}, "moves": {"rate": number(moves)}, **more,
    }  # fmt: skip
    return Scheme("made", "made", spec, "made", tuple(own))
