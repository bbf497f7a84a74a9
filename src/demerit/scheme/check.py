"""Check: every fault of a scheme file, each with its place, what is allowed and how to mend it.

Its shape is a pydantic model (models.py); provenance is checked by facts.py; what neither can say
(floors fall, keys exist) is checked here.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from demerit import facts
from demerit.columns import DOORS, FIRM_DEEDS, FIRM_DOORS
from demerit.scheme import keys
from demerit.scheme.hints import bare, misspelt, not_allowed, place_of, unknown_keys
from demerit.scheme.issuer import issuer_faults
from demerit.scheme.models import GROUNDS, MODELS
from demerit.scheme.parts import CAREER, JOINS, dimension_faults, dimensions, is_sanctioned
from demerit.scheme.wave import wave_faults


def faults(spec: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a scheme, a sentence for each fault."""
    kind = spec.get("kind")
    if not isinstance(kind, str) or kind not in MODELS:
        yield f"kind: {kind!r} is unknown; {facts.nearest(str(kind), MODELS)}"
        return
    shape = list(shape_faults(MODELS[kind], spec))
    yield from shape
    if shape:
        yield from unknown_keys(spec)
    yield from facts.faults(spec)
    if not shape and kind not in ("none", "private", "rollout"):
        yield from meaning_faults(spec)
    if not shape and kind == "rollout":
        yield from wave_faults(spec, keys())
    if not shape and kind in ("private", "rollout"):
        mechanisms = list(facts.read("mechanisms.toml")["mechanism"])
        yield from not_allowed([
            (f"without.{key}", key, "mechanism", mechanisms) for key in spec.get("without", [])
        ])  # fmt: skip
    if not shape:
        yield from issuer_faults(spec)
    if not shape and "society" in spec:
        yield from not_allowed([("society", spec["society"], "society", societies())])


def societies() -> list[str]:
    """The societies there are."""
    return sorted(p.parent.name for p in facts.DATA.glob("societies/*/society.toml"))


def shape_faults(model: type[BaseModel], spec: dict[str, Any]) -> Iterator[str]:
    """What pydantic finds, in our words."""
    try:
        model.model_validate(spec)
    except ValidationError as error:
        for fault in error.errors():
            where = place_of(spec, fault["loc"])
            if fault["type"] == "extra_forbidden":
                yield f"{where}: this key is unknown; {facts.nearest(*_siblings(model, fault))}"
            elif fault["type"] == "missing":
                yield f"{where}: is missing.{misspelt(fault)}"
            elif fault["type"] == "model_type" and isinstance(fault["input"], int | float | str):
                yield f"{where}: says no basis; {bare(fault['input'])}"
            else:
                got = f"; the file has {str(fault['input'])[:60]!r}"
                yield f"{where}: {fault['msg'][0].lower()}{fault['msg'][1:]}{got}."


def _siblings(model: type[BaseModel], fault: Any) -> tuple[str, list[str]]:
    """A misspelt key, and the keys that its table may have."""
    *path, key = [part for part in fault["loc"] if isinstance(part, str)]
    for part in path:
        field = model.model_fields.get(part)
        if field is None:
            continue
        for kind in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                model = kind
    return key, list(model.model_fields)


def meaning_faults(spec: dict[str, Any]) -> Iterator[str]:
    """What a shape cannot say: keys that must exist, floors that must fall."""
    yield from key_faults(spec)
    yield from dimension_faults(spec)
    for part in {"join", "erase", "label", "ground"} & spec.keys() if "peer" in spec else ():
        yield f"{part}: nothing that agencies write is scored where people rate people."
    yield from learned_faults(spec)
    if not spec.get("points") and not any(row["marks"] for row in dimensions(spec)):
        yield "points: a scheme scores at least one deed; `demerit deeds` lists them."
    keys = [tier["key"] for tier in spec["tier"]]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield f"tier.{key}: two tiers have this key; each needs one of its own."
    least = spec["score"].get("least", {"value": 0})["value"]
    floors = [tier["floor"]["value"] for tier in spec["tier"]]
    if floors != sorted(set(floors), reverse=True) or floors[-1] != least:
        yield f"tier: floors must fall from tier to tier and end at {least}, but read {floors}."
    if spec["scope"] == "county" and "number" not in spec.get("people", {}):
        yield "people: a county trial says how large its county is (number, age_from)."
    if spec.get("province") is not None and spec["province"] not in provinces():
        yield f"province: no society has it; {facts.nearest(spec['province'], provinces())}"
    grades = [grade["floor"]["value"] for grade in spec.get("firms", {}).get("grade", [])]
    if grades and (grades != sorted(set(grades), reverse=True) or grades[-1] != 0):
        yield f"firms.grade: floors must fall from grade to grade and end at 0, but read {grades}."
    score = spec["score"]
    if score["start"]["value"] > score["cap"]["value"]:
        yield f"score.start: {score['start']['value']} lies above score.cap."
    if "officials" in spec:
        yield from official_faults(spec)
    if score["start"]["value"] < least:
        yield f"score.start: {score['start']['value']} lies below score.least."
    narrowed = [is_sanctioned(tier) for tier in spec["tier"]]
    if narrowed != sorted(narrowed):
        yield "tier: a tier that narrows a door must not stand above one that narrows none."


def learned_faults(spec: dict[str, Any]) -> Iterator[str]:
    """What cannot be of a learned score: an outcome that it does not read, rules on one deed."""
    if "learned" not in spec:
        return
    outcome, read = spec["learned"]["outcome"]["value"], list(spec["points"])
    if outcome not in read:
        yield (
            f"learned.outcome: {outcome!r} is not among the deeds that [points] reads; "
            f"{facts.nearest(outcome, read)}"
        )
    for part in ("label", "ground", "erase"):
        if part in spec:
            instead = (
                "a trace stands for learned.window_months" if part == "erase"
                else "a learned score takes every record as it is"
            )  # fmt: skip
            yield f"{part}: {instead}; leave this part out."
    for key, fact in spec["points"].items():
        if abs(fact["value"]) > spec["learned"]["most_points"]["value"]:
            yield f"points.{key}: {fact['value']} lies further from nought than most_points."


def official_faults(spec: dict[str, Any]) -> Iterator[str]:
    """What cannot be of officials: an account settled by what costs nothing, a floor above all."""
    rules = spec["officials"]
    deed = rules["settle_as"]["value"]
    costly = [key for key, points in spec["points"].items() if points["value"] < 0]
    if deed not in costly:
        yield (
            f"officials.settle_as: {deed!r} costs no points in this scheme; "
            f"{facts.nearest(deed, costly)}"
        )
    if rules["floor"]["value"] > rules["start"]["value"]:
        yield f"officials.floor: {rules['floor']['value']} lies above officials.start."
    grades = [grade["floor"]["value"] for grade in rules.get("grade", [])]
    if grades and (grades != sorted(set(grades), reverse=True) or grades[-1] != 0):
        yield (
            "officials.grade: floors must fall from grade to grade and end at 0, but read "
            f"{grades}."
        )


def key_faults(spec: dict[str, Any]) -> Iterator[str]:
    """Keys and words that must be among those that there are."""
    deeds = list(facts.read("deeds.toml")["deed"])
    agencies = list(facts.read("agencies.toml")["agency"])
    mechanisms = list(facts.read("mechanisms.toml")["mechanism"])
    contexts = list(facts.read("contexts.toml")["context"])
    named: list[tuple[str, str, str, Sequence[str]]] = [
        (f"{part}.{key}", key, "deed", deeds)
        for part in ("points", "label", "ground")
        for key in spec.get(part, {})
    ]
    for row in dimensions(spec):
        where = f"dimension.{row['key']}.marks"
        named += [(f"{where}.{key}", key, "deed", deeds) for key in row["marks"]]
    for key, row in spec.get("join", {}).items():
        named.append((f"join.{key}", key, "agency", agencies))
        named.append((f"join.{key}.by", row["by"]["value"], "way to join", JOINS))
    for key, row in spec.get("ground", {}).items():
        named.append((f"ground.{key}", row["value"], "ground", GROUNDS))
    for tier in spec["tier"]:
        where = f"tier.{tier['key']}.doors"
        named += [(f"{where}.{key}", key, "door", DOORS) for key in tier.get("doors", {})]
    named += firm_keys(spec.get("firms", {}))
    for grade in spec.get("officials", {}).get("grade", []):
        where = f"officials.grade.{grade['key']}.doors"
        named += [
            (f"{where}.{key}", key, "door of officials", CAREER) for key in grade.get("doors", {})
        ]
    named += [(f"without.{key}", key, "mechanism", mechanisms) for key in spec.get("without", [])]
    purposes = (spec.get("law") or {}).get("purpose", [])
    named += [(f"law.purpose.{key}", key, "context", contexts) for key in purposes]
    yield from not_allowed(named)


def firm_keys(firms: dict[str, Any]) -> Iterator[tuple[str, str, str, Sequence[str]]]:
    """Keys of the part on firms, each with its place, its kind and what is allowed."""
    for key in firms.get("points", {}):
        yield f"firms.points.{key}", key, "deed of firms", FIRM_DEEDS
    for key in firms.get("blacklist", {}).get("deeds", []):
        yield f"firms.blacklist.{key}", key, "deed of firms", FIRM_DEEDS
    for grade in firms.get("grade", []):
        for key in grade.get("doors", {}):
            yield f"firms.grade.{grade['key']}.doors.{key}", key, "door of firms", FIRM_DOORS


def provinces() -> list[str]:
    """The provinces of all societies that are shipped."""
    files = sorted((facts.DATA / "societies").glob("*/society.toml"))
    return [row["title"] for file in files for row in facts.parse(file)["province"]]
