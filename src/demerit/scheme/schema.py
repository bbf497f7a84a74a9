"""Schema: the JSON Schema of a scheme file, for editors and other validators.

pydantic models of models.py, keys of the data files  ->  JSON Schema (draft 7, which editors know)

It is made from the definition that `demerit check` uses, and names the deeds, doors, agencies and
mechanisms that there are, so that an editor completes them.  What a shape cannot say (floors that
fall, sources that exist) `demerit check` says alone.
"""

from typing import Any

from pydantic import TypeAdapter

from demerit import facts
from demerit.columns import FIRM_DEEDS, FIRM_DOORS
from demerit.scheme.models import GROUNDS, MODELS
from demerit.scheme.parts import CAREER, JOINS

Json = dict[str, Any]
FILE = facts.DATA / "scheme.schema.json"
DRAFT = "http://json-schema.org/draft-07/schema#"
TABLES = {  # of a scheme file: where its keys come from
    "points": ("deeds", "deed"),
    "label": ("deeds", "deed"),
    "ground": ("deeds", "deed"),
    "marks": ("deeds", "deed"),
    "join": ("agencies", "agency"),
    "doors": ("doors", "door"),
}
WORDS = {"by": JOINS, "ground": GROUNDS}


def schema() -> Json:
    """The JSON Schema of a scheme file."""
    models = {kind: TypeAdapter(model).json_schema() for kind, model in MODELS.items()}
    shared: Json = {}
    document: Json = {
        "$schema": DRAFT,
        "title": "A scheme of demerit",
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": list(models)}},
        "allOf": [],
        "definitions": shared,
    }
    for kind, model in models.items():
        parts = model.pop("$defs", {})
        shared[f"scheme of {kind}"] = inline(model, parts | {"shared": shared}, "")
        document["allOf"].append(
            {
                "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                "then": refer(f"scheme of {kind}"),
            }
        )
    return document


def inline(node: Any, parts: Json, key: str) -> Any:
    """A schema with its parts put in place, `null` left out (TOML has none), keys spelt out."""
    if isinstance(node, list):
        return [inline(child, parts, key) for child in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return inline(parts[node["$ref"].rpartition("/")[2]], parts, key)
    if "anyOf" in node:
        kinds = [child for child in node["anyOf"] if child != {"type": "null"}]
        if len(kinds) == 1:
            return inline(kinds[0], parts, key)
    if "basis" in node.get("properties", {}):
        return number(node["properties"]["value"], WORDS.get(key), parts["shared"])
    if key == "firms":
        parts = parts | {"keys of firms": {"points": FIRM_DEEDS, "doors": FIRM_DOORS}}
    if key == "officials":
        parts = parts | {"keys of firms": {"doors": CAREER}}
    found = {name: inline(child, parts, key) for name, child in node.items()
             if name not in ("title", "default", "properties")}  # fmt: skip
    if "properties" in node:
        found["properties"] = {
            name: inline(child, parts, name) for name, child in node["properties"].items()
        }
    if isinstance(found.get("additionalProperties"), dict):
        spell(found, keys_of(key, parts))
    if key == "without":
        found["items"] = {"enum": list(facts.read("mechanisms.toml")["mechanism"])}
    if key == "purpose":
        found["items"] = {"enum": list(facts.read("contexts.toml")["context"])}
    return found


def keys_of(key: str, parts: Json) -> dict[str, str]:
    """The keys that a table of this name may have, each with its title; none if any."""
    if key in parts.get("keys of firms", {}):
        return {name: name.replace("_", " ") for name in parts["keys of firms"][key]}
    if key not in TABLES:
        return {}
    file, table = TABLES[key]
    return {name: row["title"] for name, row in facts.read(f"{file}.toml")[table].items()}


def spell(found: Json, keys: dict[str, str]) -> None:
    """Spell the keys of a table out, if they are known."""
    if keys:
        each = found["additionalProperties"]
        found["additionalProperties"] = False
        found["properties"] = {name: {"description": says, **each} for name, says in keys.items()}


def refer(name: str) -> Json:
    """A reference to a shared part."""
    return {"$ref": "#/definitions/" + name.replace(" ", "%20")}


def number(value: Json, words: tuple[str, ...] | None, shared: Json) -> Json:
    """A reference to a number with what it rests on (facts.py), or to a word of a few."""
    limits = {name: limit for name, limit in value.items() if name != "title"}
    if words:
        limits = {"enum": list(words)}
    name = " or ".join(words) if words else "{type} {minimum} to {maximum}".format_map(
        {"minimum": "any", "maximum": "any", "type": "text"} | limits
    )  # fmt: skip
    shared[name] = {
        "type": "object",
        "properties": provenance() | {"value": limits},
        "required": ["value", "basis"],
        "additionalProperties": False,
        "allOf": [needs(basis) for basis in facts.NEEDS],
    }
    return {"allOf": [refer(name)]}


def provenance() -> Json:
    """What a number may say of itself."""
    known: Json = {name: {"type": "string"} for name in sorted(facts.KNOWN)}
    grades = [grade for row in facts.GRADES.values() for grade in row]
    span = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    return known | {
        "basis": {"enum": list(facts.NEEDS)}, "grade": {"enum": grades}, "range": span
    }  # fmt: skip


def needs(basis: str) -> Json:
    """What a number of this basis must say besides."""
    grades = facts.GRADES[basis]
    must = list(facts.NEEDS[basis]) + (["grade"] if len(grades) > 1 and basis == "stated" else [])
    return {
        "if": {"properties": {"basis": {"const": basis}}, "required": ["basis"]},
        "then": {"required": must, "properties": {"grade": {"enum": list(grades)}}},
    }


def text() -> str:
    """The schema as its file holds it."""
    import json

    return json.dumps(schema(), indent=1) + "\n"
