"""Further: what the pages of a run's report need beside its measures.

A run's answer  ->  which numbers its headlines hang on; lint of its scheme; luck and proportion, by
further worlds; three stories

Luck (luck.py, open loop) and proportion (lint_harm.brief) live the same question again, on fewer
people; like the range over what is not known, --quick leaves them out.
"""

from typing import Any

from demerit import ensemble, lint_harm, lint_told, luck, run, sensitivity
from demerit.columns import SCHEME
from demerit.replay import stories

LUCK = "the same lives and deeds, records and files drawn anew"


def add(result: Any, here: Any, tell: run.Progress) -> None:
    """Add `not_known.sensitivity`, `lint`, `luck` and `proportion` to a run's document, and stories
    to its result.

    `result`, `here`: trial.Result and trial.Setting.  What cannot be told is None.
    """
    document, request = result.document, result.request
    if "not_known" in document:
        found = sensitivity.of_draws(result.changed, result.draws, request.seed)
        document["not_known"]["sensitivity"] = found
    document["lint"] = lint_told.of_run(document, request.scheme)
    punished = bool(result.frames["sanctioned"][SCHEME].any())
    asked = punished and not request.quick and not here.scheme.waves
    document["luck"] = of_luck(document, here, request, tell) if asked else None
    document["proportion"] = (
        lint_harm.brief(document, ensemble.PEOPLE, request.threads, tell) or None if asked else None
    )
    result.stories = stories.tell(document, result.climate, request.threads, tell)


def of_luck(document: Any, here: Any, request: Any, tell: run.Progress) -> dict[str, Any]:
    """What the same lives bring under another draw of what is recorded (luck.py)."""
    people = min(here.people, ensemble.PEOPLE)
    plan = run.plan(
        here.scheme, here.society, document["months_in_force"], request.seed, people, here.place,
        values=here.changed, covered=here.covered or (here.people if here.place else None),
    )  # fmt: skip
    found = luck.compare(
        plan, luck.REDRAWN, True, request.threads, lambda _, done, total: tell("luck", done, total)
    )
    return {
        "people": people, "months": document["months_in_force"], "redrawn": list(luck.REDRAWN),
        "loop": LUCK, "measures": luck.measure(found, document["months_in_force"]),
    }  # fmt: skip
