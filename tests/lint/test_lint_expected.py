"""Lint: of each scheme that is shipped, the findings that a lawyer would expect."""

import pytest

from demerit import scheme as schemes
from demerit.scheme.elements import judge
from demerit.scheme.lint import RULES, lint
from demerit.scheme.reading import case

# What a lawyer would expect of each scheme: the verdict, what is found, what is not.
EXPECTED = {
    "suining": ("met", "E7i E7ii 001 002 003 004 005 008 010 012", "006 009 011 014"),
    "court-list": ("open", "E7i E7ii 001 006 008 009", "002 003 004 011 012 014"),
    "national": ("met", "E7i E7ii 001 002 003 004 006 008 009 010 011 012", "005 014"),
    "sesame": ("met", "E7i E7ii 001 002 004 006 009 010 011", "005 008 014"),
    "cibil": ("not met", "010 014 FRIA", "E7i E7ii 001 002 003 004 005 006 008 009 011 012"),
    "sketch-fico": ("not met", "010 014 FRIA", "E7i E7ii 001 002 003 004 006 008 009 011 012"),
    "nosedive": ("met", "E7i E7ii 001 002 004 006 007 008 009 010 011 012", "014"),
    "good-citizen-pass": ("met", "E7i E7ii 001 002 004 008 009 010 011 012", "003 005 006 014"),
    "rongcheng-2021": ("open", "002 003", "004 005 006 007 008 009 010 011 012 013 014"),
    "none": ("not met", "", " ".join(key.removeprefix("AIA-") for key in RULES)),
}  # fmt: skip


@pytest.mark.parametrize("key", EXPECTED)
def test_a_scheme_has_the_findings_that_a_lawyer_would_expect(key):
    pattern, present, absent = EXPECTED[key]
    here = case(schemes.load(key).spec)
    found = judge(here, lint(here))
    got = {
        row.key.removeprefix("AIA-"): row.found.status
        for row in (*found.elements, *found.rules)
    }  # fmt: skip

    assert pattern == found.pattern
    assert dict.fromkeys(present.split(), "met") == {k: got[k] for k in present.split()}
    assert dict.fromkeys(absent.split(), "not met") == {k: got[k] for k in absent.split()}
