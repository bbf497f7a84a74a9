"""Mutate: scheme files with faults that nobody picked by hand, the same ones for the same seed."""

import copy
import datetime
import random

from demerit import facts

BASES = [*sorted(facts.DATA.glob("schemes/*.toml")), facts.DATA / "template.toml"]
ODD = ["", "x", True, [], {}, [1], -1, 0, 1, 2, 1e300, -(10**30), 2**70, 0.5, float("nan"),
       float("inf"), datetime.date(2014, 6, 14), "augusta-free-press", {"value": 1},
       {"value": "x", "basis": 3}, {"value": 1, "basis": "assumed", "why": "y", "range": [2, 1]},
       {"value": 1, "basis": "assumed", "why": "y", "range": [0, 9]}]  # fmt: skip
SIGNS = ['"', "'", "[", "]", "{", "}", "=", "#", "\n", "\\", ".", ",", "\0", "é", "\u2028", "-",
         '"""', "[[", "= {", "9", " "]  # fmt: skip


def mutant(seed):
    """The text of a mutant: a base with one to three changes."""
    luck = random.Random(seed)
    spec = facts.parse(luck.choice(BASES))
    for _ in range(luck.randint(1, 3)):
        CHANGES[luck.randrange(len(CHANGES))](spec, luck)
    text = "\n".join(lines(spec)) + "\n"
    for _ in range(luck.choice((0, 0, 0, 1, 2))):
        text = TEXTS[luck.randrange(len(TEXTS))](text, luck)
    return text


def nodes(node, found=None):
    """Every (container, key) of a spec."""
    found = [] if found is None else found
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, child in items:
        found.append((node, key))
        if isinstance(child, dict | list):
            nodes(child, found)
    return found


def pick(spec, luck, wanted=lambda child: True):
    """One (container, key) of those wanted, or None."""
    rows = [(node, key) for node, key in nodes(spec) if wanted(node[key])]
    return luck.choice(rows) if rows else None


def drop(spec, luck):
    if place := pick(spec, luck):
        del place[0][place[1]]


def odd(spec, luck):
    if place := pick(spec, luck):
        place[0][place[1]] = copy.deepcopy(luck.choice(ODD))


def rename(spec, luck):
    if (place := pick(spec, luck)) and isinstance(place[0], dict):
        node, key = place
        at = luck.randrange(len(key) + 1)
        node[key[:at] + luck.choice("aeiou_- .") + key[at:]] = node.pop(key)


def scale(spec, luck):
    place = pick(spec, luck, lambda x: isinstance(x, int | float) and not isinstance(x, bool))
    if place:
        node, key = place
        node[key] = luck.choice((node[key] * 2, node[key] // 2, -node[key], node[key] + 1))


def nudge(spec, luck):
    """A change that a file may well stand: another value within its own range."""
    place = pick(spec, luck, lambda x: isinstance(x, dict) and span_of(x))
    if place:
        fact = place[0][place[1]]
        low, high = fact["range"]
        whole = isinstance(fact.get("value"), int)
        fact["value"] = luck.randint(int(low), int(high)) if whole else luck.uniform(low, high)


def span_of(fact):
    span = fact.get("range")
    if not isinstance(span, list) or len(span) != 2:
        return False
    return all(type(x) in (int, float) for x in span) and span[0] <= span[1] < 1e9


def twice(spec, luck):
    if place := pick(spec, luck, lambda x: isinstance(x, list) and x):
        row = place[0][place[1]]
        row.insert(luck.randrange(len(row) + 1), copy.deepcopy(luck.choice(row)))


def shuffle(spec, luck):
    if place := pick(spec, luck, lambda x: isinstance(x, list)):
        luck.shuffle(place[0][place[1]])


def swap(spec, luck):
    one, other = pick(spec, luck), pick(spec, luck)
    if one and other:
        a, b = copy.deepcopy(one[0][one[1]]), copy.deepcopy(other[0][other[1]])
        one[0][one[1]], other[0][other[1]] = b, a


def add(spec, luck):
    place = pick(spec, luck, lambda x: isinstance(x, dict))
    if place:
        key = luck.choice(("colour", "job", "petition", "value", "range", "key", "a.b", "basis"))
        place[0][place[1]][key] = copy.deepcopy(luck.choice(ODD))


def cut(text, luck):
    return text[: luck.randrange(len(text) + 1)]


def insert(text, luck):
    at = luck.randrange(len(text) + 1)
    return text[:at] + luck.choice(SIGNS) + text[at:]


def remove(text, luck):
    at = luck.randrange(len(text) + 1)
    return text[:at] + text[at + luck.randint(1, 3) :]


def repeat(text, luck):
    rows = text.split("\n")
    rows.insert(luck.randrange(len(rows)), luck.choice(rows))
    return "\n".join(rows)


CHANGES = (drop, odd, rename, scale, nudge, nudge, nudge, twice, shuffle, swap, add)
TEXTS = (cut, insert, remove, repeat)


# ---- TOML, as little of it as the mutants need


def lines(spec):
    """The lines of a file: plain keys first, then a table for each that holds numbers."""
    plain = {k: v for k, v in spec.items() if not isinstance(v, dict)}
    yield from (f"{name(k)} = {value(v)}" for k, v in plain.items() if not rows_of(v))
    for key, table in spec.items():
        if isinstance(table, dict):
            yield f"[{name(key)}]"
            yield from (f"{name(k)} = {value(v)}" for k, v in table.items())
    for key, rows in plain.items():
        for row in rows if rows_of(rows) else ():
            yield f"[[{name(key)}]]"
            yield from (f"{name(k)} = {value(v)}" for k, v in row.items())


def rows_of(node):
    return isinstance(node, list) and node and all(isinstance(row, dict) for row in node)


def name(key):
    bare = key and all(c.isascii() and (c.isalnum() or c in "_-") for c in key)
    return key if bare else text_of(key)


def text_of(x):
    return '"' + x.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def value(x):
    """A value as TOML writes it."""
    match x:
        case bool():
            return "true" if x else "false"
        case str():
            return text_of(x)
        case dict():
            return "{ " + ", ".join(f"{name(k)} = {value(v)}" for k, v in x.items()) + " }"
        case list():
            return "[" + ", ".join(map(value, x)) + "]"
        case float():
            return repr(x)  # nan and inf are written so in TOML too
    return str(x)
