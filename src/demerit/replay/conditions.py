"""Conditions: the words by which people of a run are found.

"wrongly sanctioned, rural, over 60"  ->  Wanted, Wanted, Wanted

Conditions are joined by commas, and all must hold; `not` before one turns it round.  What a person
is, is so when the run begins; what happened, happened in any month with the scheme.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from demerit import facts
from demerit.facts import InputError, nearest

IS = {  # what a person is
    "urban": "lives in a town",
    "rural": "lives in a village",
    "female": "is a woman or girl",
    "male": "is a man or boy",
    "poorest": "of the poorest fifth by income",
    "richest": "of the richest fifth by income",
    "online": "uses the internet",
    "driver": "holds a driving licence",
    "indebted": "the household repays a loan",
    "party member": "of the Communist Party",
    "favoured": "an official, or close to one",
    "scored": "old enough to have a file",
    "owner": "owns a firm, where firms are scored",
}
HAPPENED = {  # what happened in some month
    "sanctioned": "was under sanction",
    "wrongly sanctioned": "was under sanction, and a clean file would not have brought it",
    "sanctioned for errors": "but for false or others' records would have been free",
    "sanctioned for poverty": "but for debts that could not be paid would have been free",
    "sanctioned for lawful conduct": "but for lawful or protected conduct would have been free",
    "sanctioned for harm": "was under sanction, and harm that the person did suffices",
    "listed": "was on the public list",
    "refused": "was turned away somewhere because of the tier",
    "wrongly refused": "was turned away while wrongly under sanction",
    "false entry": "an entry came that was false, mislabelled or another's",
    "foreign entry": "another person's entry stood on the file",
    "out of work": "had no job in a month in which they had one without the scheme",
    "work gained": "had a job in a month in which they had none without the scheme",
    "arrears": "was in arrears",
    "judged": "owed by the judgment of a court",
    "distressed": "went without food or medicine to pay what was due",
    "silenced": "kept in a lawful deed for fear of an entry",
    "protested": "protested in public",
    "appealed": "lodged an appeal",
    "corrected": "an appeal gave points back",
    "bought points": "bought points from who keeps the file",
    "knows the score": "knew the own score",
    "looked up": "an employer, match, close tie, lender or landlord looked up the standing",
    "lost by a look": "something was held against them after a look-up",
    "firm in the lowest grade": "owned a firm in the lowest grade",
    "in office": "held an office, where officials are scored",
    "disciplined": "was disciplined as an official",
}
WITH_AGE = {"over": "older than AGE when the run begins", "under": "younger than AGE then"}
WITH_DOOR = {"refused": "was turned away at DOOR (demerit doors) because of the tier"}


class Wanted(NamedTuple):
    """A condition as it was asked for."""

    name: str  # a key of the tables above
    argument: str  # an age, a door, or nothing
    wanted: bool  # or turned round by `not`

    def __str__(self) -> str:
        """As it is written."""
        return " ".join(filter(None, ("" if self.wanted else "not", self.name, self.argument)))


def parse(text: str) -> list[Wanted]:
    """The conditions of a text.  InputError for a word that is none, with the nearest.

    >>> [str(wanted) for wanted in parse("Wrongly  sanctioned, not rural, over 60, refused job")]
    ['wrongly sanctioned', 'not rural', 'over 60', 'refused job']
    """
    asked = [" ".join(part.lower().split()) for part in text.split(",")]
    if not all(asked):
        raise InputError(
            f"--where {text!r}: a condition is missing; write some, joined by commas, such as "
            "'wrongly sanctioned, rural, over 60'."
        )
    return [one(words) for words in asked]


def one(words: str) -> Wanted:
    """One condition."""
    bare = words.removeprefix("not ")
    wanted = bare == words
    if bare in IS or bare in HAPPENED:
        return Wanted(bare, "", wanted)
    name, _, argument = bare.partition(" ")
    if name in WITH_AGE and re.fullmatch(r"\d{1,3}", argument):
        return Wanted(name, argument, wanted)
    if name in WITH_DOOR:
        doors = facts.read("doors.toml")["door"]
        if argument not in doors:
            raise InputError(f"--where: there is no door {argument!r}; {nearest(argument, doors)}")
        return Wanted(name, argument, wanted)
    allowed = [*IS, *HAPPENED, *(f"{age} AGE" for age in WITH_AGE), "refused DOOR"]
    raise InputError(f"--where: there is no condition {bare!r}; {nearest(bare, allowed)}")


def told() -> Iterator[tuple[str, str]]:
    """Every condition and what it means."""
    yield from IS.items()
    yield from ((f"{name} AGE", meaning) for name, meaning in WITH_AGE.items())
    yield from HAPPENED.items()
    yield from ((f"{name} DOOR", meaning) for name, meaning in WITH_DOOR.items())
