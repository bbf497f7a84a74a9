"""Inquire (7.10a): who looks people up, and what is held against them."""

from demerit.columns import (
    CARD,
    DATING,
    EMPLOYEE,
    HEARD,
    HIRE,
    JOB,
    LANDLORD,
    LENDER,
    LOAN,
    MATCH,
    TIE,
)  # fmt: skip
from demerit.draws import LOOK_UP
from demerit.society.margins import STATUS
from reference.state import Block, among
from reference.ties import ties_of

SELF_EMPLOYED = STATUS.index("self_employed")


def inquire(block: Block, climate, month: int) -> None:
    if not block.scheme.looked_at:
        return
    for world in block.living(climate)[1:]:
        for person, life in zip(block.people, world.lives, strict=True):
            life.looked_up = life.look_up_cost = 0
            if not climate.in_force[world.index] or not has_mark(block, person, life):
                life.ties_cut = 0
        if climate.in_force[world.index]:
            for person in block.people:
                if person.scored and person.adult:
                    look_up(block, world, person)


def has_mark(block, person, life) -> bool:
    """Can a sanction be seen?"""
    seen = block.scheme.visible and life.sanctioned
    return bool(person.scored and (seen or block.scheme.posted[life.tier]))


def look_up(block, world, person) -> None:
    """A month of one person: who looks, and what they hold against them."""
    s, life = block.society, world.lives[person.row]

    def word(index: int, k: int) -> int:
        return block.draws.word(person.row, LOOK_UP, index, k)

    employee = life.employed and person.status != SELF_EMPLOYED
    borrows = life.granted[LOAN] or life.granted[CARD]
    place = tie_who_looks(block, world, person) if word(0, 0) < s.tie_looks_32 else None
    looks = {
        TIE: place is not None,
        EMPLOYEE: employee and word(0, 1) < s.employer_looks_32,
        LANDLORD: person.rent_fen > 0 and word(0, 2) < s.landlord_looks_32,
        HIRE: life.granted[JOB] and word(1, 0) < s.hirer_looks_32,
        MATCH: life.granted[DATING] and word(1, 1) < s.match_looks_32,
        LENDER: borrows and word(1, 2) < s.lender_looks_32,
    }
    life.looked_up = sum(bit for bit, does in looks.items() if does)
    if not has_mark(block, person, life):
        return
    minds = {
        HIRE: word(2, 0) < s.not_hired_32,
        EMPLOYEE: word(2, 1) < s.dismissed_32,
        MATCH: word(2, 2) < s.declined_32,
        TIE: word(2, 3) < s.shunned_32,
        LENDER: True,
        LANDLORD: True,
    }
    life.look_up_cost = sum(bit for bit, does in looks.items() if does and minds[bit])
    if life.look_up_cost & TIE:
        life.ties_cut |= 1 << place


def tie_who_looks(block, world, person) -> int | None:
    """The place in the tie list of the close tie who looks, if that tie can and has not before."""
    ties = ties_of(block, person.row)
    if not ties:
        return None
    place = among(block.draws.word(person.row, LOOK_UP, 0, 3), len(ties))
    tie = ties[place]
    hears = world.lives[tie].awareness >= HEARD and block.people[tie].adult
    known = world.lives[person.row].ties_cut >> place & 1
    return place if hears and not known else None
