"""Prices: numbers that only measures use, and what of deeds held back has only moved elsewhere.

data/costs.toml, data/displacement.toml  ->  Prices

No run reads them, so that counts stay as they are when they change.  They are assumed, every one,
and varied with the numbers of the model where it is told what is not known (ensemble.py): `at` lets
a draw reckon by its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from demerit import facts

FILES = ("costs", "displacement")


class Prices(NamedTuple):
    """What measures reckon by."""

    harm: dict[str, float]  # deed -> what one costs others [yuan]
    entry: float  # to write, check and file one [yuan]
    sanction: float  # to bring one about [yuan]
    appeal: float  # to answer one [yuan]
    file: float  # to keep one for a month [yuan]
    minute: float  # of somebody turned away [yuan]
    moved: dict[str, float]  # deed -> share of those held back that are done elsewhere


def read(values: facts.Values | None = None) -> Prices:
    """Those of the data files; `values` replaces some by name ("costs.harm.fraud")."""
    costs, moved = (facts.read(f"{name}.toml", values) for name in FILES)
    work = of(costs["enforcement"])
    return Prices(
        of(costs["harm"]), work["entry"], work["sanction"], work["appeal"],
        costs["administration"]["file"]["value"], costs["time"]["hour"]["value"] / 60,
        of(moved["moved"]),
    )  # fmt: skip


def of(table: dict[str, Any]) -> dict[str, float]:
    """The values of a table of numbers."""
    return {key: fact["value"] for key, fact in table.items()}


_prices: ContextVar[Prices] = ContextVar("prices")
_central = read()


def now() -> Prices:
    """What is reckoned by here.

    >>> now().minute * 60, now().moved["littering"]
    (20.0, 0.2)
    """
    return _prices.get(_central)


@contextmanager
def at(values: facts.Values) -> Iterator[None]:
    """Reckon by other values; names of other files are passed over.

    >>> with at({"costs.enforcement.entry": 99, "deeds.deed.bribe.rate": 0.1}):
    ...     now().entry
    99
    """
    token = _prices.set(read(values))
    try:
        yield
    finally:
        _prices.reset(token)
