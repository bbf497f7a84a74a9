"""Faults: every error of the server as one form of JSON, with the status that fits it."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from demerit.facts import InputError
from demerit.run import RunError

WORDS = {404: "there is nothing at this address", 405: "this address does not take that method"}


class Fault(BaseModel):
    """What went wrong, in a sentence; where, what is allowed, and how to mend it."""

    what: str
    where: str | None = None
    allowed: str | None = None
    mend: str | None = None


class Refusal(BaseModel):
    """The body of every answer that is an error."""

    error: Fault


class Refused(Exception):  # noqa: N818 (an answer, not a mistake)
    """An answer that is an error, with its status."""

    def __init__(self, status: int, what: str, where: str | None = None,
                 allowed: str | None = None, mend: str | None = None):  # fmt: skip
        super().__init__(what)
        self.status = status
        self.fault = Fault(what=what, where=where, allowed=allowed, mend=mend)


ANSWERS: dict[int | str, dict[str, Any]] = {
    400: {"model": Refusal, "description": "Host is not this server's"},
    401: {"model": Refusal, "description": "No token"},
    403: {"model": Refusal, "description": "Another site asks"},
    404: {"model": Refusal, "description": "There is none of this name"},
    409: {"model": Refusal, "description": "The run is damaged, or has no lives to show"},
    413: {"model": Refusal, "description": "The body is too large"},
    422: {"model": Refusal, "description": "The input is wrong"},
    429: {"model": Refusal, "description": "The queue is full"},
    500: {"model": Refusal, "description": "A fault of the program"},
}


def body(fault: Fault) -> dict[str, Any]:
    """The body of an error."""
    return Refusal(error=fault).model_dump()


def fault_of(error: BaseException) -> Fault:
    """Any error as a fault: what a job that failed says of itself."""
    if isinstance(error, Refused):
        return error.fault
    if isinstance(error, InputError | RunError):
        return Fault(what=str(error))
    if isinstance(error, MemoryError):
        return Fault(what="There is not enough memory.", mend="Ask for fewer people.")
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return Fault(what=f"{where}{error.strerror or error}")
    return Fault(
        what=f"A fault of the program, {type(error).__name__}: {str(error)[:300]}",
        mend="Please report it.",
    )


def invalid(error: RequestValidationError) -> Fault:
    """The first thing that is wrong with what was sent."""
    first = error.errors()[0]
    place = [str(part) for part in first["loc"] if part not in ("body", "query", "path")]
    where = ".".join(place)[:200] or None
    said = first["msg"][:300]
    more = len(error.errors()) - 1
    also = f" {more} more like it." if more else ""
    return Fault(
        what=f"{where or 'the body'}: {said}.{also}",
        where=where,
        allowed=said,
        mend="docs/explorer.md and /api/openapi.json say what each call takes.",
    )


def answer_all(app: FastAPI) -> None:
    """Let every error of the app be answered in this form."""

    @app.exception_handler(Refused)
    def refused(_: Request, error: Refused) -> JSONResponse:
        return JSONResponse(body(error.fault), error.status)

    @app.exception_handler(InputError)
    def wrong(_: Request, error: InputError) -> JSONResponse:
        return JSONResponse(body(fault_of(error)), 422)

    @app.exception_handler(RequestValidationError)
    def unreadable(_: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse(body(invalid(error)), 422)

    @app.exception_handler(HTTPException)
    def http(_: Request, error: HTTPException) -> JSONResponse:
        status = 422 if error.status_code == 400 else error.status_code  # a body that is no JSON
        what = WORDS.get(status, str(error.detail))
        return JSONResponse(body(Fault(what=what)), status, error.headers)

    @app.exception_handler(Exception)
    def broken(_: Request, error: Exception) -> JSONResponse:
        return JSONResponse(body(fault_of(error)), 500)
