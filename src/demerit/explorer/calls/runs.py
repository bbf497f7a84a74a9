"""Runs: what their documents and counts say, side by side and to be taken away."""

from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from demerit.explorer import looks, models, people, takeaway
from demerit.explorer.calls.choices import attached
from demerit.explorer.faults import Refused
from demerit.explorer.models import RUN
from demerit.explorer.shelf import Shelf
from demerit.explorer.sources import cite

router = APIRouter(prefix="/api", tags=["runs"])
Run = Annotated[str, Path(pattern=RUN, examples=["suining-100000-60-seed1"])]
Keys = Annotated[str, Query(max_length=2_000, description="keys of measures, joined by commas")]
Group = Annotated[str, Query(max_length=60)]
Names = Annotated[str, Query(max_length=800, description="names of runs, joined by commas")]
Limit = Annotated[int, Query(ge=1, le=1_000)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]
Month = Annotated[int | None, Query(ge=0, le=1_200)]
CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}},
          "description": "Lines that begin with #, then a table"},
}  # fmt: skip
TOML: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/toml": {"schema": {"type": "string"}}},
          "description": "A scheme file"},
}  # fmt: skip
USUAL = "sanctioned_share,wrongful_sanction_share,employment,speech_withheld"
MEASURES_MOST, RUNS_MOST = 24, 4
Chart = Literal["measures", "groups", "months", "anatomy", "numbers", "register"]


def shelf(request: Request) -> Shelf:
    """The shelf of the server."""
    found: Shelf = request.app.state.shelf
    return found


@router.get("/runs", response_model=models.Runs)
def listed(request: Request) -> Any:
    """The runs there are, latest first."""
    runs, damaged = shelf(request).listed()
    return {"runs": runs, "damaged": damaged}


@router.get("/runs/{run}", response_model=models.Head)
def head(request: Request, run: Run) -> Any:
    """What run.json says, but for measures and numbers."""
    return looks.head(run, shelf(request).run(run))


@router.get("/runs/{run}/measures", response_model=models.Measures)
def measures(request: Request, run: Run) -> Any:
    """All measures, with both intervals and by group."""
    document = shelf(request).run(run)
    return {key: document[key] for key in ("statement", "quick", "currency", "measures")}


@router.get("/runs/{run}/months", response_model=models.Months)
def months(request: Request, run: Run, measures: Keys = USUAL, group: Group = "all") -> Any:
    """Measures by month, with the scheme, without and without errors."""
    return by_month(shelf(request), run, measures, group)


def by_month(runs: Shelf, run: str, measures: str, group: str) -> dict[str, Any]:
    """Measures by month, computed once."""
    keys = list(dict.fromkeys(key.strip() for key in measures.split(",") if key.strip()))
    if not 1 <= len(keys) <= MEASURES_MOST:
        raise Refused(
            422,
            f"measures: {len(keys)} are asked for.",
            "measures",
            f"1 to {MEASURES_MOST} keys",
            "ask for the others in another call",
        )
    document = runs.run(run)
    found: dict[str, Any] = runs.once(
        run, ("months", tuple(keys), group),
        lambda: looks.months(document, runs.counts(run), keys, group),
    )  # fmt: skip
    return found


@router.get("/runs/{run}/anatomy", response_model=models.Anatomy)
def anatomy(request: Request, run: Run) -> Any:
    """Of 100 person-months under sanction, for what."""
    return dissected(shelf(request), run)


def dissected(runs: Shelf, run: str) -> dict[str, Any]:
    """The anatomy of a run, computed once."""
    document = runs.run(run)
    found: dict[str, Any] = runs.once(
        run, "anatomy", lambda: looks.anatomy(document, runs.counts(run))
    )
    return found


@router.get("/runs/{run}/numbers", response_model=models.Numbers)
def numbers(
    request: Request, run: Run, basis: Literal["stated", "inferred", "assumed"] | None = None,
    limit: Limit = 100, offset: Offset = 0,
) -> Any:  # fmt: skip
    """Numbers that a run rests on, each with its basis."""
    rows = shelf(request).run(run)["numbers"]["list"]
    found = [row for row in rows if basis in (None, row["basis"])]
    return {"total": len(found), "rows": found[offset : offset + limit]}


@router.get("/runs/{run}/command", response_model=models.Command)
def command(request: Request, run: Run) -> Any:
    """What repeats a run on the command line, and the file that it needs."""
    document = shelf(request).run(run)
    return {"command": document["command"], "file": file_of(run, document)}


def file_of(run: str, document: dict[str, Any]) -> dict[str, str] | None:
    """The scheme file that a run's command names; none where the scheme is shipped as it ran."""
    if "rules" not in document:
        raise Refused(409, f"{run}: its folder does not hold the rules.", "run")
    key, text = people.text_of(document)
    if key is not None:
        return None
    return {"name": PurePosixPath(f"{document['scheme_file']}.toml").name, "text": text}


@router.get("/runs/{run}/scheme.toml", response_class=Response, responses=TOML)
def scheme(request: Request, run: Run) -> Response:
    """The scheme as it ran."""
    document = shelf(request).run(run)
    file_of(run, document)  # refuses a run without rules
    text = people.text_of(document)[1]
    return attached(text, f"{document['scheme_file']}.toml", "application/toml")


@router.get("/runs/{run}/cite", response_model=models.Cite)
def cited(request: Request, run: Run) -> Any:
    """How to cite a run, and what it rests on."""
    return cite(run, shelf(request).run(run))


@router.get("/runs/{run}/csv/{chart}", response_class=Response, responses=CSV)
def table(
    request: Request, run: Run, chart: Chart, measures: Keys = USUAL, group: Group = "all",
    month: Month = None,
) -> Response:  # fmt: skip
    """A table with its metadata."""
    runs = shelf(request)
    document = runs.run(run)
    if chart == "months":
        text = takeaway.months(run, document, by_month(runs, run, measures, group))
    elif chart == "anatomy":
        text = takeaway.anatomy(run, document, dissected(runs, run))
    elif chart == "register":
        found = people.listed(runs.lives(run), month, 100_000, 0)
        text = takeaway.register(run, document, found)
    else:
        plain = {"measures": takeaway.measures, "groups": takeaway.groups,
                 "numbers": takeaway.numbers}  # fmt: skip
        text = plain[chart](run, document)
    return attached(text, f"{run}-{chart}.csv", "text/csv")


# ---- side by side


def side_by_side(runs: Shelf, names: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Runs side by side, and their documents."""
    asked = [name.strip() for name in names.split(",") if name.strip()]
    if not 1 <= len(asked) <= RUNS_MOST:
        raise Refused(422, f"runs: {len(asked)} are named.", "runs",
                      f"two to {RUNS_MOST}, or one comparison")  # fmt: skip
    named = [(name, runs.document(name)) for name in asked]
    return looks.compare(named), [document for _, document in named]


@router.get("/compare", response_model=models.Comparison)
def compare(request: Request, runs: Names) -> Any:
    """Two to four runs side by side; of a comparison its schemes."""
    return side_by_side(shelf(request), runs)[0]


@router.get("/compare.csv", response_class=Response, responses=CSV)
def compare_table(request: Request, runs: Names) -> Response:
    """The same as a table."""
    found, documents = side_by_side(shelf(request), runs)
    return attached(takeaway.compared(found, documents), "compare.csv", "text/csv")
