"""Kernel: the one decorator that turns a plain function over columns into machine code.

Every kernel stays a plain Python function: `NUMBA_DISABLE_JIT=1` runs the whole laboratory without
the compiler, for the debugger and for the tests that hold the compiler against Python.
"""

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

# At level 1 the kernels compile in three quarters of the time and run no slower (measured on
# 200,000 people x 60 months); it must be said before numba is imported.
os.environ.setdefault("NUMBA_OPT", "1")
import numba
import numpy as np
from numba.extending import intrinsic, overload

PACKAGE = Path(__file__).parent
DECORATED = re.compile(r"^@(kernel|inline|stage)$", re.M)
IMPORT = re.compile(r"^from demerit([\w.]*) import (\([\w,\s]*\)|[\w, ]+)", re.M)


def read_by_kernels() -> list[Path]:
    """The files whose text a compiled kernel may hold: those with kernels, and what they import."""
    texts = {path: path.read_text() for path in sorted(PACKAGE.rglob("*.py"))}
    holders = [path for path, text in texts.items() if DECORATED.search(text)]
    found, waiting = {Path(__file__), *holders}, holders
    while waiting:
        for module, names in IMPORT.findall(texts[waiting.pop()]):
            for name in ("", *re.findall(r"\w+", names)):
                base = PACKAGE.joinpath(*f"{module}.{name}".strip(".").split("."))
                for path in (base.with_suffix(".py"), base / "__init__.py"):
                    if path in texts and path not in found:
                        found.add(path)
                        waiting.append(path)
    return sorted(found)


def _cache_folder() -> Path:
    """Where compiled kernels are kept: a folder named by the text of all that a kernel can read.

    Numba keys its cache on the calling file alone, so an edit to a callee, or to a constant frozen
    into it, in another file would run stale code.
    """
    texts = b"".join(path.read_bytes() for path in read_by_kernels())
    key = hashlib.blake2b(texts, digest_size=8).hexdigest()
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "demerit" / key


numba.config.CACHE_DIR = str(_cache_folder())  # type: ignore[attr-defined]

# nogil: blocks run on threads.  No fastmath: twins must agree to the last bit.
kernel = numba.njit(cache=True, nogil=True, error_model="numpy")
inline = numba.njit(nogil=True, error_model="numpy", inline="always")
# A stage of the month becomes part of the kernel that takes it to a block (step/__init__.py): each
# level of calls is compiled again within the next.  On its own it is called by tests alone.
stage = numba.njit(cache=True, nogil=True, error_model="numpy", inline="always")


def entries(functions: Iterable[Any], *arguments: Any) -> list[Any]:
    """The machine code of kernels for arguments of these types, compiled if it is not yet.

    To call it so saves numba's look at each argument, which takes longer than some stages do: the
    arguments are looked at once, here.
    """
    types = tuple(map(numba.typeof, arguments))
    # Plain functions have nothing to compile (NUMBA_DISABLE_JIT).
    return [f.compile(types) if hasattr(f, "compile") else f for f in functions]


@kernel
def fill(row, value):
    """Set a whole row to one value: a loop compiles in a tenth of the time of `row[:] = value`."""
    for i in range(row.size):
        row[i] = value


def ones(word: np.uint64) -> np.int64:
    """How many bits of a word are set.

    >>> int(ones(np.uint64(0b1011)))
    3
    """
    return np.int64(int(word).bit_count())


@intrinsic
def _count_bits(typing: Any, word: Any) -> Any:
    """The processor's own instruction, or the compiler's best way round it."""
    return word(word), lambda context, builder, signature, words: builder.ctpop(words[0])


@overload(ones)
def _ones_compiled(word):  # numba compares the two signatures: no annotations here
    return lambda word: np.int64(_count_bits(word))


ONE, BYTE, BYTE_BITS = np.uint64(1), np.uint64(255), np.uint64(3)


@inline
def foremost(eight):
    """Which of eight bytes in a word is the first that is not nought; the word has some.

    >>> int(foremost(np.uint64(0x0001_0000_0300_0000)))
    3
    """
    return ones((eight - ONE) & ~eight) >> 3


@inline
def without(eight, k):
    """The same eight bytes, the k-th of them nought.

    >>> hex(without(np.uint64(0x0001_0000_0300_0000), 3))
    '0x1000000000000'
    """
    return eight & ~(BYTE << (np.uint64(k) << BYTE_BITS))
