"""Shelf: the folders of runs that may be read here, and those that are open.

name  ->  a folder in the runs directory, its manifest verified  ->  documents, counts, lives

A name is that of a folder in the runs directory, or of the one run that the command line named, and
of nothing else: it cannot hold a separator, and a link is no folder.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from demerit import __version__, comparison_storage, storage
from demerit.explorer.faults import Refused
from demerit.explorer.models import RUN
from demerit.facts import InputError

Row = dict[str, Any]
Signature = tuple[Any, ...]
OPEN_MOST = {"documents": 12, "counts": 3, "lives": 4, "other": 24}
ABOUT = ("scheme", "society", "people", "months", "seed", "quick", "digest")


class Shelf:
    """Runs by name."""

    def __init__(self, folder: Path, named: Path | None = None):
        self.folder, self.named = folder.absolute(), None if named is None else named.absolute()
        self.open: dict[str, OrderedDict[Any, Any]] = {kind: OrderedDict() for kind in OPEN_MOST}
        self.summaries: dict[str, tuple[Signature, Row]] = {}
        self.gates: dict[Any, threading.Lock] = {}
        self.lock = threading.Lock()
        self.opening = threading.Lock()  # one at a time: it takes memory and time

    # ---- names

    def path(self, name: str) -> Path:
        """The folder of a run.  Refused for what is no name, and where there is none."""
        if not re.fullmatch(RUN, name) or name.endswith(".partial"):
            raise none_of(name)
        if self.named is not None and name == self.named.name:
            found = self.named
        else:
            found = self.folder / name
        if found.is_symlink() or not found.is_dir():
            raise none_of(name)
        if found.resolve().parent != found.parent.resolve():
            raise none_of(name)
        if any(file.is_symlink() for file in found.iterdir()):
            raise Refused(409, f"{name}: holds a link; a run's folder has files alone.", "run")
        return found

    def names(self) -> list[str]:
        """All names, whatever their folders hold."""
        found = set()
        if self.folder.is_dir():
            found = {p.name for p in self.folder.iterdir() if (p / storage.MANIFEST).is_file()}
        if self.named is not None:
            found.add(self.named.name)
        return sorted(name for name in found if re.fullmatch(RUN, name))

    # ---- what is open

    def kept(self, kind: str, key: Any, make: Callable[[], Any]) -> Any:
        """Something that takes time to make: made once, and kept while others are not wanted more.

        Whoever asks for it meanwhile waits for the first.
        """
        with self.lock:
            gate = self.gates.setdefault((kind, key), threading.Lock())
        try:
            with gate:
                return self.at_hand(kind, key) or self.put(kind, key, make())
        finally:
            with self.lock:
                self.gates.pop((kind, key), None)

    def at_hand(self, kind: str, key: Any) -> Any:
        """What is open, if it is."""
        with self.lock:
            if key in self.open[kind]:
                self.open[kind].move_to_end(key)
            return self.open[kind].get(key)

    def put(self, kind: str, key: Any, made: Any) -> Any:
        """Keep something open, and close what was wanted longest ago."""
        with self.lock:
            self.open[kind][key] = made
            while len(self.open[kind]) > OPEN_MOST[kind]:
                self.open[kind].popitem(last=False)
        return made

    def document(self, name: str) -> Row:
        """run.json or compare.json of a folder, every file of which is as it was written."""
        path = self.path(name)
        found: Row = self.kept("documents", (name, signature(path)), lambda: read(path))
        return found

    def run(self, name: str) -> Row:
        """run.json.  Refused for a comparison."""
        document = self.document(name)
        if "run" not in document:
            raise Refused(409, f"{name}: is a comparison, not a run.", "run",
                          mend="GET /api/compare?runs=NAME shows it")  # fmt: skip
        return document

    def counts(self, name: str) -> Row:
        """The counts of a run, by counter (world, month, group)."""
        document, path = self.run(name), self.path(name)

        def make() -> Row:
            with self.opening:
                return storage.read_frames(path / "frames.parquet", document)

        found: Row = self.kept("counts", (name, signature(path)), make)
        return found

    def lives(self, name: str) -> Any:
        """A run ready to be lived again.  Refused for one that cannot be."""
        document, path = self.run(name), self.path(name)

        def make() -> Any:
            from demerit.replay.recorded import recall

            with self.opening:
                climate = storage.read_climate(path / "climate.parquet", document)
                try:
                    return recall(document, climate)
                except InputError as error:
                    raise Refused(
                        409, str(error), "run", mend=f"run it again: {document['command']}"
                    ) from None

        return self.kept("lives", (name, signature(path)), make)

    def once(self, name: str, what: Any, make: Callable[[], Any]) -> Any:
        """Something about a run that takes time to make."""
        return self.kept("other", (name, signature(self.path(name)), what), make)

    # ---- all of them

    def listed(self) -> tuple[list[Row], list[Row]]:
        """A line for each run, latest first; and those that cannot be trusted, with the reason."""
        found, damaged = [], []
        for name in self.names():
            try:
                found.append(self.summary(name))
            except Refused as refused:
                damaged.append({"name": name, "why": refused.fault.what})
        return sorted(found, key=lambda row: str(row["written"]), reverse=True), damaged

    def summary(self, name: str) -> Row:
        """A line on one run."""
        path = self.path(name)
        mark = signature(path)
        known = self.summaries.get(name)
        if known is None or known[0] != mark:
            known = (mark, summary(name, path, read(path)))
            self.summaries[name] = known
        return known[1]

    def answers(self, name: str, digest: str) -> bool:
        """Is there a run of this name that answers the question of this digest?"""
        try:
            explorer = self.document(name).get("explorer") or {}
        except Refused:
            return False
        return bool(explorer.get("digest") == digest)

    def keep(self, result: Any, name: str) -> Path:
        """Write a run to the shelf."""
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            return storage.write(result, self.folder / name)
        except FileExistsError:
            raise Refused(
                409, f"{name}: there is a folder of this name already, and it does not hold what "
                "it should.", "run", mend=f"move {self.folder / name} away, and ask again",
            ) from None  # fmt: skip


def none_of(name: str) -> Refused:
    """There is no run of this name."""
    return Refused(404, f"run {name[:80]!r}: there is none of this name.", "run",
                   mend="GET /api/runs lists them.")  # fmt: skip


def signature(path: Path) -> Signature:
    """What changes when a file of a folder does."""
    stats = ((file.name, file.stat()) for file in sorted(path.iterdir()))
    return tuple((name, s.st_mtime_ns, s.st_size, s.st_ino) for name, s in stats)


def read(path: Path) -> Row:
    """The document of a folder whose files are as they were written.  Refused where not."""
    try:
        if storage.is_comparison(path):
            return comparison_storage.read(path)[0]
        return storage.read_document(path)
    except InputError as error:
        raise Refused(
            409,
            str(error).replace(str(path), path.name),
            "run",
            mend="run it again, or take it from where it was copied",
        ) from None
    except (ValueError, KeyError) as error:
        raise Refused(409, f"{path.name}: cannot be read ({error}).", "run") from None


def summary(name: str, path: Path, document: Row) -> Row:
    """A line on a run or a comparison."""
    written = datetime.fromtimestamp((path / storage.MANIFEST).stat().st_mtime, UTC)
    row: Row = {"name": name, "written": written.isoformat(timespec="seconds")}
    row |= {key: document.get(key) for key in ABOUT}
    if "run" not in document:
        keys = [scheme["key"] for scheme in document["schemes"]]
        return row | {
            "kind": "comparison", "title": ", ".join(keys), "schemes": keys, "lives": False,
            "why_not": "a comparison holds no lives", "asked": None,
        }  # fmt: skip
    lives, why_not = lived(document)
    return row | {
        "kind": "run", "title": document["scheme_title"], "lives": lives, "why_not": why_not,
        "asked": (document.get("explorer") or {}).get("question"),
    }  # fmt: skip


def lived(document: Row) -> tuple[bool, str | None]:
    """Can the lives of a run be read one by one, as far as can be told at a glance?  Why not?"""
    if "rollout" in document:
        return False, "it is a run of a calendar, whose lives are not told one by one"
    if "rules" not in document:
        return False, "its folder lacks the rules"
    version = document["versions"]["demerit"]
    if version != __version__:
        return False, f"it was run by demerit {version}, and this is {__version__}"
    return True, None
