"""Linkage: the weights of Fellegi and Sunter, and how often a name alone leads astray.

Two records agree or differ in each field.  Agreement counts log2(m / u) for the same person, where
m is its chance in records of one person and u that in records of two; a pair is a match with
prior odds times the product.  A record with nothing but a name gives all files of that name the
same weight, so that of n others on file and one's own any of n + 1 is picked: step/link.py.

Source: I. Fellegi, A. Sunter, "A theory for record linkage", JASA 64, 1969,
doi:10.1080/01621459.1969.10501049.
"""

import itertools
import math
from collections.abc import Sequence

import numpy as np
from scipy.stats import poisson

from demerit import draws
from demerit.kernel import kernel
from demerit.society.tables import wide
from demerit.society.tables.answers import astray
from demerit.step.link import astray_32
from demerit.theory.row import NAMESAKE, Row, compare, reference, sampled

SEED = 1969
Fields = Sequence[tuple[float, float]]  # (m, u) of each field
MEANS = (0.25, 0.5, 1.0, 4.0, 15.0, 40.0)  # others of a name on file, in the mean
BATCHES, RECORDS = 16, 20_000


def chances(agree: Sequence[int], fields: Fields) -> tuple[float, float]:
    """Chance of a pattern of agreement (field,) for one person's records, and for two people's."""
    same = math.prod(m if a else 1 - m for a, (m, _) in zip(agree, fields, strict=True))
    other = math.prod(u if a else 1 - u for a, (_, u) in zip(agree, fields, strict=True))
    return same, other


def weight(agree: Sequence[int], fields: Fields, prior: float) -> float:
    """Match weight of a pattern: log2 of prior odds times the likelihood ratio [bits]."""
    same, other = chances(agree, fields)
    return math.log2(prior / (1 - prior)) + math.log2(same / other)


def posterior(agree: Sequence[int], fields: Fields, prior: float) -> float:
    """Chance that a pair with this pattern is one person."""
    return 1 / (1 + 2 ** -weight(agree, fields, prior))


def errors(fields: Fields, prior: float, least: float) -> tuple[float, float]:
    """Matches missed, and other pairs joined, when pairs of at least this chance are joined."""
    missed = joined = 0.0
    for agree in itertools.product((0, 1), repeat=len(fields)):
        same, other = chances(agree, fields)
        if posterior(agree, fields, prior) >= least:
            joined += other
        else:
            missed += same
    return missed, joined


def name_astray(mean: float) -> float:
    """Chance that a record joined by name reaches another's file.

    Of n + 1 files of one weight one is picked, n Poisson with this mean: E[n / (n + 1)] =
    1 - (1 - exp(-m)) / m.
    """
    return 1 + math.expm1(-mean) / mean


def others_of_a_name(mean: float) -> np.ndarray:
    """Chance that at most n others have a name, Poisson with this mean (n,) [2**-32]."""
    found: np.ndarray = wide(poisson.cdf(np.arange(64), mean))
    return found


@kernel
def picked_wrongly(seed, replicate, at_most_32, records):
    """Records of `records` that another file of the same name is picked for.

    at_most_32   chance that at most n others have the name (n,) [2**-32]
    """
    wrong = 0
    for record in range(records):
        on_file, pick, _, _ = draws.four(seed, draws.U(record), 0, replicate, NAMESAKE, 0)
        others = 0
        while others < at_most_32.size and np.int64(on_file) >= at_most_32[others]:
            others += 1
        wrong += draws.among(pick, others + 1) > 0
    return wrong


def rows() -> list[Row]:
    """Weights, chances and errors of 32 patterns; names that lead astray."""
    given = reference("linkage")
    fields, prior = list(map(tuple, given["fields"].values())), given["prior"]
    source = "Fellegi and Sunter 1969; splink 5.0.0"
    found = []
    for row in given["patterns"]:
        name = "".join(map(str, row["agree"]))
        found.append(
            compare(f"linkage.weight.{name}", f"match weight of pattern {name} [bits]",
                    row["match_weight"], weight(row["agree"], fields, prior), 1e-9, source)
        )  # fmt: skip
    apart = max(
        abs(posterior(row["agree"], fields, prior) / row["match_probability"] - 1)
        for row in given["patterns"]
    )
    found.append(
        compare("linkage.posterior", "chance of a match, 32 patterns: most that one differs [of 1]",
                0.0, apart, 1e-9, source)
    )  # fmt: skip
    for row in given["thresholds"]:
        least = row["chance"]
        missed, joined = errors(fields, prior, least)
        people = (given["people"] - 1) * joined
        for key, what, published, got in (
            ("missed", "matches missed [share]", row["missed"], missed),
            ("joined", "false joins [share of pairs]", row["false_per_pair"], joined),
            ("per_person", "false joins [per person]", row["false_per_person"], people),
        ):
            found.append(
                compare(f"linkage.from.{least}.{key}", f"{what}, joined from {least}",
                        published, got, 1e-9 * published, source)
            )  # fmt: skip
    return found + astray_rows()


def astray_rows() -> list[Row]:
    """The chance of the link stage beside what follows from equal weights."""
    table, found = astray(), []
    for mean in MEANS:
        form = name_astray(mean)
        share_32 = math.ceil(mean / 1000 * draws.WORD)  # on a cell of the table, not below it
        found.append(
            compare(f"linkage.astray.{mean}", f"led astray by a name, {mean} others [share]",
                    form, int(astray_32(1000, share_32, table)) / draws.WORD, 1e-6,
                    "equal weights, Fellegi and Sunter 1969")
        )  # fmt: skip
        if mean < 16:
            shares = [
                picked_wrongly(draws.U(SEED), batch, others_of_a_name(mean), RECORDS) / RECORDS
                for batch in range(BATCHES)
            ]
            found.append(
                sampled(f"linkage.astray.{mean}.drawn", f"the same, {mean} others, drawn [share]",
                        form, shares, "equal weights, Fellegi and Sunter 1969")
            )  # fmt: skip
        if mean <= 1:
            people = 100_000
            name = [(1.0, mean / (people - 1))]
            found.append(
                compare(f"linkage.astray.{mean}.weights",
                        f"not one's own by the weight of a name, {mean} others [share]", form,
                        1 - posterior((1,), name, 1 / people), 0.005,
                        "Fellegi and Sunter 1969",
                        gap="a weight is about a pair, m / (1 + m); a record is joined once, also "
                        "where nobody else of the name is on file")
            )  # fmt: skip
    grain = max(
        abs(name_astray(others / 64) - int(astray_32(others, draws.WORD >> 6, table)) / draws.WORD)
        for others in range(1, 64 * 20)
    )
    between = max(
        abs(name_astray(k / 1024) - int(astray_32(k, draws.WORD >> 10, table)) / draws.WORD)
        for k in range(1, 1024 * 20)
    )
    return [
        *found,
        compare("linkage.astray.table", "most that the table differs, on its cells [share]",
                0.0, grain, 1e-6, "equal weights, Fellegi and Sunter 1969"),
        compare("linkage.astray.grain", "most that it differs between its cells [share]",
                0.0, between, 1 / 128, "equal weights, Fellegi and Sunter 1969"),
    ]  # fmt: skip
