"""Comparison: several schemes on the same people, each beside the same ordinary law.

Requests that differ in their scheme  ->  a trial of each  ->  Compared (document, frames)

All schemes meet the same people with the same draws, so that a difference between two of them is
taken person by person: its interval of chance is a jackknife paired over the folds (ablation.py),
its interval of what is not known is paired over the draws of one Sobol set that all share.

A trial is a county, a nation is a nation: where one of the schemes is a county's trial, all run in
its place, and a national scheme is shown as it acts there, while its file holds the nation.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np

from demerit import contrast, ensemble, facts, preface, trial
from demerit import scheme as schemes
from demerit.columns import LAW
from demerit.contrast import tidy
from demerit.measures import MEASURES, Measure, evaluate
from demerit.run import Counts, Progress, RunError
from demerit.trial import Request, Result, Setting

SCHEMES_MAX = 8  # on a page that can still be read
# What is counted of ordinary law by the scheme's own file: whom it would score, and firms, which
# live only where a scheme grades them.  Everything else must be the same.
OF_SCHEME = ("scored", "firm")
SHOWN = ("with", "without", "no_errors", "effect", "low", "high", "chance_low", "chance_high",
         "interval", "correlation_low", "correlation_high")  # fmt: skip
SHARED = ("society", "society_title", "currency", "society_digest", "totals", "place", "people",
          "months", "seed", "replicates", "quick", "without", "worlds", "versions", "groupings",
          "groups", "counters", "deeds", "doors")  # fmt: skip


@dataclass
class Compared:
    """What is answered.  Frames: scheme -> counter -> (world, month, group)."""

    document: dict[str, Any]
    frames: dict[str, dict[str, np.ndarray]]


def run(requests: Sequence[Request], progress: Progress | None = None) -> Compared:
    """Answer requests that differ in their scheme alone, together.

    Raises InputError where they cannot be compared, RunError where a run fails.
    """
    tell = progress or (lambda stage, done, total: None)
    settings = check(requests)
    if not requests[0].quick:
        settings = share_draws(settings)
    results = [
        trial.answer(request, here, lambda stage, *rest, key=here.scheme.key:
                     tell(f"{key}: {stage}", *rest))
        for request, here in zip(requests, settings, strict=True)
    ]  # fmt: skip
    check_law(results)
    document = describe(results, settings)
    document["measures"] = measures(results)
    return Compared(document, {r.document["scheme"]: r.frames for r in results})


# ---- whether and where


def check(requests: Sequence[Request]) -> list[Setting]:
    """Where each scheme runs.  InputError where they are too few, or meet other people."""
    if not 2 <= len(requests) <= SCHEMES_MAX:
        raise facts.InputError(
            f"compare: {len(requests)} scheme{'' if len(requests) == 1 else 's'} named; name from "
            f"2 to {SCHEMES_MAX}, as in: demerit compare suining none"
        )
    trial.check(requests[0])
    loaded = [schemes.load(request.scheme) for request in requests]
    keys = [scheme.key for scheme in loaded]
    for key in keys:
        if keys.count(key) > 1:
            raise facts.InputError(
                f"compare: {key!r} is named twice; name each scheme once, and give a changed copy "
                "a key of its own (key = ... in its file)."
            )
    off = [trial.without(r, scheme) for r, scheme in zip(requests, loaded, strict=True)]
    for key, mine in zip(keys, off, strict=True):
        if set(mine) != set(off[0]):
            raise facts.InputError(
                f"compare: {keys[0]} and {key} do not switch the same mechanisms off (without = "
                "... in their files), so that their people would live under two kinds of ordinary "
                "law; make the two lists the same."
            )
    return place(requests, loaded)


def place(requests: Sequence[Request], loaded: Sequence[schemes.Scheme]) -> list[Setting]:
    """Where all of them run: in the county of the largest trial among them, else on the nation."""
    trials = [s for s in loaded if s.spec["scope"] == "county"]
    if not trials:
        if requests[0].place is not None:
            raise facts.InputError(
                "place: none of these schemes is a county's trial; leave out --place."
            )
        return [trial.setting(request) for request in requests]
    host = max(trials, key=lambda s: (s.spec["people"]["number"]["value"], s.key))
    home = trial.setting(requests[loaded.index(host)])
    found = []
    for request, scheme in zip(requests, loaded, strict=True):
        nation = scheme.spec["scope"] == "nation"
        asked = replace(request, place=None if nation else home.place)
        here = trial.setting(asked)
        found.append(here._replace(
            place=home.place, people=home.people,
            covered=here.society.population if nation else None,
        ))  # fmt: skip
    return found


def share_draws(settings: Sequence[Setting]) -> list[Setting]:
    """Let one Sobol set span the numbers of all schemes, in an order that is not the schemes'.

    A number that two schemes read, such as a deed's rate, takes the same values for both.
    """
    names = {name for s in settings for name, _ in ensemble.ranged(s.scheme, s.society.key)}
    return [here._replace(varied=sorted(names)) for here in settings]


def where_in_words(settings: Sequence[Setting]) -> str:
    """One sentence: where all these schemes were run, and why; one more for each out of its own."""
    first = settings[0]
    foreign = "".join(
        f" The rules of {s.scheme.key} were made for {own}, another society."
        for s in settings
        if (own := s.scheme.spec.get("society", s.society.key)) != s.society.key
    )
    if first.place is None:
        return (
            f"All of them ran on the same sample of {first.people:,} computed people of the whole "
            f"society.{foreign}"
        )
    trials, nations = (
        ", ".join(s.scheme.key for s in settings if s.scheme.spec["scope"] == scope)
        for scope in ("county", "nation")
    )
    text = (
        f"All of them ran in one synthetic county-level place ({first.place}) of {first.people:,} "
        f"people, because a county's trial is among them ({trials})"
    )
    if nations:
        text += (
            f"; what is made for a nation ({nations}) is shown as it acts in that county, while "
            "its file covers the whole nation"
        )
    return f"{text}.{foreign}"


def check_law(results: Sequence[Result]) -> None:
    """Raise RunError unless the people lived the same lives under ordinary law in every run."""
    first = results[0]
    for other in results[1:]:
        parts = [(first.frames, other.frames), (first.climate, other.climate)]
        apart = [
            name
            for one, two in parts
            for name in one
            if not name.startswith(OF_SCHEME) and not np.array_equal(one[name][LAW], two[name][LAW])
        ]
        if apart:
            raise RunError(
                f"under ordinary law, the people of {first.request.scheme} and those of "
                f"{other.request.scheme} differ ({', '.join(apart[:5])}), so that the two cannot "
                "be compared; this is a fault of the program, please report it."
            )


# ---- the measures


def measures(results: Sequence[Result]) -> dict[str, Any]:
    """Every measure: ordinary law, each scheme, and which of them differ."""
    keys = [r.document["scheme"] for r in results]
    pooled = [pool(r.runs) for r in results]
    quick = results[0].request.quick
    found = {}
    for name, m in MEASURES.items():
        each = [r.document["measures"][name] for r in results]
        pairs = list(differences(m, keys, pooled, each, [r.draws for r in results]))
        apart = [p for p in pairs if excludes(p, "chance_low", "chance_high")]
        sure = [p for p in apart if excludes(p, "low", "high")]
        found[name] = {
            "unit": each[0]["unit"], "question": m.question, "textbook": m.textbook,
            "better": m.better, "headline": m.headline,
            "law": law(m, results),
            "by_scheme": {
                key: {part: one.get(part) for part in SHOWN} | {"enough": enough(m, counts)}
                for key, one, counts in zip(keys, each, pooled, strict=True)
            },
            "differs": [[p["a"], p["b"]] for p in apart],
            # over the numbers that nobody has published, too
            "differs_throughout": None if quick else [[p["a"], p["b"]] for p in sure],
            "pairs": pairs,
        }  # fmt: skip
    return found


def pool(runs: Sequence[Counts]) -> Counts:
    """The replicates in which a scheme met the fate of the first, added up by fold."""
    folds = np.sum([runs[k].folds for k in trial.alike(runs)], axis=0)
    return replace(runs[0], folds=folds)


def enough(m: Measure, counts: Counts) -> bool:
    """Are there person-months enough, in the worlds that the headline is of, to tell of it?"""
    named = contrast.named(m, counts.total, counts.counters)
    sides = ("with", "without") if m.headline == "effect" else ("with",)
    wholes = [evaluate(m, named, contrast.SIDES[side]).whole[0] for side in sides]
    return bool(min(wholes) >= contrast.PEOPLE_MIN)


def law(m: Measure, results: Sequence[Result]) -> float | None:
    """A measure under ordinary law over all months; None where the schemes' files decide it.

    A scheme that scores nobody leaves shares of the scored undefined, and has no say in them.
    """
    found = []
    for r in results:
        first = r.runs[0]
        surveys = first.total[:, len(first.counters) :]  # while the scheme stood: nobody asks later
        total = np.concatenate([first.frames.sum(axis=1), surveys], axis=1)
        found.append(tidy(contrast.values(m, total, first.counters)["without"][0]))
    defined = set(found) - {None}
    return defined.pop() if len(defined) == 1 else None


def differences(
    m: Measure, keys: Sequence[str], pooled: Sequence[Counts], each: Sequence[dict[str, Any]],
    draws: Sequence[list[dict[str, float] | None]],
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """The headline of the second of each two schemes less the first's, with both intervals."""
    left = [contrast.left_out(m, counts.folds, counts.counters) for counts in pooled]
    for one, two in combinations(range(len(keys)), 2):
        ends = [each[k][m.headline] for k in (one, two)]
        if None in ends or not (enough(m, pooled[one]) and enough(m, pooled[two])):
            continue
        gap = ends[1] - ends[0]
        half = contrast.half_width(left[two] - left[one])
        known = left[one].size >= contrast.FOLDS_MIN and np.isfinite(half)
        known = known and not too_rare(m, [pooled[one], pooled[two]])
        low, high = ensemble.interval(gaps(m.key, draws[one], draws[two])) or (None, None)
        yield {
            "a": keys[one], "b": keys[two], "difference": gap,
            "chance_low": gap - half if known else None,
            "chance_high": gap + half if known else None,
            "low": low, "high": high,
        }  # fmt: skip


def too_rare(m: Measure, counts: Sequence[Counts]) -> bool:
    """Are the events under both schemes together too few to tell their difference by chance?"""
    each = [contrast.events(m, c.total, c.counters) for c in counts]
    happened = [x for x in each if x is not None]
    return len(happened) == len(each) and sum(happened) < contrast.EVENTS_MIN


def gaps(key: str, one: Sequence[Any], two: Sequence[Any]) -> list[float]:
    """A measure's difference in every draw in which both schemes met the fate of their own run.

    >>> gaps("x", [{"x": 1.0}, None, {"x": 2.0}], [{"x": 1.5}, {"x": 9.0}, {"x": 2.0}])
    [0.5, 0.0]
    """
    pairs = zip(one, two, strict=True)
    return [b[key] - a[key] for a, b in pairs if a is not None and b is not None]


def excludes(pair: dict[str, Any], low: str, high: str) -> bool:
    """Has a difference the same sign all through this interval?

    >>> excludes({"l": 0.1, "h": 0.2}, "l", "h"), excludes({"l": 0.0, "h": 0.0}, "l", "h")
    (True, False)
    """
    ends = pair[low], pair[high]
    return None not in ends and min(ends) * max(ends) > 0


# ---- the document


def describe(results: Sequence[Result], settings: Sequence[Setting]) -> dict[str, Any]:
    """All of compare.json but the measures."""
    documents = [r.document for r in results]
    first, numbers = documents[0], together(documents)
    share = round(100 * numbers["assumed_share"])
    sketches = [d["scheme"] for d in documents if d["scheme"].startswith("sketch-")]
    seconds = sum(d["seconds"] for d in documents)
    digest = hashlib.blake2b(digest_size=32)
    for key, mine in sorted((d["scheme"], d["digest"]) for d in documents):
        digest.update(f"{key} {mine}\n".encode())
    said = [f"{key}: most of the rules of this scheme are ours." for key in sketches]
    return {
        "format": 1, "kind": "comparison",
        "statement": " ".join([preface.STATEMENT.format(share=share), *said]),
        "compare": name(documents), "where": where_in_words(settings),
        "schemes": [of_scheme(r) for r in results],
        **{part: first[part] for part in SHARED},
        "seconds": seconds,
        "person_months_per_s": sum(d["person_months_per_s"] * d["seconds"] for d in documents)
        / seconds,
        "peak_rss_bytes": preface.peak_rss(), "digest": digest.hexdigest(),
        "command": command(results[0].request, [r.request.scheme for r in results], first),
        "numbers": numbers,
        "sources": {k: s for d in documents for k, s in d["sources"].items()},
    }  # fmt: skip


def of_scheme(result: Result) -> dict[str, Any]:
    """What is said of one of the schemes."""
    document = result.document
    spec = document["rules"]
    known = document.get("not_known", {})
    return {
        "key": document["scheme"], "title": document["scheme_title"],
        "file": document["scheme_file"], "scope": spec["scope"], "kind": spec["kind"],
        "version": spec["version"], "sketch": document["scheme"].startswith("sketch-"),
        "scored_people": document["scored_people"],
        "months_in_force": document["months_in_force"], "repeal": document["repeal"],
        "assumed_share": document["numbers"]["assumed_share"], "rules": spec,
        "tiers": document["tiers"], "digest": document["digest"],
        "seconds": document["seconds"], "not_known_seconds": document["not_known_seconds"],
        "draws": known.get("draws"), "draws_same_fate": known.get("draws_same_fate"),
    }  # fmt: skip


def together(documents: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Every number that decides one of the runs, once, and the share that is assumed."""
    rows = {
        (row["name"], str(row["value"])): row for d in documents for row in d["numbers"]["list"]
    }
    every = list(rows.values())
    count = {b: sum(r["basis"] == b for r in every) for b in ("stated", "inferred", "assumed")}
    share = count["assumed"] / len(every)
    return {"total": len(every), **count, "assumed_share": share, "list": every}


def name(documents: Sequence[dict[str, Any]]) -> str:
    """What the comparison is called."""
    first = documents[0]
    keys = "-".join(d["scheme"] for d in documents)
    keys = keys if len(keys) <= 80 else f"{len(documents)}-schemes"
    return f"compare-{keys}-{first['people']}-{first['months']}-seed{first['seed']}"


def command(request: Request, keys: Sequence[str], document: dict[str, Any]) -> str:
    """The command that gives the same counts again."""
    text = f"demerit compare {' '.join(keys)} --people {document['people']}"
    text += f" --months {request.months} --seed {request.seed}"
    text += f" --place {document['place']}" if document["place"] else ""
    text += f" --society {request.society}" if request.society != "china-2020" else ""
    text += f" --replicates {request.replicates}" if request.replicates > 1 else ""
    return text + (" --quick" if request.quick else "")
