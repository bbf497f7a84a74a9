"""Check: all faults at once, each with line, place, what is allowed and the nearest key."""

import json
import re

import pytest

from demerit import cli, facts
from demerit import scheme as schemes

TEMPLATE = (facts.DATA / "template.toml").read_text()


@pytest.fixture
def call(capsys, tmp_path, monkeypatch):
    """Run the command line in an empty folder: (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        with pytest.raises(SystemExit) as ended:
            cli.main(list(map(str, arguments)))
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return call


def changed(*pairs):
    text = TEMPLATE
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def line_of(text, word):
    return next(k for k, row in enumerate(text.split("\n"), 1) if word in row)


ASIDE = r"\[(label|ground|join)|share|error|loan_default|by |month|legal_basis|annex"
FAULTS = (
    ("late_bill    =", "late_bil    ="),
    ("start = { value = 100, basis", "start = { value = 100, bases"),
    ("booked_share    = { value = 1.0", "booked_share    = { value = 7.0"),
    ("[erase]", 'colour = "red"\n[erase]'),
)


def test_faults_of_shape_and_of_keys_are_told_together_with_their_lines(call, tmp_path):
    text = changed(*FAULTS)
    (tmp_path / "bad.toml").write_text(text)
    code, out, err = call("check", "bad.toml")

    assert (2, "") == (code, out)
    for word, told in (
        ("late_bil ", "points.late_bil: no such deed; did you mean 'late_bill'"),
        ("bases", "score.start.basis: is missing. The file has 'bases' there"),
        ("value = 7.0", "file.booked_share.value: input should be less than or equal to 1"),
        ("colour", "colour"),
    ):
        assert re.search(rf"bad\.toml:{line_of(text, word)}: .*{re.escape(told)}", err), told


def test_the_faults_as_json(call, tmp_path):
    text = changed(*FAULTS)
    (tmp_path / "bad.toml").write_text(text)
    code, out, err = call("check", "bad.toml", "--json")
    faults = json.loads(out)["faults"]

    assert (2, "") == (code, err)
    assert len(faults) >= 4
    assert all({"file", "line", "place", "fault"} == set(fault) for fault in faults)
    assert [f["line"] for f in faults] == sorted(f["line"] for f in faults)
    assert {line_of(text, "late_bil "), line_of(text, "bases")} <= {f["line"] for f in faults}


def test_a_file_without_faults_says_so(call, tmp_path):
    (tmp_path / "mine.toml").write_text(TEMPLATE)

    assert (0, "mine.toml: no faults. My scheme\n", "") == call("check", "mine.toml")
    assert {"file": "mine.toml", "key": "my-scheme", "title": "My scheme", "faults": []} == (
        json.loads(call("check", "mine.toml", "--json")[1])
    )


def test_a_file_that_is_no_toml_is_told_with_its_line(call, tmp_path):
    (tmp_path / "bad.toml").write_text("format = 1\nkey = \n")
    code, _, err = call("check", "bad.toml")

    assert 2 == code
    assert "bad.toml:2: is not valid TOML" in err


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("floor = { value = 60,", "floor = 60 #", "a number is written { value = 60"),
        ('key   = "fair"', 'key   = "good"', "tier.good: two tiers have this key"),
        ('purpose      = ["finance"]', 'purpose = ["finances"]', "did you mean 'finance'"),
        ('human_review = true', 'human_review = "yes"', "law.human_review"),
        ('kind    = "points"', 'kind    = "point"', "did you mean 'points'"),
        ("loan_default = {", "[points.x]\nloan_default = {", "points.x"),
    ],
)  # fmt: skip
def test_a_fault_says_what_is_meant(call, tmp_path, old, new, told):
    (tmp_path / "bad.toml").write_text(changed((old, new)))
    code, _, err = call("check", "bad.toml")

    assert 2 == code
    assert told in err


@pytest.mark.parametrize("name", ["deeds.toml", "society.toml", "my.own.toml"])
def test_a_file_is_not_called_as_a_file_of_ours(call, tmp_path, name):
    """The names of its numbers begin with its own, and would be mixed up with those."""
    (tmp_path / name).write_text(TEMPLATE)
    code, _, err = call("check", name)

    assert 2 == code
    assert "give the file a name" in err


def test_the_same_fault_is_told_once(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text(changed(*FAULTS))
    found = schemes.examine(path)

    assert len(found) == len(set(found))


# ---- new


def test_a_new_scheme_has_no_fault_and_says_what_each_part_is(call, tmp_path):
    code, out, _ = call("new", "fair-play")
    text = (tmp_path / "fair-play.toml").read_text()

    assert 0 == code
    assert "demerit check fair-play.toml" in out
    assert [] == schemes.examine(tmp_path / "fair-play.toml")
    assert 'key     = "fair-play"' in text
    assert all(re.search(rf"^#? ?\[+{part}.*\]  +#|^\[{part}\]", text, re.MULTILINE)
               for part in ("people", "score", "points", "tier", "redress", "law"))  # fmt: skip


def test_what_the_template_has_put_aside_has_no_fault_either(tmp_path):
    """Its optional parts stand there as remarks: with the mark taken off they hold."""
    rows = []
    for row in TEMPLATE.split("\n"):
        rows.append(row[2:] if re.match(f"# ({ASIDE})", row) else row)
    path = tmp_path / "whole.toml"
    path.write_text("\n".join(rows))

    assert [] == schemes.examine(path)
    spec = schemes.load(path).spec
    assert {"label", "ground", "join"} <= set(spec)
    assert "5(b)" == spec["law"]["annex"]


def test_new_overwrites_nothing(call, tmp_path):
    (tmp_path / "mine.toml").write_text("mine")
    code, out, err = call("new", "mine")

    assert (2, "") == (code, out)
    assert "is there already" in err
    assert "mine" == (tmp_path / "mine.toml").read_text()


@pytest.mark.parametrize("key", ["Mine", "../mine", "my scheme", "a", "suining", "deeds", "9"])
def test_new_refuses_a_key_that_would_lead_astray(call, tmp_path, key):
    code, _, err = call("new", key)

    assert 2 == code
    assert "new" in err
    assert [] == list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_new_scheme_runs(call, tmp_path):
    call("new", "mine")
    asked = ("--people", "3000", "--months", "2", "--quick", "--out", "a", "--json")
    code, out, _ = call("run", "mine.toml", *asked)

    assert 0 == code
    assert "mine" == json.loads(out)["scheme"]


def test_grades_of_officials_fall_to_nought_and_move_doors_of_work_alone(call, tmp_path):
    text = (facts.DATA / "schemes" / "national.toml").read_text(encoding="utf-8")
    for old, new in (
        ("floor = { value = 900, basis", "floor = { value = 0, basis"),
        ("doors = { promotion = {", "doors = { flight = {"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    code, _, err = call("check", path)

    assert 2 == code
    assert "officials.grade: floors must fall" in err
    assert "officials.grade.warned.doors.flight" in err
    assert "promotion" in err
