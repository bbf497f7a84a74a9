"""Guard: who may speak with the server, and what a browser is told to keep from its pages.

token (address, cookie or header), Host, Origin, length of the body  ->  the app, or a refusal

The token is Jupyter's way: only who can read the terminal has the address.  Host is held against
the server's own names, so that a name of somebody's that is made to point at the loopback finds
nothing (DNS rebinding); a call that changes something must come from a page of this server.
"""

import hmac
import json
from html import escape
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from demerit.explorer.faults import Fault, body

BODY_MAX = 300_000  # bytes
READING = ("GET", "HEAD")
POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
    "font-src 'self'", "connect-src 'self'", "form-action 'none'", "base-uri 'none'",
    "frame-ancestors 'none'",
))  # fmt: skip
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
NO_TOKEN = Fault(
    what="This page belongs to whoever started it.",
    mend="Open the address that `demerit explore` printed, with the token at its end.",
)


class Guard:
    """Stands before the app: refuses what may not reach it, and adds headers to every answer."""

    def __init__(self, app: ASGIApp, token: str, port: int):
        self.app, self.token = app, token.encode()
        self.cookie = f"demerit-{port}"  # cookies are shared by all ports of a host
        self.hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        self.origins = {f"http://{host}" for host in self.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a call through, or answer it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # no web sockets
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = {
            key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]
        }

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = [(k.encode(), v.encode()) for k, v in HEADERS.items()]
                if not any(key == b"cache-control" for key, _ in message["headers"]):
                    extra.append((b"cache-control", b"no-store"))
                message["headers"] = [*message["headers"], *extra]
            await send(message)

        if refusal := self.stranger(scope, headers):
            await answer(sealed, *refusal)
        elif entered := self.entering(scope):
            await answer(sealed, *entered, page=wants_page(headers))
        elif not self.known(headers):
            bearer = {"www-authenticate": "Bearer"}
            await answer(sealed, 401, NO_TOKEN, bearer, page=wants_page(headers))
        elif scope["method"] in READING:
            await self.app(scope, receive, sealed)
        elif (whole := await read(receive)) is None:
            await answer(sealed, 413, Fault(what=f"the body is longer than {BODY_MAX:,} bytes."))
        else:
            await self.app(scope, replay(whole, receive), sealed)

    def stranger(self, scope: Scope, headers: dict[str, str]) -> tuple[int, Fault] | None:
        """Why a call may not come from where it comes, if it may not."""
        if headers.get("host", "").lower() not in self.hosts:
            return 400, Fault(what="Host: this server answers to its own address alone.",
                              where="Host", allowed=", ".join(sorted(self.hosts)))  # fmt: skip
        if scope["method"] in READING:
            return None
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        if (origin is not None and origin not in self.origins) or site not in (
            "same-origin", "none",
        ):  # fmt: skip
            return 403, Fault(what="Origin: another site may not change anything here.",
                              where="Origin", allowed=", ".join(sorted(self.origins)))  # fmt: skip
        return None

    def entering(self, scope: Scope) -> tuple[int, Fault | None, dict[str, str]] | None:
        """The answer to an address with a token: the same without it, and a cookie."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = [value for key, value in query if key == "token"]
        if scope["path"] != "/" or scope["method"] != "GET" or not given:
            return None
        if not self.matches(given[-1]):
            return 401, NO_TOKEN, {}
        rest = urlencode([(key, value) for key, value in query if key != "token"])
        cookie = f"{self.cookie}={self.token.decode()}; HttpOnly; SameSite=Strict; Path=/"
        return 303, None, {"location": f"/?{rest}" if rest else "/", "set-cookie": cookie}

    def known(self, headers: dict[str, str]) -> bool:
        """Does the call bring the token, as a cookie or as `Authorization: Bearer`?"""
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.matches(bearer.strip()):
            return True
        try:
            morsel = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return morsel is not None and self.matches(morsel.value)

    def matches(self, given: str) -> bool:
        """Is this the token?  Takes as long whatever of it is right."""
        return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self.token)


def wants_page(headers: dict[str, str]) -> bool:
    """Is it a browser that opens an address, rather than a script?"""
    return "text/html" in headers.get("accept", "").lower()


async def answer(
    send: Send, status: int, fault: Fault | None, headers: dict[str, str] | None = None,
    page: bool = False,
) -> None:  # fmt: skip
    """Answer a call without the app: in JSON, or in sentences to who asks for a page."""
    told = "" if not fault else as_page(fault) if page else json.dumps(body(fault))
    data = told.encode()
    kind = "text/html; charset=utf-8" if page else "application/json"
    fields = {"content-type": kind, "content-length": str(len(data)), **(headers or {})}
    listed = [(k.encode(), v.encode("latin-1", "replace")) for k, v in fields.items()]
    await send({"type": "http.response.start", "status": status, "headers": listed})
    await send({"type": "http.response.body", "body": data})


def as_page(fault: Fault) -> str:
    """A fault as a page of its own, which loads nothing.

    >>> as_page(Fault(what="No <b>.", mend="Ask."))[-40:]
    '<h1>No &lt;b&gt;.</h1><p>Ask.</p></main>'
    """
    what, mend = escape(fault.what), escape(fault.mend or "")
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>demerit</title>'
    return f"{head}<main><h1>{what}</h1><p>{mend}</p></main>"


async def read(receive: Receive) -> bytes | None:
    """The whole body of a call; none where it is too long."""
    whole = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return whole
        whole += message.get("body", b"")
        if len(whole) > BODY_MAX:
            return None
        if not message.get("more_body"):
            return whole


def replay(whole: bytes, receive: Receive) -> Receive:
    """A body that was read, for the app to read again."""
    told = False

    async def again() -> Any:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": whole, "more_body": False}

    return again
