"""Storage: a run's folder, written whole or not at all, and read only when nothing in it changed.

Result  ->  run.json, frames.parquet, climate.parquet, pages, MANIFEST.sha256  ->  its parts

Files are written beside the folder, synced and renamed.  Parquet hides damage (one flipped bit can
give other values without an error), so whatever reads a run checks the manifest first.
"""

import contextlib
import errno
import glob
import hashlib
import json
import math
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demerit import ledger, rollout_storage
from demerit.facts import InputError
from demerit.parquet import opened, read_parquet, sync, write_draws, write_parquet

if TYPE_CHECKING:
    import numpy as np

    from demerit.trial import Result

    Arrays = dict[str, np.ndarray]

FILES = ("climate.parquet", "frames.parquet", "report.html", "run.json")
COMPARISON = "compare.json"  # a folder that has it is a comparison, any other is a run
OF_ROLLOUT = ("places.parquet", "waves.parquet")  # counts by place and by cohort of places
# What the report writes beside report.html, and what it reads beside; older runs have none of it.
PAGES = ("assumptions.html", "journalist.html", "lawyer.html", "measures.html", "measures.json",
         "model-card.md", "statistician.html")  # fmt: skip
BESIDE = ("draws.parquet", "stories.json")
MANIFEST = "MANIFEST.sha256"
FRAMES = re.compile(r"frames-[a-z0-9-]+\.parquet")  # of the schemes of a comparison
AXES = ("axis_2", "axis_3")  # of a climate array, after world and month


def write(result: "Result", out: Path) -> Path:
    """The folder `out` of this run, complete; nothing at all if anything fails.

    Raises FileExistsError if `out` exists, OSError if the disk is full or cannot be written.
    """
    from demerit import report

    document = plain({**result.document, "run": out.name})
    with beside(out) as partial:
        write_text(partial / "run.json", json_text(document))
        write_frames(partial / "frames.parquet", document, result.frames)
        write_climate(partial / "climate.parquet", document, result.climate)
        if result.apart:
            rollout_storage.write_apart(partial, document, result.apart)
        if result.changed:
            write_draws(partial / "draws.parquet", result.changed, result.draws)
        if result.stories:
            write_text(partial / "stories.json", json_text(result.stories))
        stories = plain(result.stories)
        for name, text in report.files(document, result.frames, result.climate, stories).items():
            write_text(partial / name, text)
        write_text(partial / MANIFEST, manifest(partial))
        sync(partial)
    return out


def read(out: Path, mend: tuple[str, ...] = ()) -> "tuple[dict[str, Any], Arrays, Arrays]":
    """run.json, the frames and the climate of a run whose files are as they were written.

    `mend` names files that may be damaged, because the caller makes them again.
    Raises InputError that names every file that is missing, changed or foreign.
    """
    document = read_document(out, mend)
    frames = read_frames(out / "frames.parquet", document)
    return document, frames, read_climate(out / "climate.parquet", document)


def read_lives(out: Path) -> "tuple[dict[str, Any], Arrays]":
    """run.json and the climate alone: what it takes to live a run again.  Raises as `read`."""
    document = read_document(out)
    return document, read_climate(out / "climate.parquet", document)


def read_document(out: Path, mend: tuple[str, ...] = ()) -> dict[str, Any]:
    """run.json of a run whose files are as they were written."""
    if is_comparison(out):
        raise InputError(
            f"{out}: is a comparison, which holds no lives; run one of its schemes by itself "
            "(demerit run SCHEME) and name that run's folder."
        )
    return read_checked(out, "run.json", mend)


def is_comparison(out: Path) -> bool:
    """Does this folder hold a comparison?  Its manifest says so even where compare.json is gone."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return f"  {COMPARISON}\n" in (out / MANIFEST).read_text(encoding="utf-8")
    return False


def read_checked(out: Path, name: str, mend: tuple[str, ...]) -> dict[str, Any]:
    """One document of a folder whose files are as they were written, but for those to mend."""
    if found := [line for file, line in damage(out) if file not in mend]:
        what = "comparison" if name == COMPARISON else "run"
        raise InputError("\n  ".join([f"{out}: this {what} cannot be trusted:", *found]))
    document: dict[str, Any] = json.loads((out / name).read_text(encoding="utf-8"))
    return document


def render(out: Path) -> Path:
    """Write the pages of a run again; the other files stay as they are."""
    from demerit import report

    document, frames, climate = read(out, mend=("report.html", *PAGES))
    return write_pages(out, report.files(document, frames, climate, read_stories(out)))


def read_stories(out: Path) -> dict[str, Any] | None:
    """The stories of a run that was read; None of one that was written before there were any."""
    path = out / "stories.json"
    found: dict[str, Any] | None = json.loads(path.read_text("utf-8")) if path.is_file() else None
    return found


def write_pages(out: Path, pages: dict[str, str]) -> Path:
    """Put other pages into a folder, and into its manifest; where report.html is."""
    fresh = {name: out / f".{name}.partial-{os.getpid()}" for name in pages}
    listing = out / f".{MANIFEST}.partial-{os.getpid()}"
    try:
        for name, text in pages.items():
            write_text(fresh[name], text)
        write_text(listing, manifest(out, fresh))
        for name, path in fresh.items():
            path.replace(out / name)
        listing.replace(out / MANIFEST)
        sync(out)
    finally:
        for path in (*fresh.values(), listing):
            path.unlink(missing_ok=True)
    return out / "report.html"


# ---- folders


def check_free(out: Path) -> None:
    """Raise InputError if a folder `out` exists or could not be made."""
    if os.path.lexists(out):
        raise InputError(f"{out}: exists already; name another folder with --out, or move it away.")
    if os.path.lexists(ledger.folder_of(out)):
        raise InputError(
            f"{out}: a run that writes it was stopped, or is at work; go on with `demerit run "
            f"--resume {out}`, or name another folder with --out."
        )
    made: list[Path] = []
    try:
        for parent in reversed(out.absolute().parents):
            if not parent.exists():
                parent.mkdir()
                made.append(parent)
        probe = partial_name(out)
        probe.mkdir()
        made.append(probe)
    except OSError as error:
        raise InputError(
            f"{out}: this folder cannot be made ({error.strerror}); name another with --out."
        ) from None
    finally:
        for folder in reversed(made):
            folder.rmdir()


def partial_name(out: Path) -> Path:
    """Where a folder stands while it is written.

    >>> partial_name(Path("runs/a")).name.startswith(".a.partial-")
    True
    """
    return out.parent / f".{out.name}.partial-{os.getpid()}"


def sweep(out: Path) -> None:
    """Remove what processes that were killed while they wrote this folder have left beside it."""
    for left in out.parent.glob(f".{glob.escape(out.name)}.partial-*"):
        shutil.rmtree(left, ignore_errors=True)


@contextlib.contextmanager
def beside(out: Path) -> Iterator[Path]:
    """A folder that becomes `out` when the block ends well, and is removed when it does not."""
    if os.path.lexists(out):
        raise FileExistsError(errno.EEXIST, "the folder exists already", str(out))
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = partial_name(out)
    try:
        partial.mkdir()
        yield partial
        partial.rename(out)
        sync(out.parent)
    except BaseException:  # Ctrl-C too: nothing half written stays
        shutil.rmtree(partial, ignore_errors=True)
        raise


def write_text(path: Path, text: str) -> None:
    """A text file, on the disk when this returns."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


# ---- the manifest


def manifest(folder: Path, instead: dict[str, Path] | None = None) -> str:
    """A line of `sha256sum` for each file of a run; `instead` names files to hash in its place."""
    instead = instead or {}
    names = {p.name for p in folder.iterdir() if not p.name.startswith((".", MANIFEST))}
    return "".join(
        f"{digest(instead.get(n, folder / n))}  {n}\n" for n in sorted(names | set(instead))
    )


def belongs(name: str, comparison: bool) -> bool:
    """Is this the name of a file that a run, or a comparison, writes?

    >>> belongs("run.json", False), belongs("frames-none.parquet", True), belongs("run.json", True)
    (True, True, False)
    """
    if not comparison:
        return name in (*FILES, *OF_ROLLOUT, *PAGES, *BESIDE)
    pages = ("report.html", "measures.json")
    return name in (COMPARISON, *pages) or bool(FRAMES.fullmatch(name))


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def damage(out: Path) -> list[tuple[str, str]]:
    """Each file of a run that is missing, changed or foreign: (name, sentence)."""
    if not out.is_dir():
        raise InputError(f"{out}: there is no such run folder.")
    try:
        listing = (out / MANIFEST).read_bytes()
        lines = listing.decode("utf-8").splitlines()
        listed = {name: sha for sha, _, name in (line.partition("  ") for line in lines)}
    except FileNotFoundError:
        raise InputError(f"{out}: is not a run folder (it has no {MANIFEST}).") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{out / MANIFEST}: cannot be read ({error}).") from None
    comparison = COMPARISON in listed
    needed = (COMPARISON, "report.html") if comparison else FILES
    found = [
        (name, f"{name}: {MANIFEST} does not list it.") for name in needed if name not in listed
    ]
    for name, sha in listed.items():
        path = out / name
        if not belongs(name, comparison):
            found.append((name, f"{name!r}: listed in {MANIFEST}, but no file of a run."))
        elif not path.is_file():
            found.append((name, f"{name}: is missing."))
        elif digest(path) != sha:
            what = f"{name}: was changed after the run, or its line of {MANIFEST} was."
            found.append((name, what))
    if not found and listing != manifest(out).encode():  # what splits lines, or comes twice
        found.append((MANIFEST, f"{MANIFEST}: was changed after the run."))
    for path in sorted(out.iterdir()):
        if path.name not in (*needed, *listed, MANIFEST):
            found.append((path.name, f"{path.name}: is foreign, no run writes it; move it away."))
    return found


# ---- JSON


def plain(node: Any) -> Any:
    """The same as JSON can hold it: numpy's numbers as Python's, and what is not a number as null.

    >>> plain({"a": [float("nan"), 1, (2.5,)]})
    {'a': [None, 1, [2.5]]}
    """
    if isinstance(node, dict):
        return {str(key): plain(child) for key, child in node.items()}
    if isinstance(node, list | tuple):
        return [plain(child) for child in node]
    if hasattr(node, "tolist"):  # a numpy scalar or array
        return plain(node.tolist())
    if isinstance(node, float) and not math.isfinite(node):
        return None
    return node


def json_text(document: Any) -> str:
    """One JSON document, readable, in the order it was made."""
    return json.dumps(plain(document), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


# ---- Parquet


def write_frames(path: Path, document: dict[str, Any], frames: "Arrays") -> None:
    """Counts, a row for each (world, month, group), a column for each counter."""
    import numpy as np

    of_group = [key for key, labels in document["groupings"].items() for _ in labels]
    group = [label for labels in document["groupings"].values() for label in labels]
    shape = (len(document["worlds"]), *next(iter(frames.values())).shape[1:])
    world, month, cell = (index.ravel() for index in np.indices(shape))
    columns = {
        "world": np.array(document["worlds"], dtype=object)[world],
        "month": month.astype(np.int64),
        "grouping": np.array(of_group, dtype=object)[cell],
        "group": np.array(group, dtype=object)[cell],
    }
    for name, counts in frames.items():
        if counts.shape != shape:
            raise ValueError(f"frame {name} has shape {counts.shape}, not {shape}")
        columns[name] = np.ascontiguousarray(counts, dtype=np.int64).ravel()
    write_parquet(path, columns)


def read_frames(path: Path, document: dict[str, Any]) -> "Arrays":
    """Counts by counter, axes (world, month, group)."""
    columns = read_parquet(path)
    worlds = len(document["worlds"])
    groups = sum(len(labels) for labels in document["groupings"].values())
    names = [name for name in columns if name not in ("world", "month", "grouping", "group")]
    return {name: columns[name].reshape(worlds, -1, groups) for name in names}


def write_climate(path: Path, document: dict[str, Any], climate: "Arrays") -> None:
    """What places share, a row for each number; an axis that an array lacks is -1 there."""
    import numpy as np

    parts: dict[str, list[Any]] = {key: [] for key in ("name", "world", "month", *AXES, "value")}
    for name, values in climate.items():
        index = [axis.ravel() for axis in np.indices(values.shape)]
        none = np.full(values.size, -1)
        index += [none] * (2 + len(AXES) - len(index))
        parts["name"].append(np.full(values.size, name, dtype=object))
        parts["world"].append(np.array(document["worlds"], dtype=object)[index[0]])
        for key, numbers in zip(("month", *AXES), index[1:], strict=True):
            parts[key].append(numbers.astype(np.int64))
        parts["value"].append(np.ascontiguousarray(values, dtype=np.int64).ravel())
    write_parquet(path, {key: np.concatenate(part) for key, part in parts.items()})


def read_climate(path: Path, document: dict[str, Any]) -> "Arrays":
    """What places share, by name; axes (world, month, ...).

    Names and lengths are asked for, and of the rows nothing but the value is read: a pilot of two
    million has millions of rows.
    """
    ends = ", ".join(f"max({axis}) + 1" for axis in ("month", *AXES))
    with opened(path) as ask:
        arrays = ask(f"select name, count(*), {ends} from rows group by name").fetchall()
        firsts = ask("select name from rows where world = (select first(world) from rows) "
                     "and month = 0 and greatest(axis_2, axis_3) <= 0").fetchall()  # fmt: skip
        value = ask("select value from rows").fetchnumpy()["value"]
    size = {name: (count, lengths) for name, count, *lengths in arrays}
    climate, at = {}, 0
    for (name,) in firsts:
        count, lengths = size[name]
        shape = [len(document["worlds"]), *(end for end in lengths if end > 0)]
        climate[name] = value[at : at + count].reshape(shape)
        at += count
    return climate
