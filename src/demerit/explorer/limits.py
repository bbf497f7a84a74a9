"""Limits: what each chart does not show, said beside it and in what is taken away."""

EVERY = (
    "Nothing about real people: everybody here was computed from published totals and a seed.",
    "No forecast: most numbers behind a run are assumed.",
)
CHARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "anatomy": ("Of 100 people under sanction, for what", (
        "Not whether a rule is just: harm that suffices is harm as the rule has it.",
        "Not people but months: who is under sanction for two years counts more than who is for one"
        " month.",
        "Not who would be found if every deed were seen: only who is under sanction.",
    )),
    "four": ("Four numbers while a run is at work", (
        "Not the end: each holds for the months counted so far.",
        "No interval: chance and what is not known are told when the run is whole.",
    )),
    "months": ("A measure by month", (
        "Not the long run: the last month is where the run stops.",
        "No interval: a month alone has more chance in it than the whole run.",
        "Not one group of months only: after a repeal both lines are ordinary law.",
    )),
    "measures": ("Measures with the scheme and without", (
        "Not one number of welfare: each is in its own unit, and they are not added up.",
        "Not what the model leaves out: neither interval can tell of that.",
    )),
    "society": ("People as dots, month by month", (
        "Not everybody: some thousands, from stretches of ids spread evenly over the run.",
        "Not where they live: dots stand in no place, and provinces are not compared.",
        "Not what the authority knows: who is wrongly under sanction only the laboratory can say.",
    )),
    "story": ("One life, told twice", (
        "Not an average: one synthetic person, on one draw of luck. Another draw gives another.",
        "Not how anybody feels: what happens is told, not what it is like.",
    )),
    "play": ("A life with choices of yours", (
        "Not an average: one synthetic person, on one draw of luck. Another draw gives another.",
        "Not all that you might have done: each month has a few of the choices that the model has.",
        "Not what society would answer: who else does what is held as the run recorded it.",
    )),
    "file": ("A file as each may see it", (
        "Not a real file: nobody here exists, and no name can be looked up.",
        "Not what a court would find true: what is false here is false in the model.",
    )),
    "register": ("The public list of a month", (
        "Not a list of anybody: the people named by a number do not exist.",
        "Not all of it, where a run is large: it says how many people were looked at.",
    )),
    "compare": ("Runs side by side", (
        "Not a rank of schemes: which difference matters is for the reader to say.",
        "Not twins, where the runs have other people or another seed: then chance is in the"
        " difference, too.",
    )),
    "lint": ("Red flags under the AI Act", (
        "Not legal advice: it holds a file against the words of a law.",
        "Not what a run would show: this reads the file alone.",
    )),
    "levers": ("What can be changed in a scheme", (
        "Not what any authority could set: bounds are those of the slider and the data's range.",
    )),
}  # fmt: skip


def of_chart(key: str) -> list[str]:
    """What a chart does not show."""
    return [*CHARTS[key][1], *EVERY]


def charts() -> dict[str, dict[str, object]]:
    """Every chart with what it does not show."""
    return {key: {"title": title, "not_shown": of_chart(key)} for key, (title, _) in CHARTS.items()}
