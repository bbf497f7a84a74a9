"""Words: the records of a story as plain English.

events of story.py, titles of the data files  ->  sentences, quiet months folded
"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

Row = dict[str, Any]

TRUTHS = {
    "true": "true",
    "false": "FALSE: nobody did it",
    "foreign": "NOT THEIRS: another person's",
    "mislabelled": "MISLABELLED: not what the rule means",
    "groundless": "NO GROUND: they could not have done otherwise",
}
BUT_FOR = {
    "error": "but for false or another's records they would be free",
    "unable": "but for debts that they could not pay they would be free",
    "lawful": "but for lawful conduct they would be free",
    "habit": "but for harmless habits they would be free",
    "standing": "but for another's standing they would be free",
    "harm": "harm that they did suffices",
    "mixed": "several things together, or each enough",
}
ANSWERS = {
    "granted": "granted",
    "not_granted": "not granted, as happens to anyone",
    "refused": "REFUSED because of the tier",
    "refused_wrongly": "REFUSED because of the tier, WRONGLY",
}
AWARE = {
    "heard": "Hears of the scheme.",
    "rules": "Learns the rules.",
    "score": "Learns the own score.",
}
PLAIN = {
    "scheme_begins": "The scheme begins.",
    "scheme_ends": "The scheme was repealed in the month before, and stands no more.",
    "amnesty": "An amnesty: every file begins anew.",
    "wrongful_now": "From now on the sanction is wrongful: a clean file would not bring it.",
    "wrongful_no_more": "The sanction is no longer wrongful: a clean file would bring it too.",
    "job_found": "Finds work.",
    "job_lost": "Loses the job.",
    "standing_won": "Gets work of high standing.",
    "standing_lost": "Loses the work of high standing.",
    "wage_withheld": "The employer stops paying the wage.",
    "wage_paid": "The wage is paid again, or the job is over.",
    "vpn_begun": "Begins to use a VPN.",
    "vpn_left": "Gives up the VPN.",
    "approves": "Approves of the scheme.",
    "disapproves": "Approves of it no longer.",
    "neglect_begun": "Begins to neglect a parent in need.",
    "neglect_ended": "Cares for the parent again.",
    "behind_no_more": "Is no longer in arrears.",
    "judgment_ended": "The judgment is performed, or the creditor gives up.",
    "fined": "Owes a fine under ordinary law.",
    "ill": "Somebody of the household is ill, and it costs money.",
    "goes_without": "Goes without food or medicine to pay what is due.",
    "protests": "PROTESTS in public.",
    "sabotages": "Damages what watches or serves the scheme.",
    "appeals": "Appeals against the score.",
    "regraded": "NEW WEIGHTS put the file in another tier; nothing new is on it.",
}
# Events that leave a month quiet: the ordinary business of a life.
ORDINARY = frozenset("deal ill helped fined vpn_begun vpn_left approves disapproves shown".split())
LOUD_ANSWERS = ("refused", "refused_wrongly")
HABIT = 5  # a deed done in a fifth of the months is a habit
COMMON = 4  # habits told of quiet months
SIDES = {"both": "both", "law": "without", "scheme": "with"}


class Teller:
    """Says what happened, with the titles of deeds, agencies and doors.

    `first`: what the first month is called: 0, as in `--month`, or 1 on a page.
    """

    def __init__(self, deeds: Row, agencies: Row, doors: Row, money: str = "yuan", first: int = 0):
        self.deeds, self.agencies, self.doors, self.money = deeds, agencies, doors, money
        self.first = first
        self.tells: dict[str, Callable[[Row], str]] = {
            "did": lambda e: f"Did: {self.deed(e)}{times(e['count'])}.",
            "withheld": lambda e: f"{self.withheld(e)}{times(e['count'])}.",
            "shown": lambda e: f"Done for its points: {self.deed(e)}{times(e['count'])}.",
            "recorded": self.recorded,
            "entered": self.entered,
            "overlooked": lambda e: (
                f"Its term is over, and it is overlooked: {self.deed(e)} stays."
            ),
            "erased": lambda e: f"Taken off the file: {self.deed(e)} ({e['points']:+} points).",
            "opened": lambda e: f"A file is opened: {e['points']} points, tier {e['tier']}.",
            "tier": lambda e: f"Tier {e['from']} -> {e['to']}.",
            "sanctioned": self.sanctioned,
            "freed": lambda e: "No longer under sanction.",
            "posted": lambda e: f"Named on the public list (tier {e['tier']}).",
            "learns": lambda e: AWARE[e["aware"]],
            "asked": lambda e: f"{self.door(e)}: {ANSWERS[e['answer']]}.",
            "behind": lambda e: f"Falls into arrears: {e['sum']:,} {money}.",
            "judged": lambda e: f"Owes {e['sum']:,} {money} by the judgment of a court.",
            "helped": lambda e: f"Helped with money by {e['count']} close to them.",
            "shielded": lambda e: f"A friend in office drops {e['count']} record(s).",
            "corrected": lambda e: f"The appeal gives back {e['count']} points.",
            "earns_points": lambda e: f"Earns back {e['count']} points.",
            "buys_points": lambda e: f"Buys {e['count']} points.",
            "ties_fell": lambda e: f"{e['count']} close to them newly under sanction.",
            "deal": deal,
        }

    def __call__(self, event: Row) -> str:
        """One event as a sentence."""
        name = event["event"]
        return self.tells[name](event) if name in self.tells else PLAIN[name]

    def deed(self, event: Row) -> str:
        """The title of a deed, inside a sentence."""
        return lower(self.deeds[event["deed"]]["title"])

    def door(self, event: Row) -> str:
        """The title of a door, without what stands in brackets."""
        return str(self.doors[event["door"]]["title"]).split(" (")[0]

    def agency(self, event: Row) -> str:
        """Who wrote a record."""
        return lower(self.agencies[event["agency"]]["title"])

    def row(self, row: Row) -> str:
        """One row of a file: an entry, a notice, a refusal, or points given."""
        if "door" in row:
            return f"month {row['month']}: refused: {self.door(row)}"
        if "kind" in row:
            return f"month {row['month']}: {row['points']:+} points, {row['kind']}"
        told = f"told in month {row['month']}: " if "month" in row else ""
        text = f"{told}month {row['arrived']}: {self.deed(row)}, {row['points']:+} points, from "
        text += self.agency(row)
        text += ", joined by name" if row["joined_by_name"] else ""
        text += f", stands until month {row['erased']}" if row["erased"] is not None else ""
        if "truth" in row:
            text += f"; {TRUTHS[row['truth']]}"
            text += "; could not pay" if row["unable"] else ""
        return text

    def withheld(self, event: Row) -> str:
        """A deed kept in, for fear of an entry."""
        kind = "lawful, kept in for fear" if event["kind"] == "chilled" else "kept from it by fear"
        return f"Wanted, not done ({kind}): {self.deed(event)}"

    def recorded(self, event: Row) -> str:
        """A record written by an agency."""
        fate = {"lost": "it never reaches a file", "elsewhere": "it goes to a namesake's file"}
        ends = fate.get(
            event["fate"], f"it reaches the file in month {(event['arrives'] or 0) + self.first}"
        )
        if event["truth"] == "foreign":
            whose = f"by person {event['did']}" if event["did"] is not None else "by a namesake"
            what = f"{self.deed(event)}, done {whose}, written on person {event['on']}"
        else:
            what = self.deed(event)
        return f"Recorded by {self.agency(event)}: {what}; {TRUTHS[event['truth']]}; {ends}."

    def entered(self, event: Row) -> str:
        """An entry that arrives on the file."""
        owed = "; could not pay" if event["unable"] else ""
        return (
            f"Entry: {self.deed(event)}, {event['points']:+} points, from {self.agency(event)}; "
            f"{TRUTHS[event['truth']]}{owed}."
        )

    def sanctioned(self, event: Row) -> str:
        """The beginning of a sanction."""
        how = "WRONGLY " if event["wrongful"] else ""
        return f"{how}UNDER SANCTION (tier {event['tier']}): {BUT_FOR[event['but_for']]}."


def row_of_subject(row: Row, table: Row) -> str:
    """One row of the file of a firm or an official; `table` has the titles of firms.toml.

    >>> row_of_subject({"month": 3, "office_lost": True}, {})
    'month 3: disciplined, and the office is lost'
    """
    when = f"month {row['month']}: "
    if "door" in row:
        return f"{when}refused: {lower(table['door'][row['door']]['title'])}"
    if "deed" in row:
        agency = lower(table["agency"][row["agency"]]["title"])
        text = f"{when}{lower(table['deed'][row['deed']]['title'])}{times(row['count'])}, "
        text += f"{row['count'] * row['points']:+} points, from {agency}"
        false = row["count"] - row.get("true_count", row["count"])
        return text + (f"; {false} FALSE OR ANOTHER'S" if false else "")
    text = f"{when}disciplined" + (", and the office is lost" if row["office_lost"] else "")
    return text + (f"; {row['truth']}" if "truth" in row else "")


def deal(event: Row) -> str:
    """A deal with a stranger."""
    how = " after a look at the stranger's standing" if event["looked_up"] else ""
    return f"A deal with a stranger{how}: {event['outcome']}."


def lower(title: str) -> str:
    """A title inside a sentence.

    >>> lower("A driving offence")
    'a driving offence'
    """
    return title[:1].lower() + title[1:]


def times(count: int) -> str:
    """How often, if more than once.

    >>> times(1), times(3)
    ('', ' (3 times)')
    """
    return f" ({count} times)" if count > 1 else ""


def habits_of(story: Row) -> set[str]:
    """Deeds done in many months: what a person does as a habit, which is no news."""
    done = Counter(
        e["deed"] for e in story["events"] if e["event"] == "did" and e["world"] != "law"
    )
    return {deed for deed, months in done.items() if months * HABIT >= len(story["months"])}


def is_ordinary(event: Row, habits: set[str], deeds: Row) -> bool:
    """Is this the ordinary business of a life, which leaves a month quiet?"""
    name = event["event"]
    if name == "did":
        return event["deed"] in habits or not deeds[event["deed"]]["harm"]
    if name == "withheld":
        return event["deed"] in habits
    if name == "asked":
        return event["answer"] not in LOUD_ANSWERS
    if name in ("recorded", "entered"):
        return event["truth"] == "true" and event.get("points", 1) >= 0
    if name == "erased":  # one of several that leave the same trace of a learned score
        return event["points"] == 0
    return name in ORDINARY


def is_told_by_entry(event: Row) -> bool:
    """A true record that reaches the file at once: its entry says the same."""
    at_once = event["event"] == "recorded" and event["arrives"] == event["month"]
    return at_once and event["truth"] == "true"


def who(person: Row, money: str) -> str:
    """Who a person is, in a line."""
    fifth = ("poorest", "second", "middle", "fourth", "richest")[person["income_fifth"] - 1]
    words = [
        f"{person['sex']}, {person['age']} when the run begins",
        f"in a {person['home']} of synthetic place {person['place']}",
        f"{person['status'].replace('_', ' ')}, schooling: {person['schooling']}",
        f"household of {person['household_size']} with {person['income']:,} {money} a month "
        f"({fifth} fifth)",
    ]
    extra = {
        "online": "online", "driver": "drives", "party_member": "Party member",
        "indebted": "repays a loan", "parent_in_need": "has a parent in need",
        "favoured": "an official or close to one",
    }  # fmt: skip
    words += [", ".join(text for key, text in extra.items() if person[key])]
    return "; ".join(word for word in words if word) + "."


def months(story: Row, tell: Teller, whole: bool = False) -> Iterator[str]:
    """A life month by month, a line for each event; quiet months are folded unless `whole`."""
    by_month = {m: list(es) for m, es in groupby(story["events"], lambda e: e["month"])}
    habits, quiet = habits_of(story), list[int]()
    for month in range(len(story["months"])):
        happened = by_month.get(month, [])
        if not whole and all(is_ordinary(event, habits, tell.deeds) for event in happened):
            quiet.append(month)
            continue
        if quiet:
            yield folded(quiet, by_month, tell)
            quiet = []
        yield f"month {month}: {standing(story['months'][month], tell.money)}"
        for event in happened:
            plain = is_ordinary(event, habits, tell.deeds) or is_told_by_entry(event)
            if whole or not plain:
                yield f"  {SIDES[event['world']]:8}{tell(event)}"
    if quiet:
        yield folded(quiet, by_month, tell)


def folded(quiet: list[int], by_month: dict[int, list[Row]], tell: Teller) -> str:
    """Quiet months in a line."""
    did, points = Counter[str](), 0
    for month in quiet:
        for event in by_month.get(month, []):
            if event["event"] == "did" and event["world"] != "law":
                did[tell.deed(event)] += event["count"]
            elif event["event"] == "entered":
                points += event["points"]
    span = f"month {quiet[0]}" if len(quiet) == 1 else f"months {quiet[0]} to {quiet[-1]}"
    habits = [f"{deed}{times(count)}" for deed, count in did.most_common(COMMON)]
    habits += [f"entries for good deeds: {points:+} points"] if points else []
    told = f" ({'; '.join(habits)})" if habits else ""
    return f"{span}: nothing out of the ordinary{told}."


def standing(month: Row, money: str) -> str:
    """How a person stands after a month, in both lives.

    >>> law = {"employed": True, "arrears": 0, "judgment": 0}
    >>> standing({"law": law, "scheme": {**law, "score_points": 640, "tier": "low"}}, "yuan")
    'without: at work; with: 640 points, tier low, at work'
    """
    without, with_ = month["law"], month["scheme"]
    points = ""
    if "score_points" in with_:
        points = f"{with_['score_points']} points, tier {with_['tier']}, "
    return f"without: {life(without, money)}; with: {points}{life(with_, money)}"


def life(state: Row, money: str) -> str:
    """Work and debts in a few words."""
    words = ["at work" if state["employed"] else "without paid work"]
    if state["arrears"]:
        words.append(f"{state['arrears']:,} {money} in arrears")
    if state["judgment"]:
        words.append(f"{state['judgment']:,} {money} owed by judgment")
    return ", ".join(words)
