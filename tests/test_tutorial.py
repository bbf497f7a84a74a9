"""Tutorial: what docs/tutorial-scheme.md tells a newcomer to type works as it stands there."""

import re
import shlex
from pathlib import Path

import pytest

from demerit import cli

PAGE = Path(__file__).parents[1] / "docs" / "tutorial-scheme.md"
FILE = "library-card.toml"
FENCE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
RUN = ("run", "verify", "--run")


def blocks():
    """The page's fenced blocks, in order: kind and text."""
    return FENCE.findall(PAGE.read_text(encoding="utf-8"))


def command(line):
    """The arguments of a command of the page, and the code that it says it ends with."""
    code = re.search(r"# exit (\d)", line)
    return shlex.split(line, comments=True)[1:], int(code[1]) if code else 0


def change(text):
    """Make a change of the page in the newcomer's file; what it takes out must be there, once."""
    rows = text.splitlines()
    old = "\n".join(row[1:] for row in rows if row.startswith("-"))
    new = "\n".join(row[1:] for row in rows if row.startswith("+"))
    whole = Path(FILE).read_text()

    assert 1 == whole.count(old), old
    Path(FILE).write_text(whole.replace(old, new))


@pytest.fixture
def follow(capsys, tmp_path, monkeypatch):
    """Follow the page as far as its commands are wanted; all that was printed."""
    monkeypatch.chdir(tmp_path)

    def follow(wanted):
        said = ""
        for kind, text in blocks():
            if kind == "diff":
                change(text)
            for line in text.splitlines() if kind == "sh" else ():
                arguments, code = command(line)
                if not wanted(line):
                    continue
                with pytest.raises(SystemExit) as ended:
                    cli.main(arguments)
                said += "".join(capsys.readouterr())
                assert (ended.value.code or 0) == code, line
            if kind == "text":
                for line in text.splitlines():
                    assert line in said
        return said

    return follow


def test_the_page_is_followed_up_to_its_run(follow):
    said = follow(lambda line: not any(word in line for word in RUN))

    assert "no faults" in said
    assert "below 60 points" in said


@pytest.mark.slow
def test_the_page_is_followed_to_its_end(follow):
    said = follow(lambda line: True)

    assert "Report: first/report.html" in said
    assert "Fundamental-rights impact assessment" in said


def test_every_command_of_the_page_is_one_of_ours():
    lines = [line for kind, text in blocks() if kind == "sh" for line in text.splitlines()]

    assert len(lines) >= 8
    assert all(line.startswith("demerit ") and command(line)[0][0] in cli.COMMANDS
               for line in lines)  # fmt: skip
