"""Tables of firms: whose they are, how large, their cash book, what they do and who sees it.

firms.toml  ->  Firms
"""

from typing import Any, NamedTuple

import numpy as np

from demerit.columns import FIRM_DEEDS, FIRM_DOORS, FIRM_DUES, TRAITS
from demerit.society.tables.numbers import lognormal_cells, wide

FIRM_KINDS = ("due", "once", "on_time")
FIRM_DUE, FIRM_ONCE, FIRM_ON_TIME = range(len(FIRM_KINDS))
WHO_ASKS = ("all", "short", "large")  # firms.toml, `who` of a door
ASK_ALL, ASK_SHORT, ASK_LARGE = range(len(WHO_ASKS))
BYTES_SD = (4 * (256**2 - 1) / 12) ** 0.5  # of the sum of four even bytes


class Firms(NamedTuple):
    """Axes: firm sector, firm size, firm deed, firm door, score cell.  `m`: months of turnover."""

    firm_owner_32: int  # share of the self-employed who own a firm
    firm_knows_32: int  # share of owners who know the rules
    firm_sector_32: np.ndarray  # (sector,) cumulative share
    firm_size_32: np.ndarray  # (size,) cumulative share
    firm_staff_from: np.ndarray  # (size,)
    firm_staff_to: np.ndarray  # (size,)
    firm_sales_16: np.ndarray  # (sector,) turnover per unit of the sum of four even bytes
    firm_worker_fen: int  # turnover per worker and month
    firm_wages_256: int  # parts of turnover
    firm_tax_256: int
    firm_invoices_256: int
    firm_spot_256: int
    firm_buffer_256: int  # m
    firm_pay_back_256: int
    firm_suit_months: int
    firm_suit_32: int
    firm_seize_32: int
    firm_fail_32: int
    firm_part_16: int  # what falls due of a loan each month
    firm_interest_256: int
    firm_deeds: int  # lengths of axes, told at run time
    firm_doors: int
    firm_kind: np.ndarray  # (deed,) row of FIRM_KINDS
    firm_due: np.ndarray  # (deed,) how many dues are covered by who can pay this one; 0: not a due
    firm_harm: np.ndarray  # (deed,) yes/no
    firm_habit_32: np.ndarray  # (deed,) rate under ordinary law
    firm_sells: np.ndarray  # (deed, sector) yes/no: can do it
    firm_trait: np.ndarray  # (deed,) row of TRAITS, of the owner
    firm_load_256: np.ndarray  # (deed,)
    firm_rest_256: np.ndarray  # (deed,)
    firm_frail_256: np.ndarray  # (score cell,) what lasting frailty makes of a rate
    firm_law_months: np.ndarray  # (deed,) what ordinary law makes of being caught [m]
    firm_seen_32: np.ndarray  # (deed,)
    firm_false_32: np.ndarray  # (deed,)
    firm_wrong_32: np.ndarray  # (deed,)
    firm_who: np.ndarray  # (door,) row of WHO_ASKS
    firm_knock_32: np.ndarray  # (door,)
    firm_open_32: np.ndarray  # (door,)
    firm_gain_256: np.ndarray  # (door,) m
    firm_loss_256: np.ndarray  # (door,) m
    firm_inspected_256: int  # how many times as much is seen in the month after a visit
    firm_on_wages_256: int  # how far firms move wages withheld, scams met and jobs lost of a place
    firm_on_fraud_256: int
    firm_on_jobs_256: int
    scam_32: int  # chance a month that an adult meets a scam under ordinary law
    scam_fen: int
    firm_customers_256: int  # customers cheated per worker


def firms(spec: dict[str, Any], per_yuan: float = 1.0) -> Firms:
    """The tables of firms.toml, a yuan of it so much of the society's money."""
    v = {t: values(rows) for t, rows in spec.items()}
    owner, book, deed = v["owner"], v["book"], [spec["deed"][key] for key in FIRM_DEEDS]
    assert tuple(spec["deed"]) == FIRM_DEEDS, "columns.FIRM_DEEDS is the order of firms.toml"
    agency = [v["agency"][row["by"]] for row in deed]
    load = np.array([row["load"]["value"] for row in deed])
    people, door = v["people"], [v["door"][key] for key in FIRM_DOORS]
    return Firms(
        firm_owner_32=int(wide(owner["share"])),
        firm_knows_32=int(wide(owner["knows"])),
        firm_sector_32=cumulative(v["sector"]),
        firm_size_32=cumulative(v["size"]),
        firm_staff_from=whole([row["staff_from"] for row in v["size"].values()]),
        firm_staff_to=whole([row["staff_to"] for row in v["size"].values()]),
        firm_sales_16=whole([65536 * row["spread"] / BYTES_SD for row in v["sector"].values()]),
        firm_worker_fen=round(100 * per_yuan * book["turnover"]),
        **{f"firm_{key}_256": round(256 * book[key])
           for key in ("wages", "tax", "invoices", "spot", "buffer", "pay_back")},
        firm_suit_months=round(book["suit_months"]),
        firm_suit_32=int(wide(book["suit_rate"])),
        firm_seize_32=int(wide(book["seizure"])),
        firm_fail_32=int(wide(book["failure"])),
        firm_part_16=round(65536 / book["loan_term"]),
        firm_interest_256=round(256 * book["loan_interest"]),
        firm_deeds=len(deed),
        firm_doors=len(door),
        firm_kind=whole([FIRM_KINDS.index(row["kind"]) for row in deed]),
        firm_due=whole([FIRM_DUES.index(k) + 1 if k in FIRM_DUES else 0 for k in FIRM_DEEDS]),
        firm_harm=whole([row["harm"] for row in deed]),
        firm_habit_32=wide([row["rate"]["value"] for row in deed]),
        firm_sells=np.array([[s in row["sectors"] for s in v["sector"]] for row in deed], np.uint8),
        firm_trait=whole([TRAITS.index(row["trait"]) for row in deed]),
        firm_load_256=whole(256 * load),
        firm_rest_256=whole(256 * np.sqrt(1 - load * load)),
        firm_frail_256=lognormal_cells(owner["spread"], np.exp(-owner["spread"] ** 2 / 2)),
        firm_law_months=np.array([row["law_cost"]["value"] for row in deed], float),
        firm_seen_32=wide([row["seen"]["value"] for row in deed]),
        firm_false_32=wide([row["false"] for row in agency]),
        firm_wrong_32=wide([row["wrong"] for row in agency]),
        firm_who=whole([WHO_ASKS.index(row["who"]) for row in door]),
        firm_knock_32=wide([row["knock"] for row in door]),
        firm_open_32=wide([row["granted"] for row in door]),
        firm_gain_256=whole([256 * row["gain"] for row in door]),
        firm_loss_256=whole([256 * row["loss"] for row in door]),
        firm_inspected_256=round(256 * v["inspected"]["sees"]),
        firm_on_wages_256=round(256 * people["wages"]),
        firm_on_fraud_256=round(256 * people["fraud"]),
        firm_on_jobs_256=round(256 * people["jobs"]),
        scam_32=int(wide(people["scam_rate"])),
        scam_fen=round(100 * per_yuan * people["scam_loss"]),
        firm_customers_256=round(256 * people["customers"]),
    )  # fmt: skip


def values(node: Any) -> Any:
    """A part of a data file with its numbers in place of their facts.

    >>> values({"a": {"value": 1, "basis": "assumed"}, "b": "x"})
    {'a': 1, 'b': 'x'}
    """
    if isinstance(node, dict):
        return node["value"] if "basis" in node else {k: values(x) for k, x in node.items()}
    return node


def whole(found: Any) -> np.ndarray:
    """Numbers rounded to whole ones."""
    return np.rint(np.asarray(found, float)).astype(np.int64)


def cumulative(rows: dict[str, Any]) -> np.ndarray:
    """Cumulative shares of the rows of a table, the last of them certain [2^-32].

    >>> cumulative({"a": {"share": 1}, "b": {"share": 3}}).tolist()
    [1073741824, 4294967296]
    """
    share = np.array([row["share"] for row in rows.values()], float)
    return wide(np.cumsum(share) / share.sum())
