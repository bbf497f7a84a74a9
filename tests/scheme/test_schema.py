"""Schema: shipped as it follows from the definition; public validators mark what is wrong by it."""

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import mutate
import pytest

from demerit import facts
from demerit import scheme as schemes
from demerit.commands.scheme import begin
from demerit.scheme import schema
from demerit.scheme.check import shape_faults
from demerit.scheme.models import MODELS

SHIPPED = json.loads(schema.FILE.read_text())
VALIDATOR = jsonschema.Draft7Validator(SHIPPED)
TAPLO = shutil.which("taplo", path=str(Path(sys.executable).parent)) or shutil.which("taplo")


def test_the_shipped_schema_is_what_the_definition_gives():
    """`python tools/schema.py` writes it again."""
    assert SHIPPED == schema.schema()


def test_the_schema_is_one():
    jsonschema.Draft7Validator.check_schema(SHIPPED)


@pytest.mark.parametrize("path", mutate.BASES, ids=lambda path: path.stem)
def test_what_is_shipped_holds_by_the_schema_and_names_it(path):
    text = path.read_text()

    assert [] == [error.message for error in VALIDATOR.iter_errors(tomllib.loads(text))]
    assert text.startswith("#:schema ")
    assert schema.FILE == (path.parent / text.split("\n")[0].split()[1]).resolve()


@pytest.mark.parametrize("seed", range(200))
def test_the_schema_and_the_check_agree_about_the_shape_of_a_mutant(seed):
    """What the models of check refuse, the schema refuses; what has no fault, it takes."""
    try:
        spec = tomllib.loads(mutate.mutant(seed))
    except tomllib.TOMLDecodeError:
        return
    marked = bool(list(VALIDATOR.iter_errors(spec)))
    kind = spec.get("kind")
    refused = kind not in list(MODELS) or bool(list(shape_faults(MODELS[kind], spec)))
    infinite = any(x in str(spec) for x in ("nan", "inf"))  # JSON has none

    assert marked or not refused or infinite
    if not refused and not list(schemes.check.faults(spec)):
        assert not marked


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("late_bill    =", "late_bil    =", "late_bil"),
        ("booked_share    = { value = 1.0", "booked_share    = { value = 7.0", "7.0"),
        (", range = [105, 115]", "", "range"),
        ("[erase]", "[erasure]", "erasure"),
        ("doors = { loan", "doors = { loans", "loans"),
    ],
)
def test_a_public_validator_marks_a_fault(tmp_path, old, new, told):
    text = begin("mine")
    assert old in text
    spec = tomllib.loads(text.replace(old, new, 1))

    assert any(told in error.message for error in VALIDATOR.iter_errors(spec))


@pytest.mark.skipif(TAPLO is None, reason="taplo is not installed")
def test_the_language_server_of_editors_marks_a_fault_and_takes_the_template(tmp_path):
    """Taplo, which Even Better TOML runs: it finds the schema by the file's first line."""

    def marks(text):
        (tmp_path / "mine.toml").write_text(text)
        command = [TAPLO, "lint", "mine.toml"]
        shown = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        return shown.returncode, shown.stderr

    good = begin("mine")
    assert 0 == marks(good)[0]
    code, told = marks(good.replace("late_bill    =", "late_bil    =", 1))
    assert 0 != code
    assert "'late_bil' was unexpected" in told


def test_an_editor_is_offered_every_deed_and_door():
    points = SHIPPED["definitions"]["scheme of points"]["properties"]
    doors = points["tier"]["items"]["properties"]["doors"]["properties"]

    assert list(facts.read("deeds.toml")["deed"]) == list(points["points"]["properties"])
    assert list(facts.read("doors.toml")["door"]) == list(doors)
    assert "Paying a bribe" == points["points"]["properties"]["bribe"]["description"]
