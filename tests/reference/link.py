"""Link (7.7): in which month each record reaches a file."""

from demerit.columns import ELSEWHERE, LOST
from demerit.scheme.parts import JOINS
from reference.state import Block, Record

BY_ID, BY_NAME = JOINS.index("id"), JOINS.index("name")


def link(block: Block, climate, month: int) -> None:
    for world in block.living(climate):
        for record in world.ledger[world.new :]:
            record.due = due_month(block, world.index, record, month)


def due_month(block, w: int, record: Record, month: int) -> int:
    """The month in which this record reaches its file, or what became of it."""
    s, scheme, bearer = block.society, block.scheme, block.people[record.person]
    if not bearer.scored:
        return LOST
    if record.joined:
        return max(scheme.opens, month)
    words = block.draws.of_record(record.serial, record.deed)
    booked = scheme.booked_32
    if words[0] >= booked - (booked * (s.lost_32[record.agency] >> 16) >> 16):
        return LOST
    bare = words[1] < s.by_name_32[record.agency]
    way = scheme.join_by[record.agency]
    if bare and way == BY_ID:
        return LOST
    others = bearer.namesake_count * scheme.file_share_32 >> 26
    if scheme.erring[w] and (bare or way == BY_NAME) and words[3] < astray(s, others):
        return ELSEWHERE
    late = sum(words[2] < chance for chance in s.late_32[record.agency])
    return max(scheme.opens, month + late)


def astray(s, others: int) -> int:
    """The chance that a name leads astray, by the mean number of others of it in 64ths."""
    return s.astray_32[others] if others < 1024 else 2**32 - 2**38 // others
