"""Tables of the household cash book."""

from typing import Any, NamedTuple

import numpy as np

from demerit.society.tables.numbers import lognormal_cells, wide


class Household(NamedTuple):
    """Axes: home (rural, urban), score cell."""

    labour_256: int
    need_fen: np.ndarray  # (home,) a head
    bills_256: int
    instalment_256: int
    buffer_256: np.ndarray  # (score cell,) months of household income, by hardship
    spending_256: int
    illness_32: int
    illness_fen: int
    benefit_256: int
    job_loss_32: int


def household(house: dict[str, Any]) -> Household:
    """The tables of household.toml."""
    cash = {key: fact["value"] for key, fact in house["cash"].items()}
    need = [cash["subsistence_rural"], cash["subsistence_urban"]]
    return Household(
        labour_256=round(256 * cash["labour_share"]),
        need_fen=np.array([round(100 * yuan) for yuan in need], np.int64),
        bills_256=round(256 * cash["bills_share"]),
        instalment_256=round(256 * cash["instalment_share"]),
        # Hardship is the other end of a full buffer.
        buffer_256=lognormal_cells(-cash["buffer_spread"], cash["buffer_months"]),
        spending_256=round(256 * cash["spending_share"]),
        illness_32=int(wide(cash["illness_rate"])),
        illness_fen=round(100 * cash["illness_cost"]),
        benefit_256=round(256 * cash["benefit_share"]),
        job_loss_32=int(wide(house["work"]["job_loss_rate"]["value"])),
    )
