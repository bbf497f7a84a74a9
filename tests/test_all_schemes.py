"""The page of all schemes in one table: a row for each scheme that is shipped, from its command."""

from pathlib import Path

from demerit import scheme

PAGE = (Path(__file__).parents[1] / "docs" / "all-schemes.md").read_text(encoding="utf-8")


def test_the_page_has_a_row_for_every_scheme():
    """`demerit schemes --run --people 100k --months 24` makes the table again."""
    table = PAGE.partition("```\n")[2].rpartition("```")[0]
    rows = [line.split()[0] for line in table.splitlines() if line.split()[1:2] in (
        ["china-2020"], ["india-2011"])]  # fmt: skip

    assert scheme.keys() == sorted(rows)
    assert "demerit schemes --run --people 100k --months 24" in PAGE
