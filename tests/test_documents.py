"""Documents: the tables of the model's page are what the code and the data files say."""

import inspect
import runpy
from pathlib import Path

import pytest

from demerit import lint_harm
from demerit.measures import BESIDE, MEASURES, SECTIONS

REPOSITORY = Path(__file__).parents[1]
MADE = runpy.run_path(str(REPOSITORY / "tools" / "tables.py"))


def test_the_tables_are_what_the_data_say():
    """`python tools/tables.py` writes them again."""
    assert MADE["page"]() == (REPOSITORY / "docs" / "model-tables.md").read_text(encoding="utf-8")


def test_the_models_page_points_to_its_tables():
    assert "model-tables.md" in (REPOSITORY / "docs" / "model.md").read_text(encoding="utf-8")


MEASURED = runpy.run_path(str(REPOSITORY / "tools" / "measures.py"))


def test_the_page_of_measures_is_what_the_registry_says():
    """`python tools/measures.py` writes it again."""
    page = REPOSITORY / "docs" / "measures.md"

    assert MEASURED["page"]() == page.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SECTIONS)
def test_every_question_of_a_scheme_has_its_measures(name):
    lines = list(MEASURED["section"](name))

    assert any(line.startswith("| `") for line in lines)


def test_every_module_of_measures_says_to_which_question_it_belongs():
    """Or its measures would stand under the last question of another module."""
    for path in sorted((REPOSITORY / "src" / "demerit" / "measures").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        enters = [text.find(word) for word in ("\n@measure(", "put(Measure(") if word in text]
        if enters and path.name != "registry.py":
            assert 0 <= text.find("\nsection(") < min(enters), path.name
    assert all(m.section in SECTIONS for m in MEASURES.values())


def test_what_lint_tells_beside_is_what_it_returns():
    text = inspect.getsource(lint_harm.measure)

    assert all(f'"{key}"' in text for key, b in BESIDE.items() if b.section == "Proportion")
