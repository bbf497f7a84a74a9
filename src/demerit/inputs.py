"""Inputs: digests of all that decides a run, so that one that goes on is the one that was begun.

Scheme, Society, this program  ->  {part: digest}
"""

import hashlib
from pathlib import Path
from typing import Any

from demerit import ensemble
from demerit.facts import InputError

PARTS = {
    "scheme": "the rules of the scheme",
    "numbers": "a number of the data files",
    "society": "the tables of the society",
    "program": "demerit itself",
}


def digests(scheme: Any, society: Any) -> dict[str, dict[str, str]]:
    """Digests of rules, numbers, people and program, for the beginning of a ledger."""
    numbers = [(name, fact["value"]) for name, fact in ensemble.numbers(scheme, society.key)]
    return {
        "inputs": {
            "scheme": short(repr(scheme.files).encode()), "numbers": short(repr(numbers).encode()),
            "society": society.digest, "program": program(),
        }
    }  # fmt: skip


def program() -> str:
    """A digest of every line of this program."""
    texts = (path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.py")))
    return short(b"".join(texts))


def short(data: bytes) -> str:
    """A digest of bytes, in hex."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def check(name: str, then: dict[str, str], now: dict[str, str]) -> None:
    """Raise InputError if a run that is to go on would be another than the one that was begun."""
    changed = [what for part, what in PARTS.items() if then.get(part) != now[part]]
    if changed:
        raise InputError(
            f"{name}: cannot go on, for what decides it has changed since it began: "
            f"{', '.join(changed)}. Bring that back, or start the run again in another folder."
        )
