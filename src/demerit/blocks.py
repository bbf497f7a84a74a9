"""Blocks: room for the columns of people, and the block of them that a kernel is handed.

columns.COLUMNS, how many blocks  ->  Blocks  ->  World (one block)

A world is a named tuple of a block's records; `columns.py` says what their fields are.
"""

import mmap
from collections import namedtuple
from typing import Any, NamedTuple

import numpy as np

from demerit.columns import (
    BLOCK,
    COLUMNS,
    DESKS_MAX,
    DOORS,
    FILE,
    FIRM_DEEDS,
    FIRM_DOORS,
    FIRMS_MAX,
    ISSUERS_MAX,
    LAW,
    PLAIN_MAX,
    RECORDS_PER_PERSON,
    RING,
    SCRATCH,
    SHADOWS,
    SPELLS,
    TIES_MAX,
    TRAITS,
    WORLDS,
)
from demerit.kernel import inline

HEAD = (("seed", "u8"), ("first", "u8"), ("people", "i8"), ("replicate", "i8"), ("region", "i8"),
    # Lengths of axes, told at run time: a loop whose length the compiler knows it unrolls, at a
    # minute of compiling.
    ("deeds", "i8"), ("doors", "i8"), ("groupings", "i8"))  # fmt: skip

# A block is two records of fixed shape, with a third for scratch: kernels are handed three addresses
# and not a hundred arrays (a stage of the latter kind took seven seconds to compile), and know every
# length beforehand.
World: Any = namedtuple(  # type: ignore[misc]
    "World", [*(name for name, _ in HEAD), "file", "life", "scratch"]
)
ALIGN = 64  # bytes: every column starts on a cache line


def record_type(fields: list[tuple[str, str, tuple[int, ...]]]) -> np.dtype:
    """A structured dtype whose fields (name, dtype, shape) each start on a cache line."""
    offsets, end = [], 0
    for _, kind, shape in fields:
        offsets.append(end)
        size = np.dtype(kind).itemsize * int(np.prod(shape, dtype=np.int64))
        end += -(-size // ALIGN) * ALIGN
    formats = [(kind, shape) if shape else kind for _, kind, shape in fields]
    names = [name for name, _, _ in fields]
    return np.dtype({"names": names, "formats": formats, "offsets": offsets, "itemsize": end})


def as_record(tables: Any) -> Any:
    """A named tuple of numbers and arrays as a record array of one, for kernels (1,)."""
    values = {name: np.asarray(value) for name, value in tables._asdict().items()}
    record = np.zeros(1, record_type([(k, v.dtype.str, v.shape) for k, v in values.items()]))
    for name, value in values.items():
        record[name][0] = value
    return record.view(np.recarray)


def reserve(count: int, kind: np.dtype) -> Any:
    """So many records, all nought, that take memory only where they are written (count,).

    Large pages, which numpy asks for, would make the room between columns real: three times the
    memory, and as long to clear it as to live four months.
    """
    room = mmap.mmap(-1, max(1, count * kind.itemsize))
    if hasattr(mmap, "MADV_NOHUGEPAGE"):  # Linux
        room.madvise(mmap.MADV_NOHUGEPAGE)
    return np.frombuffer(room, kind, count).view(np.recarray)


class Blocks(NamedTuple):
    """Blocks of people, and the scratch that they share.  Axes: block."""

    files: Any  # (block,) what the authority holds
    lives: Any  # (block,) all else: what people are and what the laboratory knows
    scratch: Any  # (1,)


def allocate(blocks: int, deeds: int, groupings: int, groups: int) -> Blocks:
    """So many blocks, all nought.

    Columns are BLOCK long; people past a block's number have no rate, no file and no group.
    Room for records is reserved, not touched: what a block does not use costs nothing.
    """
    length = {
        "world": len(WORLDS), "door": len(DOORS), "trait": len(TRAITS), "shadow": len(SHADOWS),
        "four": 4, "spell": len(SPELLS), "ring": RING, "plain": PLAIN_MAX, "tie": TIES_MAX,
        "desk": DESKS_MAX, "issuer": ISSUERS_MAX,
        "one": 1, "firm": FIRMS_MAX, "firm_deed": len(FIRM_DEEDS), "firm_door": len(FIRM_DOORS), "deed": deeds, "grouping": groupings, "group": groups,
        "person": BLOCK, "bits": BLOCK // 64, "record": RECORDS_PER_PERSON * BLOCK,
    }  # fmt: skip
    kept: dict[str, list[Any]] = {"file": [(name, kind, ()) for name, kind in HEAD]}
    for c in COLUMNS:
        part = "file" if c.name in FILE else "scratch" if c.writer == "scratch" else "life"
        shape = tuple(length[axis] for axis in c.axes)
        kept.setdefault(part, []).append((c.name, c.dtype, shape))
    counts = {"file": blocks, "life": blocks, "scratch": 1}
    made = Blocks(*(reserve(n, record_type(kept[k])) for k, n in counts.items()))
    measure(made, deeds, groupings)
    return made


def measure(blocks: Blocks, deeds: int, groupings: int) -> None:
    """Say how long the axes are."""
    blocks.files["deeds"], blocks.files["doors"] = deeds, len(DOORS)
    blocks.files["groupings"] = groupings


def wipe(blocks: Blocks, untouched: frozenset[str] = frozenset()) -> None:
    """All nought again, for other people, but for what is `untouched`, for scratch and for ledgers:
    of these nobody reads more than has been written.

    To clear room takes a third of the time that new room does.
    """
    deeds, groupings = int(blocks.files["deeds"][0]), int(blocks.files["groupings"][0])
    kept = untouched | {c.name for c in COLUMNS if "record" in c.axes}
    for records in (blocks.files, blocks.lives):
        rows = records.view(np.uint8).reshape(len(records), -1)
        fields, start = records.dtype.fields, 0
        for name in (*(n for n in records.dtype.names if n in kept), None):
            end = rows.shape[1] if name is None else fields[name][1]
            rows[:, start:end] = 0
            start = end if name is None else end + fields[name][0].itemsize
    measure(blocks, deeds, groupings)


def untouched(scheme: Any) -> frozenset[str]:
    """The widest of the columns that stay nought under a scheme of these tables."""
    found = set() if scheme.learns else {"done_month", "shadow_given", "past_bits"}
    found |= set() if scheme.peer_weight else {"rated_shadow", "rated_points"}
    return frozenset(found | (set() if scheme.erase_months < RING else {"seen_ring"}))


# Who writes nothing in the world of ordinary law, and what is nought there: as in the others, until
# the worlds part.
OF_SCHEMES = {"scratch", "observe", "link", "rate", "score", "audit", "inquire", "redress"}
NOUGHT = {"deed_withheld", "deed_shown", "refused", "shut", "shut_wrongly"}
PARTING = [
    c.name for c in COLUMNS
    if c.axes[0] == "world" and c.writer not in OF_SCHEMES and c.name not in NOUGHT
    and not {"record", "ring", "issuer"} & set(c.axes)
]  # fmt: skip


def fork(blocks: Any, worlds: int = len(WORLDS)) -> None:
    """Every world starts as the world of ordinary law stands.

    Ledgers and private accounts are empty until then; to copy their room would only make it real
    memory.
    """
    for name in PARTING:
        kept = (blocks.files if name in FILE else blocks.lives)[name]
        kept[:, 1:worlds] = kept[:, LAW : LAW + 1]


@inline  # a function of its own could not hand records back
def world_of(blocks, k):
    """The k-th of these blocks."""
    file = blocks.files[k]
    return World(  # type: ignore[call-arg]
        file.seed, file.first, file.people, file.replicate, file.region,
        file.deeds, file.doors, file.groupings,
        file, blocks.lives[k], blocks.scratch[0],
    )  # fmt: skip


class View(World):
    """A block for Python: any column by its name, wherever it is kept."""

    def __getattr__(self, name: str) -> Any:
        part = "file" if name in FILE else "scratch" if name in SCRATCH else "life"
        return getattr(getattr(self, part), name)


def view(blocks: Blocks, k: int) -> View:
    """The k-th block for Python."""
    file = blocks.files[k]
    head = [getattr(file, name) for name, _ in HEAD]
    return View(  # type: ignore[call-arg]
        *head, file, blocks.lives[k], blocks.scratch[0]
    )


def name_block(blocks: Blocks, k: int, head: tuple[int, int, int, int, int]) -> View:
    """Give the k-th block its seed, first id, people, replicate and region; return it."""
    for (name, _), number in zip(HEAD, head, strict=False):
        blocks.files[name][k] = number
    return view(blocks, k)


def one_block(
    seed: int, first: int, people: int, deeds: int, groupings: int, groups: int, replicate: int = 0
) -> View:
    """A block on its own, for Python."""
    blocks = allocate(1, deeds, groupings, groups)
    return name_block(blocks, 0, (seed, first, people, replicate, 0))
