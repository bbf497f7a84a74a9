"""Learned weights (7.8b): traces, what they weigh, and the fit."""

from decimal import Decimal, localcontext

from demerit.columns import NEVER
from reference.state import DEEDS, held


def stands(record, month: int) -> bool:
    """The entry has come and is not taken off."""
    return 0 <= record.due <= month < record.erase < NEVER


def with_trace(bits: int, deed: int) -> int:
    """A file's traces with one more."""
    return bits if bits // 2**deed % 2 else bits + 2**deed


def score_of(scheme, weights, bits: int, given: int) -> int:
    """Start, weights of the traces that are borne, and what was given."""
    borne = sum(v for deed, v in enumerate(weights) if bits // 2**deed % 2)
    return held(scheme.start + borne + given, scheme.least, scheme.cap)


def costly(weights, bits: int) -> int:
    """How many of the traces that are borne cost points."""
    return sum(v < 0 and bits // 2**deed % 2 for deed, v in enumerate(weights))


def more_given(scheme, before: int, now: int) -> int:
    """What was given so far."""
    return min(scheme.cap - scheme.least, before + now)


def year_begins(scheme, month: int) -> bool:
    """The month after a fit, and the second month of the run."""
    return month >= 1 and scheme.every_months > 0 and (month - 1) % scheme.every_months == 0


def year_ends(scheme, month: int) -> bool:
    """A month after which weights are fitted."""
    return month > 0 and scheme.every_months > 0 and month % scheme.every_months == 0


def refit(block, climate, w: int) -> list[int]:
    """The weights of next month in one world."""
    scheme, weights = block.scheme, climate.weights[w]
    if not (scheme.learns and climate.in_force[w] and year_ends(scheme, block.draws.month)):
        return weights
    lives = block.worlds[w].lives
    files = [life for person, life in zip(block.people, lives, strict=True) if person.scored]
    n, o = len(files), sum(life.outcome_came for life in files)
    if o in (0, n):
        return weights
    found = []
    for deed in range(len(DEEDS)):
        bearers = [life for life in files if life.past_bits // 2**deed % 2]
        t, b = len(bearers), sum(life.outcome_came for life in bearers)
        found.append(weight(scheme, n, o, t, b) if t not in (0, n) else 0)
    return found


def weight(scheme, n: int, o: int, t: int, b: int) -> int:
    """The weight of evidence of one trace, to sixty digits before it is rounded."""
    k, g = scheme.prior_count, n - o
    above = ((t - b) * n + k * g) * ((o - b) * n + k * o)
    below = (b * n + k * o) * ((g - t + b) * n + k * g)
    with localcontext(prec=60):
        doublings = (Decimal(above) / Decimal(below)).ln() / Decimal(2).ln()
        points = int((scheme.doubling_points * doublings).to_integral_value())
    return held(points, -scheme.most_points, scheme.most_points)
