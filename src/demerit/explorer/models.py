"""Models: what a caller may send, with its bounds, and what is answered."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

PEOPLE_MOST, MONTHS_MOST, PERSON_MONTHS_MOST = 200_000, 120, 12_000_000
PEOPLE_LEAST, QUEUE_MOST = 1_000, 8
KEY = r"^[a-z][a-z0-9-]{0,40}$"
RUN = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,150}$"

Value = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Row = dict[str, Any]


class Question(BaseModel):
    """A scheme, what is changed in it, and where, how long and with what luck it runs."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={
        "example": {"scheme": "suining", "changes": {"false_records": 0.5}, "people": 2000,
                    "months": 6}})  # fmt: skip

    scheme: Annotated[str, Field(pattern=KEY, description="key of a shipped scheme")] = "suining"
    text: Annotated[
        str | None, Field(max_length=200_000, description="text of a scheme file, in its place")
    ] = None
    changes: Annotated[
        dict[Name, Value], Field(max_length=200, description="levers moved, by id")
    ] = {}
    without: Annotated[list[Name], Field(max_length=40, description="mechanisms off")] = []
    society: Annotated[str | None, Field(pattern=KEY)] = None
    people: Annotated[int, Field(ge=PEOPLE_LEAST, le=PEOPLE_MOST)] = 100_000
    months: Annotated[int, Field(ge=1, le=MONTHS_MOST)] = 60
    seed: Annotated[int, Field(ge=0, le=2**53 - 1)] = 1
    quick: bool = True
    worlds: Annotated[
        Literal[2, 3], Field(description="3 adds the scheme without errors, and half as long again")
    ] = 2


class About(BaseModel):
    """The server, what it bears, and what a page begins with."""

    version: str
    statement: str
    kernels: str
    threads: int
    bounds: Row
    usual: Question
    run: str | None


class Catalogue(BaseModel):
    """Everything there is to choose from."""

    schemes: list[Row]
    societies: list[Row]
    deeds: list[Row]
    agencies: list[Row]
    doors: list[Row]
    measures: list[Row]
    mechanisms: list[Row]
    charts: dict[str, Row]
    conditions: list[Row]
    contexts: dict[str, str]


class Part(BaseModel):
    """One part of a scheme in plain English."""

    title: str
    lines: list[str]


class SchemeEntry(BaseModel):
    """One scheme, whole."""

    key: str
    title: str
    note: str
    kind: str
    society: str
    sketch: bool
    parts: list[Part]
    numbers: list[Row]
    not_modelled: list[str]
    tiers: list[Row]
    sources: dict[str, Row]
    text: str


class Levers(BaseModel):
    """What can be changed in a scheme."""

    scheme: str
    groups: list[Row]
    levers: list[Row]
    sources: dict[str, Row]


class SchemeFault(BaseModel):
    """Something wrong with the text of a scheme."""

    line: int | None
    place: str
    fault: str


class Checked(BaseModel):
    """A scheme as it would run; of a faulty text the faults alone."""

    faults: list[SchemeFault]
    key: str | None = None
    title: str | None = None
    changed: bool | None = None
    file: str | None = None
    numbers: list[Row] | None = None
    set: list[str] | None = None
    command: str | None = None
    parts: list[Part] | None = None
    tiers: list[Row] | None = None
    text: str | None = None
    digest: str | None = None
    run: str | None = None
    lint: Row | None = None


class Job(BaseModel):
    """A question at work, or answered."""

    job: str
    state: str
    position: int | None
    run: str | None
    cached: bool
    digest: str
    question: Question
    events: int
    error: Row | None
    command: str


class Jobs(BaseModel):
    """All jobs, latest first."""

    jobs: list[Job]


class Runs(BaseModel):
    """The runs there are, latest first, and folders that cannot be read."""

    runs: list[Row]
    damaged: list[Row]


class Head(BaseModel):
    """What run.json says of a run, but for its measures and numbers."""

    model_config = ConfigDict(extra="allow")

    name: str
    statement: str
    scheme: str
    title: str
    people: int
    months: int
    lives: bool
    why_not: str | None


class Measures(BaseModel):
    """All measures of a run."""

    statement: str
    quick: bool
    currency: str
    measures: dict[str, Row]


class Months(BaseModel):
    """Measures by month."""

    months: list[int]
    group: str
    series: dict[str, Row]
    missing: list[str]


class Anatomy(BaseModel):
    """Of 100 person-months under sanction, for what."""

    statement: str
    sanctioned_person_months: int
    of: str
    defined: bool
    interval: str | None
    kinds: list[Row]
    dots: list[str]
    guess: Row


class Numbers(BaseModel):
    """Numbers that a run rests on."""

    total: int
    rows: list[Row]


class Command(BaseModel):
    """What repeats a run, and the file that it needs."""

    command: str
    file: Row | None


class Cite(BaseModel):
    """How to cite a run, and the sources that it rests on."""

    text: str
    sources: list[Row]
    assumed: int
    total: int
    assumed_share: float


class Dots(BaseModel):
    """People by month, as bytes in base64."""

    model_config = ConfigDict(extra="allow")

    statement: str
    people: int
    months: int
    first: list[int]
    count: list[int]
    tiers: list[str]
    who: str


class Found(BaseModel):
    """Ids of synthetic people."""

    statement: str
    where: list[str]
    count: int
    ids: list[int]
    looked_at: int
    of: int


class Life(BaseModel):
    """One life, told twice."""

    model_config = ConfigDict(extra="allow")

    statement: str
    person: int
    words: str
    who: Row
    months: list[Row]
    steps: list[Row]


class Play(BaseModel):
    """A life some of whose choices are made by the reader."""

    model_config = ConfigDict(extra="allow")

    statement: str
    person: int
    words: str
    who: Row
    of: int
    over: bool
    choices: str
    months: list[Row]
    steps: list[Row]
    offered: list[Row]
    now: Row | None
    offers: list[Row]
    end: Row | None


class FileView(BaseModel):
    """The file of a person as somebody may see it."""

    model_config = ConfigDict(extra="allow")

    statement: str
    person: int
    month: int
    has_file: bool
    file: Row


class Register(BaseModel):
    """The public list of a month."""

    statement: str
    month: int
    kind: str
    count: int
    why: str | None
    looked_at: int
    of: int
    rows: list[Row]
    does: list[Row]


class Comparison(BaseModel):
    """Runs side by side."""

    runs: list[Row]
    same_people: bool
    notes: list[str]
    measures: list[Row]
