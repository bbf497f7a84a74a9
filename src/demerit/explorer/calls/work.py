"""Work: questions put, looked after, cancelled; and what a job says while it is at it."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Path, Query, Request
from fastapi.responses import StreamingResponse

from demerit.explorer import models
from demerit.explorer.calls.choices import ready
from demerit.explorer.jobs import Desk, Job
from demerit.explorer.models import Question

router = APIRouter(prefix="/api/jobs", tags=["jobs"])
PAUSE, BEAT = 0.05, 10.0  # seconds between two looks, and between two signs of life
Key = Annotated[str, Path(pattern=r"^j-[0-9]{1,9}-[0-9a-f]{8}$", examples=["j-1-9f3c2a7e"])]
EVENTS = (
    "queued started compiling before month four measures rest not_known done cancelled error"
).split()
First = Annotated[Literal["run", "four"], Query(description="what is told as soon as may be")]
STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"schema": {
              "type": "object", "required": ["event", "data", "id"],
              "properties": {
                  "event": {"enum": EVENTS},
                  "data": {"type": "string", "description": "JSON"},
                  "id": {"type": "string"},
              },
          }}},
          "description": "Server-sent events, to the end of the job"},
}  # fmt: skip


@router.post("", status_code=202, response_model=models.Job)
def put(request: Request, question: Question, first: First = "run") -> Any:
    """Put a question; the same at work is the same job, one that was answered is done at once."""
    state = request.app.state
    job = state.desk.put(ready(question, state.threads), four_first=first == "four")
    return row(state.desk, job)


@router.get("", response_model=models.Jobs)
def listed(request: Request) -> Any:
    """All jobs that are remembered, latest first."""
    desk: Desk = request.app.state.desk
    return {"jobs": [row(desk, job) for job in reversed(list(desk.jobs.values()))]}


@router.get("/{job}", response_model=models.Job)
def one(request: Request, job: Key) -> Any:
    """One job."""
    desk: Desk = request.app.state.desk
    return row(desk, desk.find(job))


@router.delete("/{job}", response_model=models.Job)
@router.post("/{job}/cancel", response_model=models.Job)
def cancel(request: Request, job: Key) -> Any:
    """Let a job end; of one that has ended it changes nothing."""
    desk: Desk = request.app.state.desk
    found = desk.find(job)
    desk.cancel(found)
    return row(desk, found)


@router.get("/{job}/events", response_class=StreamingResponse, responses=STREAM)
async def events(
    request: Request, job: Key,
    last_event_id: Annotated[str | None, Header(max_length=20)] = None,
) -> StreamingResponse:  # fmt: skip
    """What a job has said and says, from the first event or after `Last-Event-ID`, to its end."""
    found = request.app.state.desk.find(job)
    after = int(last_event_id) if last_event_id and last_event_id.isdecimal() else 0
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(
        stream(request, found, after), media_type="text/event-stream", headers=headers
    )


async def stream(request: Request, job: Job, after: int) -> AsyncIterator[str]:
    """The events of a job as a browser reads them."""
    sent, spoke = after, time.monotonic()
    yield "retry: 2000\n\n"
    while True:
        ended = job.ended  # before the events are read: the last is there when it has ended
        for number, (event, data) in enumerate(job.events[sent:], sent + 1):
            yield f"id: {number}\nevent: {event}\ndata: {json.dumps(data, allow_nan=False)}\n\n"
            sent, spoke = number, time.monotonic()
        if ended or await request.is_disconnected():
            return
        if time.monotonic() - spoke > BEAT:
            yield ": still at it\n\n"
            spoke = time.monotonic()
        await asyncio.sleep(PAUSE)


def row(desk: Desk, job: Job) -> dict[str, Any]:
    """What is said of a job."""
    return {
        "job": job.key, "state": job.state, "position": desk.position(job),
        "run": job.run if job.state == "done" else None, "cached": job.cached,
        "digest": job.digest, "question": job.asked.question, "events": len(job.events),
        "error": job.error.model_dump() if job.error else None, "command": job.command,
    }  # fmt: skip
