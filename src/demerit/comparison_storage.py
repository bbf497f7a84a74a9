"""Storage of a comparison: its folder, and what can be done with a folder of either kind.

Compared  ->  compare.json, a frames-SCHEME.parquet each, report.html, measures.json,
MANIFEST.sha256  ->  parts

Written whole or not at all and checked like a run's (storage.py).
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from demerit import storage
from demerit.storage import COMPARISON

if TYPE_CHECKING:
    from demerit.comparison import Compared
    from demerit.storage import Arrays


def write(compared: "Compared", out: Path) -> Path:
    """The folder `out` of this comparison, complete; nothing at all if anything fails.

    Raises FileExistsError if `out` exists, OSError if the disk is full or cannot be written.
    """
    from demerit import report

    document = storage.plain({**compared.document, "compare": out.name})
    with storage.beside(out) as partial:
        storage.write_text(partial / COMPARISON, storage.json_text(document))
        for key, frames in compared.frames.items():
            storage.write_frames(partial / frames_name(key), document, frames)
        for name, text in report.comparison_files(document, compared.frames).items():
            storage.write_text(partial / name, text)
        storage.write_text(partial / storage.MANIFEST, storage.manifest(partial))
        storage.sync(partial)
    return out


def frames_name(scheme: str) -> str:
    """The file that holds one scheme's frames.

    >>> frames_name("court-list")
    'frames-court-list.parquet'
    """
    return f"frames-{scheme}.parquet"


def read(out: Path, mend: tuple[str, ...] = ()) -> "tuple[dict[str, Any], dict[str, Arrays]]":
    """compare.json and each scheme's frames of a comparison whose files are as they were written.

    Raises as storage.read.
    """
    document = storage.read_checked(out, COMPARISON, mend)
    keys = [scheme["key"] for scheme in document["schemes"]]
    return document, {k: storage.read_frames(out / frames_name(k), document) for k in keys}


def read_any(out: Path) -> dict[str, Any]:
    """The document of a run or of a comparison, after every file of it was read."""
    return read(out)[0] if storage.is_comparison(out) else storage.read(out)[0]


def render_any(out: Path) -> Path:
    """Write the pages of a run or of a comparison again; the other files stay as they are."""
    from demerit import report

    if not storage.is_comparison(out):
        return storage.render(out)
    pages = report.comparison_files(*read(out, mend=("report.html", "measures.json")))
    return storage.write_pages(out, pages)
