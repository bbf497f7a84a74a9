"""The public names and their signatures; a change here is a change for those who use them."""

import dataclasses
import importlib
import inspect
from pathlib import Path

import pytest

from demerit import __version__

FUNCTIONS = {
    "demerit.trial.run": "(request, progress, keep, engine)",
    "demerit.comparison.run": "(requests, progress)",
    "demerit.scheme.load": "(key, values)",
    "demerit.scheme.keys": "()",
    "demerit.society.load": "(key, values, copula, ordering)",
    "demerit.society.keys": "()",
    "demerit.society.check": "(key, people, seeds)",
    "demerit.report.files": "(document, frames, climate, stories)",
    "demerit.report.render": "(document, frames, climate)",
    "demerit.report.render_comparison": "(document, frames)",
    "demerit.comparison_storage.write": "(compared, out)",
    "demerit.comparison_storage.read": "(out, mend)",
    "demerit.storage.write": "(result, out)",
    "demerit.storage.read": "(out, mend)",
    "demerit.storage.render": "(out)",
    "demerit.cli.main": "(arguments)",
}
REQUEST = (
    "scheme society place people months seed replicates threads quick without pilot settle "
    "worlds set".split()
)


def find(name):
    module, _, attribute = name.rpartition(".")
    return getattr(importlib.import_module(module), attribute)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_public_function_takes_what_is_written_here(name):
    assert f"({', '.join(inspect.signature(find(name)).parameters)})" == FUNCTIONS[name]


def test_a_request_holds_what_a_run_depends_on():
    request = find("demerit.trial.Request")

    assert [field.name for field in dataclasses.fields(request)] == REQUEST
    with pytest.raises(dataclasses.FrozenInstanceError):
        request("suining").seed = 2


def test_wrong_input_is_a_value_error():
    assert issubclass(find("demerit.facts.InputError"), ValueError)
    assert issubclass(find("demerit.facts.FactError"), find("demerit.facts.InputError"))


def test_a_measure_says_what_it_is():
    fields = {"key", "unit", "better", "question", "textbook"}
    for key, measure in find("demerit.measures.MEASURES").items():
        assert measure.key == key
        assert all(getattr(measure, field) for field in fields)


@pytest.mark.parametrize("file", ["CITATION.cff", "CHANGELOG.md"])
def test_the_version_is_the_same_everywhere(file):
    text = (Path(__file__).parents[1] / file).read_text()

    assert {"CITATION.cff": "version: ", "CHANGELOG.md": "\n## "}[file] + __version__ in text
