"""Sources: every number names a publication, once; never a copy of one, nor a file of ours."""

import csv
import json
import re

import pytest

from demerit import facts, mechanism

SOURCES = facts.sources()
TOML = sorted(path for path in facts.DATA.rglob("*.toml") if path.name != "sources.toml")
CSV = sorted(facts.DATA.rglob("margins/*.csv"))
ALLOWED = {"author", "title", "year", "venue", "url", "doi"}
# Sites that carry other people's texts, and words that say so.
COPIES = (
    "ccgp-fushun", "zyrm", "techbow", "scshuyue", "vshangxuetang", "tellerreport", "cnool",
    "takefoto", "sxdxc", "bazhesc", "szjzcy", "mirror", "copy of", "reprint", "cached",
    "archive.ph", "webcache", "wikipedia.org",
)  # fmt: skip
# Ids and paths of files: F12, doc-003, facts/x.csv, C:\, /tmp
FILES = re.compile(r"(\b[A-Z]{1,2}\d{1,4}\b)|[\w-]+\.(csv|pdf|html?|txt|md|json)\b|^/|\\|\bfile\b")


def named():
    """Every (place, key) at which a data file names a source."""
    for path in TOML:
        for where, fact in facts.facts(facts.parse(path), path.stem):
            if "source" in fact:
                yield where, fact["source"]
    for path in CSV:
        with path.open(encoding="utf-8", newline="") as file:
            for k, row in enumerate(csv.DictReader(file)):
                if row["source"]:
                    yield f"{path.name} row {k + 1}", row["source"]


NAMED = list(named())


def test_every_source_that_a_number_names_is_in_the_bibliography():
    assert [] == [(where, key) for where, key in NAMED if key not in SOURCES]


def test_every_source_in_the_bibliography_is_named_by_a_number_or_a_mechanism():
    literature = {key for entry in mechanism.table().values() for key in entry["literature"]}

    assert set() == set(SOURCES) - {key for _, key in NAMED} - literature
    assert set() == literature - set(SOURCES)


def test_every_number_that_is_stated_or_inferred_names_its_source():
    for path in TOML:
        for where, fact in facts.facts(facts.parse(path), path.stem):
            assert fact["basis"] == "assumed" or fact.get("source"), where


def test_every_figure_of_a_margin_names_its_source_or_is_assumed():
    for path in CSV:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert row["source"] or row["grade"] == "assumed", (path.name, row)


@pytest.mark.parametrize("key", SOURCES)
def test_a_source_is_a_publication_with_author_title_and_year(key):
    source = SOURCES[key]

    assert set(source) <= ALLOWED
    assert all(
        isinstance(source[part], str) and len(source[part]) > 2 for part in ("author", "title")
    )
    assert source["year"] == "n.d." or 1800 < source["year"] < 2100


@pytest.mark.parametrize("key", SOURCES)
def test_a_source_is_no_copy_and_no_file_of_ours(key):
    source = SOURCES[key]
    text = f"{key} {json.dumps(source)}".lower()

    assert [] == [word for word in COPIES if word in text]
    for part in ("author", "title", "venue"):
        found = FILES.search(str(source.get(part, "")))
        assert found is None, found


def test_a_link_is_a_web_address_and_a_doi_is_a_doi():
    for source in SOURCES.values():
        assert re.fullmatch(r"https?://[\w.-]+(/\S*)?", source.get("url", "https://a.b/"))
        assert re.fullmatch(r"10\.\d{4,9}/\S+", source.get("doi", "10.1000/1"))


def test_no_source_is_listed_twice():
    titles = [source["title"].lower() for source in SOURCES.values()]
    dois = [source["doi"] for source in SOURCES.values() if "doi" in source]

    assert len(titles) == len(set(titles))
    assert len(dois) == len(set(dois))


def test_no_data_file_names_a_copy_or_one_of_our_files():
    """Not in a number's place or reason, nor in a note: a reader could not find it."""
    for path in (*TOML, *CSV):
        text = path.read_text(encoding="utf-8").lower()

        assert [] == [word for word in COPIES if word in text], path.name
        assert not re.search(r"shared/|/work/|facts/", text), path.name
