"""Lives: the synthetic people of a run, lived again.  Nobody else can be looked up."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request

from demerit.explorer import dots, models, people, play
from demerit.explorer.calls.runs import Limit, Month, Offset, Run, shelf

router = APIRouter(prefix="/api/runs/{run}", tags=["people"])
Id = Annotated[int, Path(ge=0, le=2**40, description="id of a synthetic person of this run")]
CHOICES_LONGEST = 200
Viewer = Literal["citizen", "partner", "clerk", "subject", "laboratory"]


@router.get("/society", response_model=models.Dots)
def society(
    request: Request, run: Run, people: Annotated[int, Query(ge=100, le=8_000)] = 3_000
) -> Any:
    """Some thousands of people as dots, by month, with the scheme and without."""
    runs = shelf(request)
    return runs.once(run, ("society", people), lambda: dots.dots(runs.lives(run), people))


@router.get("/find", response_model=models.Found)
def find(
    request: Request, run: Run,
    where: Annotated[str, Query(min_length=1, max_length=400, examples=["wrongly sanctioned"])],
    limit: Limit = 20,
) -> Any:  # fmt: skip
    """Ids of synthetic people who meet conditions, joined by commas."""
    runs = shelf(request)
    key = ("find", where, limit)
    return runs.once(run, key, lambda: people.find(runs.lives(run), where, limit))


@router.get("/people/{id}", response_model=models.Life)
def life(request: Request, run: Run, id: Id) -> Any:
    """One life, told twice: with the scheme and without, month by month."""
    runs = shelf(request)
    return runs.once(run, ("life", id), lambda: people.life(runs.lives(run), id))


@router.get("/people/{id}/play", response_model=models.Play)
def played(
    request: Request, run: Run, id: Id,
    choices: Annotated[str, Query(max_length=CHOICES_LONGEST, examples=["", "*.*."], description=(
        "for each month a letter for each offer (1 yes, 0 no, - as the model has it), or *, then a "
        "point"))] = "",
) -> Any:  # fmt: skip
    """A life some of whose choices are made by the reader, so far, and what is open next."""
    return play.played(shelf(request).lives(run), id, choices)


@router.get("/people/{id}/file", response_model=models.FileView)
def file(
    request: Request, run: Run, id: Id,
    viewer: Annotated[Viewer, Query(alias="as")] = "clerk", month: Month = None,
    kind: Literal["person", "firm", "official"] = "person",
) -> Any:  # fmt: skip
    """The file of a person, of the firm that they own or the office that they hold."""
    runs = shelf(request)
    key = ("file", id, viewer, month, kind)
    return runs.once(run, key, lambda: people.view(runs.lives(run), kind, id, viewer, month))


@router.get("/register", response_model=models.Register)
def register(
    request: Request, run: Run, month: Month = None, limit: Limit = 100, offset: Offset = 0
) -> Any:
    """The public list of a month, of the people looked at."""
    runs = shelf(request)
    key = ("register", month, limit, offset)
    return runs.once(run, key, lambda: people.listed(runs.lives(run), month, limit, offset))
