"""Models: the shape of a scheme file, table by table.

A pydantic model for each kind of scheme; the JSON Schema is made of them (schema.py).
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from demerit.columns import GRADES_MAX, ISSUERS_MAX
from demerit.scheme.parts import TIERS_MAX


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
Private = number(0, 2_000, whole=True)
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
    missed: Share | None = None  # type: ignore[valid-type]


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


class Grade(Part):
    key: Annotated[str, Field(min_length=1, max_length=20)]
    floor: Score  # type: ignore[valid-type]
    doors: dict[str, Access] = {}  # type: ignore[valid-type]


class Officials(Part):
    """Those who run the scheme, as subjects of a score of their own; graded by it, if it says."""

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
    grade: Annotated[list[Grade], Field(min_length=2, max_length=GRADES_MAX)] | None = None


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


class Learned(Part):
    """How the weights of traces are learned from records; what is read is named in [points]."""

    outcome: Word
    window_months: number(1, 60, whole=True)  # type: ignore[valid-type]
    every_months: number(0, 60, whole=True)  # type: ignore[valid-type]
    doubling_points: number(1, 200, whole=True)  # type: ignore[valid-type]
    most_points: number(1, 2_000, whole=True)  # type: ignore[valid-type]
    prior_count: number(1, 1_000_000, whole=True)  # type: ignore[valid-type]
    told_share: Share  # type: ignore[valid-type]


class Blacklist(Part):
    deeds: Annotated[list[str], Field(min_length=1)]
    months: number(1, 120, whole=True)  # type: ignore[valid-type]


class Firms(Part):
    """Firms as subjects: graded once in so many months, listed at once for some deeds."""

    start: Score  # type: ignore[valid-type]
    rating_months: Wait  # type: ignore[valid-type]
    owner_points: Score  # type: ignore[valid-type]
    points: Annotated[dict[str, Points], Field(min_length=1)]  # type: ignore[valid-type]
    grade: Annotated[list[Grade], Field(min_length=2, max_length=GRADES_MAX)]
    blacklist: Blacklist | None = None


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
    society: str | None = None  # that its rules were made for, if it is not the usual one
    note: str = ""
    not_modelled: list[str] = []
    law: Law | None = None


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


class LearnedScheme(PointsScheme):
    """A score whose weights are learned: `points` are what it reads, and its first weights."""

    kind: Literal["learned"]  # type: ignore[assignment]
    learned: Learned


class Wave(Part):
    """One step of a rollout: a scheme, from a month on, in some places."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,40}$")]
    scheme: Annotated[str, Field(min_length=1, max_length=200)]
    month: number(0, 1_200, whole=True)  # type: ignore[valid-type]
    choice: Literal["random", "eager", "able", "rest", "all"]
    share: Share | None = None  # type: ignore[valid-type]
    portable: Switch | None = None  # type: ignore[valid-type]
    effort: number(0.1, 10) | None = None  # type: ignore[valid-type]


class Choice(Part):
    """How closely the places that are chosen go with what they are said to be chosen by."""

    able: number(0, 1)  # type: ignore[valid-type]
    eager: number(0, 1)  # type: ignore[valid-type]


class Spill(Part):
    """How much of what people of one place share they share with those of all others."""

    share: Share  # type: ignore[valid-type]


class Moves(Part):
    """People who have come from elsewhere, a month, of those with a file."""

    rate: Share  # type: ignore[valid-type]


class RolloutScheme(Head):
    """A calendar: schemes that begin one after another, place by place."""

    kind: Literal["rollout"]
    wave: Annotated[list[Wave], Field(min_length=1, max_length=12)]
    pick: Choice
    spill: Spill
    moves: Moves
    without: list[str] = []


MODELS: dict[str, type[BaseModel]] = {
    "none": NoScheme, "points": PointsScheme, "scorecard": ScorecardScheme, "peer": PeerScheme,
    "private": PrivateScheme, "learned": LearnedScheme, "rollout": RolloutScheme,
}  # fmt: skip
