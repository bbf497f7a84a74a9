"""Place: each fault is told with its line, for what stands in a file and what ought to."""

import tomllib

import pytest

from demerit import facts
from demerit.scheme.place import places

TEXT = '''# a remark with [brackets] and a = sign
format = 1
note = """
[not.a.table]
key = 1
"""
list = [
  "one", # ]
  '[two]',
]

[points]
petition = { value = -50, basis = "x" }   # [no]
"odd.key" = 1
seen.police = { value = 1 }

[[tier]]
floor = { value = 9 }
key   = "A"
[tier.doors]
job = { value = 0 }

[[tier]]
key = "B"
doors = { job = { value = 1 }, loan = { value = 2 } }
'''


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("format", 2), ("note", 3), ("not.a.table", None), ("list", 7), ("list.0", 7),
        ("points", 12), ("points.petition", 13), ("points.petition.value", 13),
        ("points.absent", 12), ("points.seen.police", 15), ("tier.0", 17), ("tier.A", 17),
        ("tier.A.floor", 18), ("tier.0.floor.value", 18), ("tier.A.doors.job", 21), ("tier.B", 23),
        ("tier.1.doors.loan.value", 25), ("tier.C", 17), ("nowhere", None),
    ],
)  # fmt: skip
def test_a_thing_is_found_on_its_line(where, line):
    assert line == places(TEXT).line(where)


@pytest.mark.parametrize("path", sorted(facts.DATA.rglob("*.toml")), ids=lambda p: p.stem)
def test_every_number_of_every_data_file_stands_on_a_line_that_holds_it(path):
    """Held against `tomllib`: the line of a number, read alone, gives its last key."""
    text = path.read_text(encoding="utf-8")
    found, rows = places(text), text.split("\n")

    for where, _ in facts.facts(tomllib.loads(text)):
        line = found.line(where)
        assert line is not None, where
        assert where.rpartition(".")[2] in rows[line - 1], where
