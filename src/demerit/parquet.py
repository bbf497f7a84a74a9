"""Parquet: columns to a file and back, by DuckDB: the same bytes for the same columns."""

import contextlib
import errno
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demerit.facts import InputError

if TYPE_CHECKING:
    import numpy as np

    Arrays = dict[str, np.ndarray]


def sync(path: Path) -> None:
    """Have the disk keep this file or folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_parquet(path: Path, columns: "Arrays") -> None:
    """Columns as one Parquet file: the same bytes for the same columns.  Raises OSError."""
    import duckdb

    target = str(path.absolute()).replace("'", "''")
    with database() as db:
        db.register("columns", columns)
        try:
            db.execute(f"copy (from columns) to '{target}' (format parquet, compression zstd)")
        except duckdb.Error as error:
            full = "no space left" in str(error).lower()
            raise OSError(errno.ENOSPC if full else errno.EIO, str(error), str(path)) from None
    sync(path)


def write_draws(
    path: Path, changed: Sequence[Mapping[str, float]], draws: Sequence[Mapping[str, float] | None]
) -> None:
    """The draws of what is not known, a row each: did the scheme meet the fate that it met in the
    run, the value of every number varied, and the headline of every measure (`measure.KEY`)."""
    import numpy as np

    headlines: list[Mapping[str, float]] = [draw or {} for draw in draws]
    keys = dict.fromkeys(key for draw in headlines for key in draw)
    columns: Arrays = {
        "draw": np.arange(len(headlines)),
        "same_fate": np.array([draw is not None for draw in draws]),
    }
    columns |= {name: np.array([c[name] for c in changed], float) for name in changed[0]}
    columns |= {f"measure.{k}": np.array([d.get(k, np.nan) for d in headlines]) for k in keys}
    write_parquet(path, columns)


def read_parquet(path: Path) -> "Arrays":
    """The columns of a Parquet file, rows in the order they were written."""
    with opened(path) as ask:
        return dict(ask("from rows").fetchnumpy())


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Callable[[str], Any]]:
    """Asks a Parquet file in SQL: its rows are the table `rows`, each with its file_row_number
    where that is named.  InputError where it cannot be read."""
    import duckdb

    literal = "".join(f"[{c}]" if c in "[*?" else c for c in str(path.absolute()))
    with database() as db:
        try:
            db.read_parquet(literal).create_view("rows")
            yield db.execute
        except duckdb.Error as error:
            raise InputError(f"{path}: cannot be read ({error}).") from None


def database() -> Any:
    """An empty database in memory, one thread, that loads nothing from anywhere."""
    import duckdb

    no = "false"
    config = {"autoinstall_known_extensions": no, "autoload_known_extensions": no, "threads": "1"}
    return duckdb.connect(config=config)  # type: ignore[arg-type]
