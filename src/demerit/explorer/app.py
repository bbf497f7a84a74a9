"""App: the server put together.

Shelf, token, port  ->  pages, API, guard
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import FileResponse, HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp

from demerit import __version__
from demerit.explorer import faults
from demerit.explorer.calls import choices, course, lives, runs, work
from demerit.explorer.guard import Guard
from demerit.explorer.jobs import Desk
from demerit.explorer.shelf import Shelf

STATIC = Path(__file__).parent / "static"
NO_PAGE = "<!doctype html><title>demerit</title><p>The pages are not installed; the API is.</p>"
ABOUT = (
    "Runs a citizen-scoring scheme on a synthetic society. No real person goes in: a question "
    "names a scheme, a society, how many people, months and a seed."
)


def plain(shelf: Shelf, desk: Desk, threads: int = 1, warm: bool = True) -> FastAPI:
    """The app without its guard, for those who ask it about itself."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        desk.start(warm)
        yield
        desk.stop()

    app = FastAPI(
        title="demerit explore", version=__version__, description=ABOUT, lifespan=lifespan,
        openapi_url="/api/openapi.json", docs_url=None, redoc_url=None,
        responses=faults.ANSWERS,
    )  # fmt: skip
    app.state.shelf, app.state.desk, app.state.threads = shelf, desk, threads
    faults.answer_all(app)
    for calls in (choices, work, lives, course, runs):
        app.include_router(calls.router)

    @app.get("/", include_in_schema=False)
    def page() -> Response:
        index = STATIC / "index.html"
        return FileResponse(index) if index.is_file() else HTMLResponse(NO_PAGE)

    @app.get("/favicon.ico", include_in_schema=False)
    def icon() -> Response:
        return Response(status_code=204)

    if STATIC.is_dir():
        app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(GZipMiddleware, minimum_size=2_000, compresslevel=5)
    return app


def guarded(app: FastAPI, token: str, port: int) -> ASGIApp:
    """The app behind its guard."""
    return Guard(app, token, port)


def build(folder: Path, named: Path | None, token: str, port: int, threads: int = 1,
          **kept: Any) -> ASGIApp:  # fmt: skip
    """The whole server."""
    shelf = Shelf(folder, named)
    return guarded(plain(shelf, Desk(shelf), threads, **kept), token, port)
