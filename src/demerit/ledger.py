"""Ledger: what a run has done so far, entry after entry, so that it can go on after a kill.

entries (what they are, arrays)  ->  DIR.partial/ledger  ->  the same entries, or what is damaged

A file that is only ever appended to.  Each entry ends with a checksum of itself and of all before
it, so that none can be changed, left out, moved or taken from another run unseen; and begins with
one of its own length.  A kill can therefore do one thing only, cut the last entry short: that part
is dropped and lived again.  Anything else is damage, named and never used.
"""

import contextlib
import errno
import fcntl
import hashlib
import json
import math
import os
import shutil
import struct
import time
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from demerit.facts import InputError

if TYPE_CHECKING:
    import numpy as np

    Arrays = dict[str, np.ndarray]

NAME = "ledger"
START = struct.Struct("<4sQQ")  # mark, bytes of what it is, bytes of its arrays
MARK = b"dmrt"
SUM = 32  # bytes of a checksum
PIECE = 1 << 20  # bytes read at a time


class Entry(NamedTuple):
    """One entry: what it is, and where in the file its arrays lie."""

    what: dict[str, Any]
    start: int
    size: int


def folder_of(out: Path) -> Path:
    """Where the ledger of a run stands until the run is complete.

    >>> folder_of(Path("runs/a"))
    PosixPath('runs/a.partial')
    """
    return out if out.name.endswith(".partial") else out.with_name(f"{out.name}.partial")


def checksum(*parts: bytes) -> bytes:
    """BLAKE2b-256 of these bytes, one after the other."""
    found = hashlib.blake2b(digest_size=SUM)
    for part in parts:
        found.update(part)
    return found.digest()


class Ledger:
    """The ledger of one run, open for writing by one process.  `dropped` tells of a cut end."""

    def __init__(self, folder: Path, handle: int, entries: list[Entry], last: bytes, end: int):
        self.folder, self.handle = folder, handle
        self.entries, self.last, self.end = entries, last, end
        self.dropped = 0  # bytes of an entry that a kill cut short
        self.made: list[Path] = []  # folders above that were not there before
        self.spent = float(entries[-1].what["seconds"]) if entries else 0.0
        self.start_clock()

    @property
    def head(self) -> dict[str, Any]:
        """All that decides the run, as its first entry holds it."""
        return self.entries[0].what

    def start_clock(self) -> None:
        """From now on the run itself takes time: its kernels are compiled."""
        self.started = time.monotonic()

    def seconds(self) -> float:
        """How long the run has taken, in this process and in those before it [s]."""
        return self.spent + time.monotonic() - self.started

    def append(self, what: Mapping[str, Any], arrays: "Arrays | None" = None) -> None:
        """Add an entry; it is on the disk when this returns.  Raises OSError."""
        arrays = arrays or {}
        shapes = [[name, a.dtype.str, list(a.shape)] for name, a in arrays.items()]
        said = {**what, "seconds": self.seconds(), "arrays": shapes}
        text = json.dumps(said, ensure_ascii=False).encode()
        body = zlib.compress(b"".join(a.tobytes() for a in arrays.values()), 1)
        start = START.pack(MARK, len(text), len(body))
        start += checksum(self.last, start)
        total = checksum(self.last, start, text, body)
        try:
            os.lseek(self.handle, self.end, os.SEEK_SET)
            write_all(self.handle, start + text + body + total)
            os.fsync(self.handle)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(self.folder / NAME)) from None
        self.entries.append(Entry(said, self.end + len(start) + len(text), len(body)))
        self.end += len(start) + len(text) + len(body) + SUM
        self.last = total

    def find(self, **wanted: Any) -> Iterator[Entry]:
        """The entries of which all this is said, in order."""
        for entry in self.entries:
            if all(entry.what.get(key) == value for key, value in wanted.items()):
                yield entry

    def arrays(self, entry: Entry) -> "Arrays":
        """The arrays of an entry."""
        import numpy as np

        body = zlib.decompress(read_at(self.handle, entry.start, entry.size))
        found, at = {}, 0
        for name, kind, shape in entry.what["arrays"]:
            found[name] = np.frombuffer(body, kind, math.prod(shape), at).reshape(shape)
            at += found[name].nbytes
        return found

    def close(self) -> None:
        """Let go of the file; the folder stays."""
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1

    def remove(self) -> None:
        """Let go of the file and remove the folder: the run is complete, or not worth keeping."""
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        with contextlib.suppress(OSError):  # the run stands in them
            for folder in self.made:
                folder.rmdir()


def write_all(handle: int, data: bytes) -> None:
    """Write every byte; a disk may take fewer than it is given."""
    view = memoryview(data)
    while view:
        written = os.write(handle, view)
        if written == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        view = view[written:]


def read_at(handle: int, start: int, size: int) -> bytes:
    """So many bytes from there on; fewer only at the end of the file."""
    parts = []
    while size > 0 and (part := os.pread(handle, min(size, PIECE), start)):
        parts.append(part)
        start += len(part)
        size -= len(part)
    return b"".join(parts)


def create(out: Path, head: Mapping[str, Any]) -> Ledger:
    """The ledger of a new run.  Raises FileExistsError if it has one already, OSError."""
    folder = folder_of(out)
    above = [parent for parent in folder.parents if not parent.exists()]  # the innermost first
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir()
    try:
        handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
        lock(handle, folder)
        made = Ledger(folder, handle, [], b"", 0)
        made.made = above
        made.append({**head, "kind": "head"})
        for name in (folder, folder.parent):  # the names too, should the power fail
            keep_name(name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return made


def keep_name(folder: Path) -> None:
    """Have the disk keep what this folder lists."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder / NAME)) from None
    finally:
        os.close(handle)


def resume(out: Path) -> Ledger:
    """The ledger of a run that was stopped, every entry checked.

    Raises InputError if there is none, if another process writes it, or if it is damaged.
    """
    folder = folder_of(out)
    try:
        handle = os.open(folder / NAME, os.O_RDWR)
    except FileNotFoundError:
        if folder.is_dir():  # killed before it had any
            raise InputError(damaged(folder / NAME, "it has no beginning")) from None
        raise InputError(
            f"{out}: there is nothing to go on with ({folder / NAME} does not exist); name the "
            "folder that `demerit run` was told to write."
        ) from None
    except OSError as error:
        raise InputError(f"{folder / NAME}: cannot be read ({error.strerror}).") from None
    try:
        lock(handle, folder)
        entries, last, end = read_entries(handle, folder / NAME)
        if not entries or entries[0].what.get("kind") != "head":
            raise InputError(damaged(folder / NAME, "it has no beginning"))
        found = Ledger(folder, handle, entries, last, end)
        found.dropped = os.fstat(handle).st_size - end
        os.ftruncate(handle, end)
    except BaseException:
        os.close(handle)
        raise
    return found


def discard(out: Path) -> None:
    """Remove what is left of the ledger of a run that is complete."""
    if (folder_of(out) / NAME).exists():
        resume(out).remove()  # unless another process is at it
    shutil.rmtree(folder_of(out), ignore_errors=True)


def lock(handle: int, folder: Path) -> None:
    """Keep other processes from this ledger until it is closed."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise InputError(f"{folder}: another process is at work on this run.") from None


def damaged(path: Path, why: str) -> str:
    """What is said of a ledger that cannot be used."""
    return (
        f"{path}: this ledger was damaged ({why}); nothing of it is used. Remove {path.parent} "
        "and start the run again."
    )


def read_entries(handle: int, path: Path) -> tuple[list[Entry], bytes, int]:
    """All whole entries, the checksum of the last and where it ends.

    InputError for one that is not as it was written; what a kill cut short is left out.
    """
    size = os.fstat(handle).st_size
    entries: list[Entry] = []
    last, at = b"", 0
    while size - at >= START.size + SUM:
        name = f"entry {len(entries) + 1}, at byte {at:,}"
        start = read_at(handle, at, START.size + SUM)
        if checksum(last, start[: START.size]) != start[START.size :]:
            raise InputError(damaged(path, f"{name}: its first bytes were changed"))
        mark, text_size, body_size = START.unpack(start[: START.size])
        whole = len(start) + text_size + body_size + SUM
        if mark != MARK or at + whole > size:
            break
        text = read_at(handle, at + len(start), text_size)
        found = hashlib.blake2b(last + start + text, digest_size=SUM)
        body = at + len(start) + text_size
        for piece in range(body, body + body_size, PIECE):
            found.update(read_at(handle, piece, min(PIECE, body + body_size - piece)))
        last = found.digest()
        if last != read_at(handle, body + body_size, SUM):
            raise InputError(damaged(path, f"{name}: it was changed after it was written"))
        entries.append(Entry(json.loads(text), body, body_size))
        at += whole
    return entries, last, at
