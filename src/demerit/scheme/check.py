"""Check: every fault of a scheme file, each with its place, what is allowed and how to mend it.

The shape of the file is a pydantic model, of which the JSON Schema is made; provenance is checked
by facts.py; what neither can say (floors fall, keys exist) is checked here.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from demerit import facts
from demerit.columns import DOORS, ISSUERS_MAX
from demerit.scheme.issuer import issuer_faults, unknown_keys

TIERS_MAX = 4


class Part(BaseModel):
    """A table of the file; a key that is not named here is a fault."""

    model_config = ConfigDict(extra="forbid")


def number(low: float, high: float, whole: bool = False) -> Any:
    """A number with its basis; its value lies within low and high (both allowed)."""
    kind: Any = int if whole else float
    value = Annotated[kind, Field(ge=low, le=high, strict=whole)]
    return create_model("Number", value=(value, ...), basis=(str, ...), __base__=Loose)


class Loose(BaseModel):
    """A number's provenance, which facts.py checks."""

    model_config = ConfigDict(extra="allow")


Share = number(0, 1)
Months = number(0, 24, whole=True)
Switch = number(0, 1, whole=True)
Points = number(-10_000, 10_000, whole=True)
Score = number(0, 30_000, whole=True)
Access = number(0, 16)
Wait = number(1, 24, whole=True)
Private = number(0, 2_000, whole=True)
JOINS = ("none", "id", "name", "both")  # how an agency's records find their file
GROUNDS = ("able",)  # what a rule may presume without knowing it


class People(Part):
    number: number(2_000, 10_000_000, whole=True)  # type: ignore[valid-type]
    age_from: number(0, 100, whole=True)  # type: ignore[valid-type]


class ScorePart(Part):
    start: Score  # type: ignore[valid-type]
    cap: Score  # type: ignore[valid-type]


class Tier(Part):
    key: Annotated[str, Field(min_length=1, max_length=20)]
    floor: Score  # type: ignore[valid-type]
    doors: dict[str, Access] = {}  # type: ignore[valid-type]


class Label(Part):
    share: Share  # type: ignore[valid-type]
    error: Share  # type: ignore[valid-type]


class File(Part):
    booked_share: Share  # type: ignore[valid-type]
    backlog_months: Months  # type: ignore[valid-type]
    interval_months: number(1, 120, whole=True)  # type: ignore[valid-type]


class Word(Loose):
    """A fact that is one of a few words; which ones, `meaning_faults` checks."""

    value: str
    basis: str


class Join(Part):
    by: Word
    month: Months  # type: ignore[valid-type]


class Erase(Part):
    """Months after which an entry is taken off; nought keeps it for ever."""

    months: number(0, 600, whole=True)  # type: ignore[valid-type]
    paid_months: number(0, 600, whole=True)  # type: ignore[valid-type]


class Posting(Part):
    public: Switch  # type: ignore[valid-type]
    visible: Switch | None = None  # type: ignore[valid-type]


class Redress(Part):
    notice: Share  # type: ignore[valid-type]
    appeal: Share  # type: ignore[valid-type]
    success: Share  # type: ignore[valid-type]
    delay_months: Wait | None = None  # type: ignore[valid-type]
    unfounded: Share | None = None  # type: ignore[valid-type]
    repair: Share | None = None  # type: ignore[valid-type]
    repair_points: Score | None = None  # type: ignore[valid-type]


class Favours(Part):
    """What those who run the scheme do for money and for friends."""

    sale: Share  # type: ignore[valid-type]
    points: Score  # type: ignore[valid-type]
    price: number(0, 1_000_000)  # type: ignore[valid-type]
    shield: Share  # type: ignore[valid-type]


class Amnesty(Part):
    share: Share  # type: ignore[valid-type]
    months: Wait  # type: ignore[valid-type]


class Harden(Part):
    share: Share  # type: ignore[valid-type]
    police: number(1, 100)  # type: ignore[valid-type]


class Repeal(Part):
    share: Share  # type: ignore[valid-type]
    months: Wait  # type: ignore[valid-type]


class Partners(Part):
    """How wide partners' doors stand for who has a high, a low or no private score."""

    above: dict[str, Access] = {}  # type: ignore[valid-type]
    below: dict[str, Access] = {}  # type: ignore[valid-type]
    unknown: dict[str, Access] = {}  # type: ignore[valid-type]


class Issuer(Part):
    """Who gives customers a private score, of what it sees itself."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,40}$")]
    title: Annotated[str, Field(min_length=3, max_length=120)]
    agencies: Annotated[list[str], Field(min_length=1)]
    customers: Share  # type: ignore[valid-type]
    start: Private  # type: ignore[valid-type]
    least: Private  # type: ignore[valid-type]
    cap: Private  # type: ignore[valid-type]
    above: Private  # type: ignore[valid-type]
    below: Private  # type: ignore[valid-type]
    half_life: number(1, 1_200)  # type: ignore[valid-type]
    mixed: Share  # type: ignore[valid-type]
    points: dict[str, number(-500, 500, whole=True)]  # type: ignore[valid-type]
    doors: Partners


Issuers = Annotated[list[Issuer], Field(max_length=ISSUERS_MAX)]


class Head(Part):
    """What every scheme file says of itself."""

    format: Literal[1]
    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,40}$")]
    title: Annotated[str, Field(min_length=3, max_length=120)]
    version: Literal["brief", "published", "own"]
    scope: Literal["county", "nation"]
    note: str = ""
    not_modelled: list[str] = []


class NoScheme(Head):
    """The file of `none`."""

    kind: Literal["none"]


class PrivateScheme(Head):
    """Private scores alone: the state scores nobody."""

    kind: Literal["private"]
    issuer: Annotated[Issuers, Field(min_length=1)]
    without: list[str] = []


class PointsScheme(Head):
    """A scheme of points, tiers and doors."""

    kind: Literal["points"]
    issuer: Issuers = []
    province: str | None = None
    people: People | None = None
    score: ScorePart
    points: dict[str, Points]  # type: ignore[valid-type]
    label: dict[str, Label] = {}
    tier: Annotated[list[Tier], Field(min_length=2, max_length=TIERS_MAX)]
    file: File
    posting: Posting
    redress: Redress
    repeal: Repeal
    join: dict[str, Join] = {}
    erase: Erase | None = None
    ground: dict[str, Word] = {}
    favours: Favours | None = None
    amnesty: Amnesty | None = None
    harden: Harden | None = None
    without: list[str] = []


MODELS: dict[str, type[BaseModel]] = {
    "none": NoScheme, "points": PointsScheme, "private": PrivateScheme,
}  # fmt: skip


def faults(spec: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a scheme, a sentence for each fault."""
    kind = spec.get("kind")
    if not isinstance(kind, str) or kind not in MODELS:
        yield f"kind: {kind!r} is unknown; {facts.nearest(str(kind), MODELS)}"
        return
    shape = list(shape_faults(MODELS[kind], spec))
    yield from shape
    yield from facts.faults(spec)
    if not shape and kind == "points":
        yield from meaning_faults(spec)
    if not shape and kind == "private":
        mechanisms = list(facts.read("mechanisms.toml")["mechanism"])
        yield from unknown_keys([
            (f"without.{key}", key, "mechanism", mechanisms) for key in spec.get("without", [])
        ])  # fmt: skip
    if not shape:
        yield from issuer_faults(spec)


def shape_faults(model: type[BaseModel], spec: dict[str, Any]) -> Iterator[str]:
    """What pydantic finds, in our words."""
    try:
        model.model_validate(spec)
    except ValidationError as error:
        for fault in error.errors():
            where = ".".join(str(part) for part in fault["loc"])
            if fault["type"] == "extra_forbidden":
                yield f"{where}: this key is unknown; {facts.nearest(*_siblings(model, fault))}"
            elif fault["type"] == "missing":
                yield f"{where}: is missing."
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
    if not spec["points"]:
        yield "points: a scheme scores at least one deed; `demerit deeds` lists them."
    floors = [tier["floor"]["value"] for tier in spec["tier"]]
    if floors != sorted(set(floors), reverse=True) or floors[-1] != 0:
        yield f"tier: floors must fall from tier to tier and end at 0, but read {floors}."
    if spec["scope"] == "county" and "people" not in spec:
        yield "people: a county trial says how large its county is (number, age_from)."
    if spec.get("province") is not None and spec["province"] not in provinces():
        yield f"province: no society has it; {facts.nearest(spec['province'], provinces())}"
    score = spec["score"]
    if score["start"]["value"] > score["cap"]["value"]:
        yield f"score.start: {score['start']['value']} lies above score.cap."
    narrowed = [is_sanctioned(tier) for tier in spec["tier"]]
    if narrowed != sorted(narrowed):
        yield "tier: a tier that narrows a door must not stand above one that narrows none."


def key_faults(spec: dict[str, Any]) -> Iterator[str]:
    """Keys and words that must be among those that there are."""
    deeds = list(facts.read("deeds.toml")["deed"])
    agencies = list(facts.read("agencies.toml")["agency"])
    mechanisms = list(facts.read("mechanisms.toml")["mechanism"])
    named: list[tuple[str, str, str, Sequence[str]]] = [
        (f"{part}.{key}", key, "deed", deeds)
        for part in ("points", "label", "ground")
        for key in spec.get(part, {})
    ]
    for key, row in spec.get("join", {}).items():
        named.append((f"join.{key}", key, "agency", agencies))
        named.append((f"join.{key}.by", row["by"]["value"], "way to join", JOINS))
    for key, row in spec.get("ground", {}).items():
        named.append((f"ground.{key}", row["value"], "ground", GROUNDS))
    for tier in spec["tier"]:
        where = f"tier.{tier['key']}.doors"
        named += [(f"{where}.{key}", key, "door", DOORS) for key in tier.get("doors", {})]
    named += [(f"without.{key}", key, "mechanism", mechanisms) for key in spec.get("without", [])]
    yield from unknown_keys(named)


def provinces() -> list[str]:
    """The provinces of all societies that are shipped."""
    files = sorted((facts.DATA / "societies").glob("*/society.toml"))
    return [row["title"] for file in files for row in facts.parse(file)["province"]]


def is_sanctioned(tier: dict[str, Any]) -> bool:
    """Does this tier narrow any door?"""
    return any(door["value"] < 1 for door in tier.get("doors", {}).values())
