"""A real server: twenty readers at once while a run is at work, and the command that starts it."""

import importlib.util
import json
import os
import shlex
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import uvicorn
from click.testing import CliRunner
from explorer_asks import ASKED, SMALL, TOKEN, events_of

from demerit import storage
from demerit.cli import demerit
from demerit.explorer import serve
from demerit.explorer.app import build
from demerit.facts import InputError

READERS = 20


@pytest.fixture(scope="module")
def address(folder, made):
    """A server of its own on the same folder."""
    with serve.listen(0) as bound:
        port = bound.getsockname()[1]
        app = build(folder, None, TOKEN, port, 2, warm=False)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(20)


def browser(address):
    headers = {"authorization": f"Bearer {TOKEN}"}
    return httpx.Client(base_url=address, headers=headers, timeout=60, trust_env=False)


def test_twenty_readers_at_once_are_all_answered_while_a_run_is_at_work(address, made):
    run, _ = made
    with browser(address) as one:
        job = one.post("/api/jobs", json=SMALL | {"people": 20_000, "seed": 9}).json()["job"]

    def read(k):
        with browser(address) as client:
            found = [client.get("/api/about"), client.post("/api/scheme", json=ASKED)]
            waited = [answer.elapsed.total_seconds() for answer in found]
            for path in ("", "/measures", "/months", "/anatomy", "/society", "/register",
                         "/find?where=wrongly sanctioned"):  # fmt: skip
                found.append(client.get(f"/api/runs/{run}{path}"))
            ends = events_of(client, job)[-1]
            return [answer.status_code for answer in found], ends, max(waited)

    with ThreadPoolExecutor(READERS) as pool:
        answers = list(pool.map(read, range(READERS)))

    assert {code for codes, _, _ in answers for code in codes} == {200}
    assert {name for _, (name, _), _ in answers} == {"done"}
    assert len({data["run"] for _, (_, data), _ in answers}) == 1
    assert max(waited for _, _, waited in answers) < 30


def test_it_listens_on_the_loopback_alone():
    with serve.listen(0) as bound:
        assert bound.getsockname()[0] == "127.0.0.1"
        with pytest.raises(InputError, match="name another"):
            serve.listen(bound.getsockname()[1])


def test_the_command_says_what_is_missing(monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "fastapi" else find(name)
    )
    result = CliRunner().invoke(demerit, ["explore", "--no-browser"])

    assert isinstance(result.exception, InputError)
    assert "demerit[web]" in str(result.exception)
    assert "uvicorn" not in str(result.exception)


def test_a_run_that_is_none_is_said_before_anything_is_served(tmp_path):
    result = CliRunner().invoke(demerit, ["explore", str(tmp_path / "nothing"), "--no-browser"])
    assert isinstance(result.exception, InputError)
    (tmp_path / "file").write_text("")
    result = CliRunner().invoke(demerit, ["explore", "--runs", str(tmp_path / "file")])
    assert isinstance(result.exception, InputError)


def test_no_web_package_is_imported_by_other_commands():
    code = (
        "import sys, demerit.cli, demerit.commands.explore, demerit.commands.run; "
        "print([m for m in ('fastapi', 'uvicorn', 'starlette', 'numpy') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"


@pytest.mark.slow
def test_the_command_serves_until_it_is_told_to_end(folder, made, tmp_path):
    command = [sys.executable, "-m", "demerit", "explore", str(folder / made[0]), "--no-browser",
               "--json", "--runs", str(tmp_path)]  # fmt: skip
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        text = ""
        while not text.rstrip().endswith("}"):
            text += process.stdout.readline()
        told = json.loads(text)
        base, _, token = told["address"].partition("/?token=")
        with httpx.Client(base_url=base, trust_env=False, timeout=60) as client:
            assert len(token) >= 32
            assert client.get(f"/?token={token}", follow_redirects=True).status_code == 200
            about = client.get("/api/about").json()
            assert about["run"] == made[0] == told["run"]
            assert client.get(f"/api/runs/{made[0]}").status_code == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def test_the_command_that_a_page_tells_repeats_its_run(client, run, folder, tmp_path, monkeypatch):
    told = client.get(f"/api/runs/{run}/command").json()
    monkeypatch.chdir(tmp_path)
    Path(told["file"]["name"]).write_text(told["file"]["text"], encoding="utf-8")
    arguments = shlex.split(told["command"])
    result = CliRunner().invoke(demerit, [*arguments[1:], "--out", "again"], catch_exceptions=False)
    assert result.exit_code == 0
    again, first = storage.read_document(Path("again")), storage.read_document(folder / run)

    assert arguments[:3] == ["demerit", "run", "suining-changed.toml"]
    assert again["digest"] == first["digest"]
    assert again["measures"] == first["measures"]
    assert again["set"] == first["set"] == ["agencies.agency.*.false=x2"]


def test_the_command_of_a_question_repeats_it_too(client, run, folder):
    asked = client.post("/api/scheme", json=ASKED).json()
    document = storage.read_document(folder / run)

    assert document["command"] == f"{asked['command']} --place {document['place']}"
    assert document["explorer"]["digest"] == asked["digest"]
