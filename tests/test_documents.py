"""Documents: the tables of the model's page are what the code and the data files say."""

import runpy
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
MADE = runpy.run_path(str(REPOSITORY / "tools" / "tables.py"))


def test_the_tables_are_what_the_data_say():
    """`python tools/tables.py` writes them again."""
    assert MADE["page"]() == (REPOSITORY / "docs" / "model-tables.md").read_text(encoding="utf-8")


def test_the_models_page_points_to_its_tables():
    assert "model-tables.md" in (REPOSITORY / "docs" / "model.md").read_text(encoding="utf-8")
