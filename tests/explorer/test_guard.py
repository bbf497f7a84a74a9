"""Who may speak with the server, and what browsers are told to keep from its pages."""

import hmac
import inspect

import pytest
from explorer_asks import HOME, PORT, SMALL, TOKEN
from starlette.websockets import WebSocketDisconnect

from demerit.explorer import guard


def test_without_a_token_nothing_is_answered(stranger):
    for path in ("/", "/static/x.js", "/api/about", "/api/openapi.json", "/api/runs", "/nothing"):
        answer = stranger.get(path)

        assert answer.status_code == 401
        assert "demerit explore" in answer.json()["error"]["mend"]


@pytest.mark.parametrize("path", ["/", "/?token=x", "/api/about"])
def test_without_a_token_a_browser_is_told_in_a_page(stranger, path):
    accept = "text/html,application/xhtml+xml,*/*;q=0.8"
    answer = stranger.get(path, headers={"accept": accept})

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "<p>Open the address that `demerit explore` printed" in answer.text
    assert "{" not in answer.text
    assert TOKEN not in answer.text


def test_the_address_gives_a_cookie_and_is_left_without_the_token(stranger):
    answer = stranger.get(f"/?token={TOKEN}&run=a%20b", follow_redirects=False)

    cookie = answer.headers["set-cookie"]
    assert (answer.status_code, answer.headers["location"]) == (303, "/?run=a+b")
    assert f"demerit-{PORT}={TOKEN}" in cookie
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert stranger.get("/api/about").status_code == 200
    stranger.cookies.clear()


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], TOKEN + "x", "é\ud7ff", "%00"])
def test_another_token_opens_nothing(stranger, token):
    headers = {"authorization": f"Bearer {token}".encode("utf-8", "replace")}
    cookie = {"cookie": f"demerit-{PORT}={token}".encode("utf-8", "replace")}

    assert stranger.get("/", params={"token": token}).status_code == 401
    assert stranger.get("/api/about", headers=headers).status_code == 401
    assert stranger.get("/api/about", headers=cookie).status_code == 401


def test_tokens_are_compared_in_constant_time():
    assert "hmac.compare_digest" in inspect.getsource(guard.Guard.matches)
    assert guard.hmac is hmac
    assert inspect.getsource(guard).count("self.token") == 3  # made, compared, and in the cookie


def test_a_token_opens_the_first_page_alone(stranger):
    assert stranger.get(f"/api/about?token={TOKEN}").status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:81", "localhost.evil.example:8000", ""]
)
def test_another_host_is_refused_whoever_asks(client, host):
    answer = client.get("/api/about", headers={"host": host})

    assert answer.status_code == 400
    assert answer.json()["error"]["where"] == "Host"


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000"]
)
def test_the_servers_own_names_are_its_hosts(client, host):
    assert client.get("/api/about", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("method", ["post", "delete", "put", "patch"])
@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "https://127.0.0.1:8000"},
     {"origin": "http://127.0.0.1:9999"}, {"sec-fetch-site": "cross-site"},
     {"sec-fetch-site": "same-site"}],
)  # fmt: skip
def test_another_origin_changes_nothing(client, method, headers):
    answer = client.request(method, "/api/jobs", headers=headers)

    assert answer.status_code == 403
    assert answer.json()["error"]["where"] == "Origin"


def test_the_pages_own_origin_may(client):
    headers = {"origin": HOME, "sec-fetch-site": "same-origin"}

    assert client.post("/api/scheme", json=SMALL, headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/", "/api/about", "/api/nothing", "/static/nothing.js"])
def test_every_answer_forbids_what_pages_do_without(client, path):
    answer = client.get(path)
    policy = dict(
        part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; ")
    )

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "http" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in answer.headers


def test_refusals_carry_the_same_headers(stranger):
    assert stranger.get("/").headers["content-security-policy"] == guard.POLICY


def test_a_long_body_is_refused_before_it_is_read_as_json(client):
    answer = client.post("/api/scheme", content=b"x" * (guard.BODY_MAX + 1))

    assert answer.status_code == 413


def test_there_are_no_web_sockets(client):
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/api/about"):
        pass


def test_an_unknown_address_and_method_are_errors_of_the_same_form(client):
    nothing, method = client.get("/api/nothing"), client.put("/api/runs")

    assert (nothing.status_code, method.status_code) == (404, 405)
    assert set(nothing.json()["error"]) == {"what", "where", "allowed", "mend"}
    assert set(method.json()["error"]) == {"what", "where", "allowed", "mend"}
