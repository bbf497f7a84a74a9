"""Stories: three people of a run whose lives are told, chosen by a rule and never by hand.

blocks at even distances, lived again; conditions  ->  the middle id of who meets them  ->  story.py

A run's blocks are taken at even distances, up to PEOPLE people.  Of those who meet a story's
condition the middle one by id is told, whatever their life is like; where nobody meets it, the next
condition of that story is asked.  So a story shows that such lives happen, and how; how often, the
measures say.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from demerit import facts
from demerit.facts import InputError
from demerit.replay.conditions import HAPPENED, IS, Wanted, parse
from demerit.replay.find import Search
from demerit.replay.recorded import Recorded, live, recall
from demerit.replay.story import story
from demerit.run import Progress

PEOPLE = 32_768  # looked at, at most: 16 full blocks, a second or two on two processors
NOTICE = "This person does not exist."
RULE = (
    "The run's blocks at even distances were lived again, up to {most:,} people. Of those who meet "
    "a story's condition, the one whose id is in the middle is told; where nobody meets it, the "
    "next condition is asked. Nobody chose a life for what it is like."
)


class Slot(NamedTuple):
    """A story to tell: conditions, each with its title; the first that somebody meets is told."""

    key: str
    conditions: dict[str, str]


SLOTS = (
    Slot("wronged", {
        "wrongly sanctioned": "Punished by mistake",
        "scored, foreign entry": "Another's deed on the file",
        "scored, false entry": "A deed on the file that was none",
    }),
    Slot("poor", {
        "sanctioned for poverty": "Punished for what could not be paid",
        "sanctioned, distressed": "Under sanction, and going without",
        "scored, judged": "In debt before a court",
        "scored, distressed": "Going without to pay",
        "scored, arrears": "Behind with what is due",
    }),
    Slot("turned", {
        "scored, work gained": "In work that the twin does not have",
        "silenced": "Something lawful left undone for fear",
    }),
)  # fmt: skip


def tell(
    document: dict[str, Any], climate: dict[str, np.ndarray], threads: int = 1,
    progress: Progress | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Up to three stories of a run, as stories.json has them; or why none can be told.

    Returns {statement, notice, rule, people, why, agencies, stories}, a story {slot, title,
    condition, means, count, person, story}; `why` is nought where there are stories.
    """
    found: dict[str, Any] = {
        "statement": document["statement"], "notice": NOTICE,
        "rule": RULE.format(most=PEOPLE), "people": 0, "why": None,
        "agencies": {k: a["title"] for k, a in facts.read("agencies.toml")["agency"].items()},
        "stories": [],
    }  # fmt: skip
    try:
        recorded = recall(document, climate)
    except InputError as error:
        return found | {"why": str(error)}
    if not recorded.months_in_force or not recorded.plan.scheme_tables.points.any():
        return found | {"why": "In this run no scheme stands that takes or gives points."}
    search = look(recorded, threads, progress)
    found["people"] = sum(search.people.values())
    for slot in SLOTS:
        if row := choose(recorded, search, slot, [s["person"] for s in found["stories"]]):
            found["stories"].append(row)
    if not found["stories"]:
        found["why"] = f"Of {found['people']:,} people looked at, nobody meets any condition."
    return found


def look(recorded: Recorded, threads: int, progress: Progress | None) -> Search:
    """Whom each condition was ever true of, in blocks at even distances."""
    wanted = {w for slot in SLOTS for text in slot.conditions for w in parse(text)}
    search = Search(recorded, sorted(wanted))
    which = spread(recorded.plan.blocks.people)
    told = progress and (lambda _, done, total: progress("stories", done, total))
    live(recorded, which, search, threads=threads, tell=told)
    return search


def spread(people: np.ndarray) -> list[int]:
    """Blocks at even distances, with about PEOPLE people together; `people` (block,) in each.

    >>> spread(np.full(4, 2000)), len(spread(np.full(1000, 2048)))
    ([0, 1, 2, 3], 16)
    """
    count = int(min(people.size, max(1, PEOPLE // max(1, people.max()))))
    return [int(k) for k in np.unique(np.arange(count) * people.size // count)]


def choose(
    recorded: Recorded, search: Search, slot: Slot, taken: Iterable[int]
) -> dict[str, Any] | None:
    """The story of a slot; none where nobody meets any of its conditions."""
    for text, title in slot.conditions.items():
        ids = [i for i in meet(recorded, search, parse(text)) if i not in taken]
        if ids:
            person = ids[len(ids) // 2]
            return {
                "slot": slot.key, "title": title, "condition": text,
                "means": "; ".join(meaning(w) for w in parse(text)), "count": len(ids),
                "person": person, "story": story(recorded, person),
            }  # fmt: skip
    return None


def meaning(wanted: Wanted) -> str:
    """What a condition means, in the words of the search."""
    return (IS | HAPPENED)[wanted.name]


def meet(recorded: Recorded, search: Search, wanted: list[Wanted]) -> list[int]:
    """Ids of who meets all of these conditions, in order."""
    place = [search.wanted.index(w) for w in wanted]
    ids: list[int] = []
    for block in search.people:
        holds = np.all([search.found[block, k] for k in place], axis=0)
        first = int(recorded.plan.blocks[block].first)
        ids += [first + int(i) for i in np.flatnonzero(holds)]
    return sorted(ids)
