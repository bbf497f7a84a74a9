"""Check: every fault of a scheme file, each with its place, what is allowed and how to mend it.

The shape of the file is a pydantic model, of which the JSON Schema is made; provenance is checked
by facts.py; what neither can say (floors fall, keys exist) is checked here.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from demerit import facts
from demerit.columns import DOORS, GRADES_MAX
from demerit.scheme.firm_faults import firm_keys, grade_faults
from demerit.scheme.hints import bare, misspelt, place_of, unknown_keys
from demerit.scheme.parts import JOINS, TIERS_MAX, dimension_faults, dimensions, is_sanctioned


class Part(BaseModel):
    """A table of the file; a key that is not named here is a fault."""

    model_config = ConfigDict(extra="forbid")


def number(low: float, high: float, whole: bool = False) -> Any:
    """A number with its basis; its value lies within low and high (both allowed)."""
    kind: Any = int if whole else float
    value = Annotated[kind, Field(ge=low, le=high, strict=True)]
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
Residents = number(2_000, 10_000_000, whole=True)
Years = number(0, 100, whole=True)
GROUNDS = ("able",)  # what a rule may presume without knowing it


class People(Part):
    number: Residents | None = None  # type: ignore[valid-type]
    age_from: Years  # type: ignore[valid-type]


class ScorePart(Part):
    start: Score  # type: ignore[valid-type]
    cap: Score  # type: ignore[valid-type]
    least: Score | None = None  # type: ignore[valid-type]


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


class Officials(Part):
    """Those who run the scheme, as subjects of a score of their own."""

    for_sale: Share  # type: ignore[valid-type]
    load: number(-0.95, 0)  # type: ignore[valid-type]
    settle: Share  # type: ignore[valid-type]
    settle_as: Word
    inspect: Share  # type: ignore[valid-type]
    report: Share  # type: ignore[valid-type]
    accuse: Share  # type: ignore[valid-type]
    start: Score  # type: ignore[valid-type]
    cost: Score  # type: ignore[valid-type]
    floor: Score  # type: ignore[valid-type]


class Amnesty(Part):
    share: Share  # type: ignore[valid-type]
    months: Wait  # type: ignore[valid-type]


class Harden(Part):
    share: Share  # type: ignore[valid-type]
    police: number(1, 100)  # type: ignore[valid-type]


class Repeal(Part):
    share: Share  # type: ignore[valid-type]
    months: Wait  # type: ignore[valid-type]


Yes = Annotated[bool, Field(strict=True)]  # true or false, and nothing that could be read as it


class Law(Part):
    """What whoever runs the scheme says of it in law; only `demerit lint` reads it."""

    purpose: list[str] = []  # contexts that the score is made for (data/contexts.toml)
    legal_basis: Annotated[str, Field(max_length=300)] = ""
    annex: Literal["5(a)", "5(b)", "5(c)", "5(d)"] | None = None  # point of Annex III
    reasons: Yes = False  # who is sanctioned is told why
    human_review: Yes = False  # a person looks at each sanction before it acts
    use: Annotated[str, Field(max_length=300)] = ""  # the process that the score is used in


class Consent(Part):
    """Who has a file where a scheme asks: a share of those old enough, online if that is needed."""

    join: Share  # type: ignore[valid-type]
    online: Switch  # type: ignore[valid-type]
    by_assent: Share  # type: ignore[valid-type]


class Dimension(Part):
    """One part of a weighted scorecard: its weight, and what an entry does to it [of 100 marks]."""

    key: Annotated[str, Field(min_length=1, max_length=40)]
    weight: number(1, 100)  # type: ignore[valid-type]
    marks: dict[str, number(-100, 100)] = {}  # type: ignore[valid-type]


class Peer(Part):
    """How people rate one another; `usual`, `noise` in points of the score."""

    rates: Share  # type: ignore[valid-type]
    sees: Share  # type: ignore[valid-type]
    usual: Score  # type: ignore[valid-type]
    noise: number(0, 300)  # type: ignore[valid-type]
    herd: Share  # type: ignore[valid-type]
    weight: number(1, 10_000, whole=True)  # type: ignore[valid-type]


class Blacklist(Part):
    deeds: Annotated[list[str], Field(min_length=1)]
    months: number(1, 120, whole=True)  # type: ignore[valid-type]


class Firms(Part):
    """Firms as subjects: graded once in so many months, listed at once for some deeds."""

    start: Score  # type: ignore[valid-type]
    rating_months: Wait  # type: ignore[valid-type]
    owner_points: Score  # type: ignore[valid-type]
    points: Annotated[dict[str, Points], Field(min_length=1)]  # type: ignore[valid-type]
    grade: Annotated[list[Tier], Field(min_length=2, max_length=GRADES_MAX)]
    blacklist: Blacklist | None = None


class Head(Part):
    """What every scheme file says of itself."""

    format: Literal[1]
    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,40}$")]
    title: Annotated[str, Field(min_length=3, max_length=120)]
    version: Literal["brief", "published", "own"]
    scope: Literal["county", "nation"]
    note: str = ""
    not_modelled: list[str] = []
    law: Law | None = None


class NoScheme(Head):
    """The file of `none`."""

    kind: Literal["none"]


class PointsScheme(Head):
    """A scheme of points, tiers and doors."""

    kind: Literal["points"]
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
    officials: Officials | None = None
    amnesty: Amnesty | None = None
    harden: Harden | None = None
    consent: Consent | None = None
    firms: Firms | None = None
    without: list[str] = []


class ScorecardScheme(PointsScheme):
    """A score of weighted dimensions: tables.py turns them into points."""

    kind: Literal["scorecard"]  # type: ignore[assignment]
    points: dict[str, Points] = {}  # type: ignore[valid-type]
    dimension: Annotated[list[Dimension], Field(min_length=1, max_length=12)]


class PeerScheme(PointsScheme):
    """People rate one another: `points` are what a deed that a tie has seen does to the rating."""

    kind: Literal["peer"]  # type: ignore[assignment]
    peer: Peer


MODELS: dict[str, type[BaseModel]] = {
    "none": NoScheme, "points": PointsScheme, "scorecard": ScorecardScheme, "peer": PeerScheme,
}  # fmt: skip


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
    if not shape and kind != "none":
        yield from meaning_faults(spec)


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
    yield from grade_faults(spec.get("firms", {}))
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
    named += [(f"without.{key}", key, "mechanism", mechanisms) for key in spec.get("without", [])]
    purposes = (spec.get("law") or {}).get("purpose", [])
    named += [(f"law.purpose.{key}", key, "context", contexts) for key in purposes]
    for place, key, kind, allowed in named:
        if key not in allowed:
            yield f"{place}: no such {kind}; {facts.nearest(key, allowed)}"


def provinces() -> list[str]:
    """The provinces of all societies that are shipped."""
    files = sorted((facts.DATA / "societies").glob("*/society.toml"))
    return [row["title"] for file in files for row in facts.parse(file)["province"]]
