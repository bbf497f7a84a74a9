"""The commands that look up synthetic people: what they print, and how they fail."""

import json
import re
import shutil

import pytest

from demerit import cli, run, storage
from demerit.commands import bench
from demerit.commands.people import SUBJECTS, VIEWERS
from demerit.replay import find as of_find
from demerit.replay.conditions import parse
from demerit.replay.file import VIEWS
from demerit.replay.find import find
from demerit.replay.recorded import recall
from demerit.replay.register import KINDS


@pytest.fixture
def call(capsys):
    """Run the command line in this process: (exit code, stdout, stderr)."""

    def call(*arguments):
        with pytest.raises(SystemExit) as ended:
            cli.main(list(map(str, arguments)))
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return call


@pytest.fixture(scope="module")
def document(folder):
    return storage.read_lives(folder)[0]


@pytest.fixture(scope="module")
def someone(folder):
    """A grown-up of the run."""
    document, frames, climate = storage.read(folder)
    return find(recall(document, climate), frames, parse("scored, over 30"), 1)[0]


COMMANDS = ["person {0} {1}", "file {0} {1}", "file {0} {1} --as clerk", "register {0}",
            "find {0} --where rural"]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_the_first_line_says_that_these_people_do_not_exist(
    call, folder, someone, document, command
):
    code, out, err = call(*command.format(folder, someone).split())

    assert (0, "", document["statement"]) == (code, err, out.splitlines()[0])


@pytest.mark.parametrize("command", COMMANDS)
def test_json_is_one_document_that_begins_with_the_statement(
    call, folder, someone, document, command
):
    code, out, err = call(*command.format(folder, someone).split(), "--json")
    found = json.loads(out)

    assert (0, "") == (code, err)
    assert "statement" == next(iter(found))
    assert ("small", "suining", 5) == (found["run"], found["scheme"], found["seed"])


def test_a_life_is_told_month_by_month(call, folder, someone):
    _, out, _ = call("person", folder, someone, "--all")

    assert ["month 0:", "month 1:", "month 2:"] == re.findall(r"^month \d:", out, re.MULTILINE)
    assert f"Person {someone} of small" in out


def test_a_view_of_a_file_is_that_of_its_viewer(call, folder, someone):
    for viewer in VIEWERS:
        _, out, _ = call("file", folder, someone, "--as", viewer, "--month", 1, "--json")
        found = json.loads(out)

        assert (viewer, 1, someone) == (found["as"], found["month"], found["person"])
    assert tuple(VIEWS) == VIEWERS
    assert tuple(KINDS) == SUBJECTS


def test_find_gives_as_many_as_the_limit_and_says_how_many_there_are(call, folder):
    _, out, _ = call("find", folder, "--where", "urban", "--limit", 3, "--json")
    urban = json.loads(out)
    _, out, _ = call("find", folder, "--where", "not urban", "--limit", 3, "--json")

    assert 3 == len(urban["ids"])
    assert 2_500 == urban["count"] + json.loads(out)["count"]


def test_find_says_how_many_it_looked_at_in_a_large_run(call, folder, monkeypatch):
    monkeypatch.setattr(run, "PEOPLE_MAX", 2_000)  # as if 2,500 were many
    monkeypatch.setattr(of_find, "HAND", 1)
    _, out, _ = call("find", folder, "--where", "urban", "--limit", 3)
    code, text, _ = call("find", folder, "--where", "urban", "--limit", 3, "--json")
    found = json.loads(text)

    assert 0 == code
    assert "of the first 1,250 of 2,500 people" in out
    assert (False, 1_250, 3) == (found["whole"], found["looked_at"], len(found["ids"]))


def test_the_help_of_find_lists_the_conditions(call):
    _, out, _ = call("find", "--help")

    assert all(word in out for word in ("wrongly sanctioned", "over AGE", "refused DOOR"))


WRONG = {
    "person {0} 1": ["person 1:", "does not live in this run", "the nearest is"],
    "person {0} Li": ["'Li'", "a whole number", "demerit find"],
    "person {0} firm:5": ["'firm:5'", "only persons"],
    "file {0} shop:5": ["'shop'", "firm:", "official:"],
    "file {0} firm:{1}": ["suining does not score firms", "[firms]"],
    "file {0} official:{1}": ["suining does not score officials", "[officials]"],
    "register {0} --kind firm": ["suining does not score firms", "[firms]"],
    "person {0} 99999999999999999999": ["no id"],
    "file {0} {1} --month 3": ["--month 3", "months 0 to 2"],
    "file {0} {1} --as police": ["police", "laboratory"],
    "register {0} --month -1": ["month -1", "months 0 to 2"],
    "register {0} --kind firms": ["firms", "person"],
    "find {0} --where tall": ["'tall'", "There are: urban"],
    "find {0}": ["--where"],
    "find nowhere --where rural": ["nowhere", "no such run folder"],
    "person nowhere 1": ["nowhere", "no such run folder"],
}


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_input_is_one_message_and_exit_2(call, folder, someone, arguments):
    code, out, err = call(*arguments.format(folder, someone).split())

    assert (2, "") == (code, out)
    assert err.startswith("demerit: ")
    assert all(word in err for word in WRONG[arguments])


@pytest.mark.parametrize("name", ["climate.parquet", "run.json", "frames.parquet"])
def test_a_damaged_run_is_named_and_not_read(call, folder, tmp_path, name):
    broken = tmp_path / "broken"
    shutil.copytree(folder, broken)
    data = bytearray((broken / name).read_bytes())
    data[len(data) // 2] ^= 1
    (broken / name).write_bytes(data)

    for command in ("person {0} 1", "find {0} --where rural"):
        code, out, err = call(*command.format(broken).split())

        assert (2, "") == (code, out)
        assert f"{name}: was changed after the run" in err


@pytest.mark.slow
def test_single_lives_are_timed_by_the_command_and_in_a_process(call, folder, monkeypatch):
    monkeypatch.setattr(bench, "LIVES", 1)
    code, out, err = call(*f"bench --workload replay --run {folder} --json".split())
    (row,) = json.loads(out)["rows"]

    assert (0, "") == (code, err)
    assert ("replay, 3 months", 2_500, 1) == (row["workload"], row["people"], row["lives"])
    for name in ("person", "file"):
        assert 0 < row[f"{name}_seconds"] < row["command_seconds"]
    assert 2 == call("bench", "--workload", "replay")[0]
    assert 2 == call("bench", "--run", folder)[0]
