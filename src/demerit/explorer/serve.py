"""Serve: the server on the loopback, with a fresh token, until Ctrl-C.

folder of runs, port  ->  an address that is printed and opened
"""

import contextlib
import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from demerit.explorer.app import build
from demerit.facts import InputError

HOST = "127.0.0.1"  # and no other: what binds everything may be asked by anybody
TOKEN_BYTES = 24


def listen(port: int) -> socket.socket:
    """A socket on the loopback; port 0 is any that is free.  InputError where it is taken."""
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
        found.listen(128)
    except OSError as error:
        found.close()
        raise InputError(
            f"--port {port}: cannot be listened on ({error.strerror}); name another, or leave "
            "--port out for any that is free."
        ) from None
    return found


def serve(
    folder: Path, named: Path | None, port: int, browser: bool, threads: int,
    tell: Callable[[str], None],
) -> None:  # fmt: skip
    """Serve until Ctrl-C; `tell` is told the address once it is listened on."""
    with listen(port) as bound:
        port = bound.getsockname()[1]
        token = secrets.token_urlsafe(TOKEN_BYTES)
        app = build(folder, named, token, port, threads)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, date_header=False,
            limit_concurrency=256, timeout_keep_alive=30, timeout_graceful_shutdown=3,
        )  # fmt: skip
        address = f"http://{HOST}:{port}/?token={token}"
        tell(address)
        if browser:
            threading.Timer(0.5, webbrowser.open, (address,)).start()
        with contextlib.suppress(KeyboardInterrupt):  # the way to end it
            uvicorn.Server(config).run(sockets=[bound])
