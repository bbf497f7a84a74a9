"""Choices: what there is to choose from, what can be changed, and a changed scheme checked."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import ValidationError

from demerit import __version__
from demerit.explorer import catalogue, levers, models, questions
from demerit.explorer.faults import Refused
from demerit.explorer.models import KEY, Question
from demerit.explorer.questions import Asked, Faulty

router = APIRouter(prefix="/api", tags=["choices"])
STATEMENT = (
    "These people do not exist. They were computed from published totals, and most of the numbers "
    "are assumed. This says what rules would do to such people; it says nothing of what the people "
    "of any country are like."
)
TOML: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/toml": {"schema": {"type": "string"}}},
          "description": "A scheme file"},
}  # fmt: skip
SchemeKey = Annotated[str, Path(pattern=KEY, examples=["suining"])]


@router.get("/about", response_model=models.About)
def about(request: Request) -> Any:
    """The server, what it bears, and what a page begins with."""
    state = request.app.state
    return {
        "version": __version__, "statement": STATEMENT, "kernels": state.desk.kernels,
        "threads": state.threads, "usual": Question(),
        "bounds": {
            "people": [models.PEOPLE_LEAST, models.PEOPLE_MOST], "months": [1, models.MONTHS_MOST],
            "person_months": models.PERSON_MONTHS_MOST, "queue": models.QUEUE_MOST,
        },
        "run": state.shelf.named.name if state.shelf.named else None,
    }  # fmt: skip


@router.get("/catalogue", response_model=models.Catalogue)
def everything() -> Any:
    """Schemes, societies, deeds, agencies, doors, measures, mechanisms, charts, conditions."""
    return catalogue.everything()


@router.get("/schemes/{key}", response_model=models.SchemeEntry)
def one_scheme(key: SchemeKey) -> Any:
    """One scheme in plain English, with its numbers and sources."""
    return catalogue.scheme(key)


@router.get("/schemes/{key}/levers", response_model=models.Levers)
def levers_of_scheme(key: SchemeKey) -> Any:
    """What can be changed in a shipped scheme."""
    return levers_of(questions.ask(Question(scheme=key, people=models.PEOPLE_LEAST)))


@router.post("/levers", response_model=models.Levers)
def levers_of_question(question: Question) -> Any:
    """What can be changed in the scheme of a question, and what it is changed to."""
    return levers_of(ready(question))


@router.post("/scheme", response_model=models.Checked)
def checked(request: Request, question: Question) -> Any:
    """A scheme as it would run: checked, in plain English, with its red flags.  Nothing is run."""
    try:
        asked = questions.ask(question)
    except Faulty as faulty:
        return {"faults": [row._asdict() for row in faulty.found]}
    run = asked.run if request.app.state.shelf.answers(asked.run, asked.digest) else None
    return questions.checked(asked, run)


@router.post("/scheme.toml", response_class=Response, responses=TOML)
def file_of_question(question: Question) -> Response:
    """The file of a scheme as it would run, to be saved."""
    return as_file(ready(question))


@router.get("/scheme.toml", response_class=Response, responses=TOML)
def file_of_link(
    question: Annotated[str, Query(max_length=20_000, description="a question as JSON")],
) -> Response:
    """The same for a link."""
    try:
        asked = Question.model_validate(json.loads(question))
    except (ValidationError, ValueError, RecursionError) as error:
        raise Refused(422, f"question: cannot be read ({str(error)[:200]}).", "question",
                      mend="give a question as JSON, see docs/explorer.md") from None  # fmt: skip
    return as_file(ready(asked))


def ready(question: Question, threads: int = 1) -> Asked:
    """A question that can be run.  Refused for one whose scheme is faulty."""
    try:
        return questions.ask(question, threads)
    except Faulty as faulty:
        first = faulty.found[0]
        more = len(faulty.found) - 1
        also = f" {more} more faults." if more else ""
        raise Refused(
            422,
            f"{first}{also}"[:900],
            first.place or "text",
            mend="POST /api/scheme tells all faults, each with its line",
        ) from None


def levers_of(asked: Asked) -> dict[str, Any]:
    """The levers of a question."""
    now = {key: lever["now"] for key, lever in asked.moved.items()}
    found = levers.levers(asked.before, now)
    groups = [{"key": key, **row} for key, row in levers.shown()["group"].items()]
    used = {lever["group"] for lever in found}
    sources = catalogue.cited([*found, *(n for lever in found for n in lever["numbers"])])
    return {"scheme": asked.before["key"], "groups": [g for g in groups if g["key"] in used],
            "levers": found, "sources": sources}  # fmt: skip


def as_file(asked: Asked) -> Response:
    """A scheme's file as a download."""
    return attached(asked.text, asked.file or f"{asked.key}.toml", "application/toml")


def attached(text: str, name: str, kind: str) -> Response:
    """A text to be saved under a name."""
    return Response(text, media_type=f"{kind}; charset=utf-8",
                    headers={"content-disposition": f'attachment; filename="{name}"'})  # fmt: skip
