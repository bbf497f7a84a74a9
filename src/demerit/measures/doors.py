"""Doors: who is turned away because of the score, who is let in, and what it costs."""

from demerit.measures.registry import Measure, Ratio, measure, of_sums, put, section

section("Cost")

# Every door in one part of life.  Nobody knocks at `posting`: a tier shuts it on all who are in it.
FAMILIES = {
    "work": ("a job, a promotion or a licence", ("job", "licence", "promotion", "prestige")),
    "office": ("a public office", ("office",)),
    "help": ("community assistance", ("assistance",)),
    "school": ("a place at a sought-after school", ("school",)),
    "travel": ("a journey", ("flight", "train", "travel", "abroad", "lane")),
    "stay": ("a hotel or a room or car without a deposit", ("hotel", "deposit")),
    "credit": ("a loan or a credit card", ("loan", "card")),
    "internet": ("full internet speed", ("internet",)),
    "dating": ("standing on a dating site", ("dating",)),
    "list": ("leave to stay off the public list", ("posting",)),
}
DOORS = tuple(door for _, doors in FAMILIES.values() for door in doors)
REFUSED = tuple(f"refused_{door}" for door in DOORS)
for _family, (_what, _doors) in FAMILIES.items():
    if _family == "list":
        continue
    if _family != "school":  # `children_refused_share` asks it for the child
        put(Measure(
            f"refused_{_family}_share", "share", "less", "with",
            f"I ask for {_what}: how likely am I to be turned away because of my score?",
            "Share of knocks at which the tier shuts the door, or narrows it and so turns away one "
            "who would have been let in.",
            (*(f"refused_{d}" for d in _doors), *(f"asked_{d}" for d in _doors)),
            of_sums(len(_doors)),
        ))  # fmt: skip
    put(Measure(
        f"let_in_{_family}", "share", "more", "effect",
        f"I ask for {_what}: how likely am I to get it?",
        "Share of knocks that are granted: rewards, refusals and the ordinary law's answer.",
        (*(f"granted_{d}" for d in _doors), *(f"asked_{d}" for d in _doors)),
        of_sums(len(_doors)),
    ))  # fmt: skip


@measure(unit="share", better="less", headline="with")
def job_refused_share(refused_job, asked_job):
    """I look for work: how likely am I to be barred from applying because of my group?

    Share of job seekers' months in which the tier shuts the door.

    >>> job_refused_share(np.array([1]), np.array([50])).value
    array([0.02])
    """
    return Ratio(refused_job, asked_job)


put(Measure(
    "refused_rate", "rate", "less", "with",
    "How often is a door shut in somebody's face because of the score?",
    "Refusals at all doors per person and month.",
    (*REFUSED, "people"), of_sums(len(DOORS)),
))  # fmt: skip
put(Measure(
    "refused_wrongly_share", "share", "less", "with",
    "A door was shut to me: how likely is it that this was a mistake?",
    "Share of refusals of people whose clean file would not bring the sanction.",
    (*(f"wrongly_{door}" for door in DOORS), *REFUSED),
    of_sums(len(DOORS)),
))  # fmt: skip


@measure(unit="share", better="less", headline="with")
def children_refused_share(refused_school, asked_school):
    """My child asks for a place at a good school: how likely is my score to keep it out?

    Share of children's applications refused because of a parent's tier.

    Counts     a child whose parent knocks; the child has done nothing that is scored

    >>> children_refused_share(np.array([1]), np.array([40])).value
    array([0.025])
    """
    return Ratio(refused_school, asked_school)


@measure(unit="yuan", better="less", headline="with", events=REFUSED)
def refusal_cost(refusal_cost_yuan, scored):
    """What do shut doors cost each person who is scored, a month?

    Refusals times what each costs that the household's book does not hold, per scored person.

    Undefined  where nobody is scored

    >>> refusal_cost(np.array([500]), np.array([1_000])).value
    array([0.5])
    """
    return Ratio(refusal_cost_yuan, scored)


@measure(unit="minutes", better="less", headline="with", events=REFUSED)
def refusal_time(refusal_cost_minutes, scored):
    """How much time do shut doors take from each person who is scored, a month?

    Refusals times the time that each costs, per scored person.

    Undefined  where nobody is scored

    >>> refusal_time(np.array([500]), np.array([1_000])).value
    array([0.5])
    """
    return Ratio(refusal_cost_minutes, scored)


@measure(unit="rate", better="less", headline="with")
def assistance_lost_rate(refused_assistance, people):
    """How often is somebody in need refused help because of the score?

    Welfare months lost: refusals of community assistance, a month each, per person and month.

    >>> assistance_lost_rate(np.array([2]), np.array([1_000])).value
    array([0.002])
    """
    return Ratio(refused_assistance, people)


section("Benefit")


@measure(unit="share", better="more", headline="effect")
def credit_thin(thin_granted_loan, thin_granted_card, thin_asked_loan, thin_asked_card):
    """No bank knows me: if I ask for a loan or a card, how likely am I to get it?

    Approval rate of applicants with thin files.

    >>> credit_thin(*map(np.array, ([1], [2], [6], [4]))).value
    array([0.3])
    """
    return Ratio(thin_granted_loan + thin_granted_card, thin_asked_loan + thin_asked_card)
