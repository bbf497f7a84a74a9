"""The explorer as a reader meets it: its server as a process, its pages in headless Chromium."""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

VENDOR = Path(__file__).parents[1] / "vendor"
PATIENCE = int(os.environ.get("PATIENCE", "180000"))  # ms: a kernel may have to be compiled first
BY_HAND = "by-hand"  # a run that the command line made
SMALL = "people=3000&months=8"  # of every run here
LISTS = f"scheme=court-list&{SMALL}"  # a scheme under which somebody is soon under sanction
DESKTOP, PHONE = (1280, 900), (360, 740)


def pytest_collection_modifyitems(items):
    """All that is in this folder needs a browser, but for what reads files alone."""
    for item in items:
        if Path(__file__).parent in item.path.parents and "opened" in getattr(
            item, "fixturenames", ()
        ):
            item.add_marker(pytest.mark.browser)


class Server:
    """A running `demerit explore`, and what it says."""

    def __init__(self, process, address, runs):
        self.process, self.address, self.runs = process, address, runs
        parts = urlsplit(address)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.token = parts.query.removeprefix("token=")

    def run_of(self, scheme, changes=None):
        """The name of the small run of a scheme that the page has asked for, all else as usual:
        other tests leave runs with another seed, or without a mechanism, on the same server."""
        asked = self.ask("/api/about")["usual"] | {"society": None, "people": 3000, "months": 8}
        asked |= {"scheme": scheme, "changes": changes or {}}
        rows = [row for row in self.ask("/api/runs")["runs"] if row["asked"]]
        return next(r["name"] for r in rows if asked == r["asked"] | {"society": None})

    def ask(self, path, body=None):
        """The JSON of a call."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.origin + path, data, headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)


def demerit(*words, folder):
    """`demerit WORDS` in a folder; its stdout."""
    command = [sys.executable, "-m", "demerit", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def command():
    return demerit


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    runs = tmp_path_factory.mktemp("explorer") / "runs"
    runs.mkdir()
    demerit("run", "court-list", "--people", "3k", "--months", "8", "--quick", "--out",
            runs / BY_HAND, folder=runs.parent)  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "demerit", "explore", "--no-browser", "--runs", str(runs)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=runs.parent,
    )  # fmt: skip
    said = []
    for line in process.stdout:
        said.append(line)
        if found := next((word for word in line.split() if "?token=" in word), None):
            break
    else:
        pytest.fail(f"the explorer did not start: {''.join(said)}")
    yield Server(process, found, runs)
    process.terminate()
    process.wait(20)
    process.stdout.close()


class Opened:
    """A page with all that it said and asked for."""

    def __init__(self, page, server):
        self.page, self.server = page, server
        self.said, self.asked = [], []
        self.refusals = False  # whether a call may be refused: the browser says so on the console
        page.on("console", lambda m: self.said.append(m.text) if m.type != "log" else None)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda wanted: self.asked.append(wanted.url))

    def go(self, state):
        """Open a state of the page, such as guess?guess=40, and wait until it is there."""
        self.page.goto(f"{self.server.origin}/#{state}")
        self.page.wait_for_selector("main h1", timeout=PATIENCE)
        return self.page

    def questions(self):
        """The addresses of the questions that the page has put."""
        return [url for url in self.asked if urlsplit(url).path == "/api/jobs"]

    def state(self):
        """What the address holds behind #."""
        return self.page.evaluate("location.hash.slice(1)")


@pytest.fixture
def opened(browser, server):
    """Opens pages; whatever they are used for, nothing fails in them and no other host is asked."""
    contexts, pages = [], []

    def open_(size=DESKTOP, dark=False, moving=False):
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            reduced_motion="no-preference" if moving else "reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(server.address)
        found = Opened(page, server)
        pages.append(found)
        return found

    yield open_
    for found in pages:
        hosts = {urlsplit(url).netloc for url in found.asked if url.startswith("http")}
        assert hosts <= {urlsplit(server.origin).netloc}
        said = [
            line
            for line in found.said
            if not (found.refusals and line.startswith("Failed to load resource"))
        ]
        assert [] == said
    for context in contexts:
        context.close()
