"""Occasions: what a person may decide in a month, as the model has it for them then.

the columns of a block between two stages of a month  ->  Offer, Offer, ...

What is decided is what the model decides by a draw: whether a due is paid out of what food and
medicine need, whether a deed is done, whether an appeal is lodged or points are asked for.  Nothing
else is open to choice, and what follows is not: who sees it, what is written, who is let in.

A month has many more occasions than anybody would read.  It is dealt two of the four hands below,
and of a hand one deed.  What is not dealt the model's person does, or leaves, as ever.
"""

from collections.abc import Iterator
from typing import Any

from demerit.columns import CLEAN, KNOWS_SCORE, SCHEME
from demerit.learned import asks
from demerit.replay.recorded import Recorded
from demerit.step.live import dues
from demerit.step.observe import joined, sensitivity

Row = dict[str, Any]
FEN = 100
PAY, APPEAL, BUY = "pay", "appeal", "buy"  # keys of offers that are no deed
HANDS = {  # what one decides in a moment; a state that lasts, and a faith, is no offer
    "help": ("elder_care", "volunteering", "clean_up", "blood"),
    "say": ("petition", "criticism", "online_post"),
    "slip": ("littering", "late_bill", "traffic_offence", "train_offence", "tax_evasion", "bribe"),
    "use": ("gaming", "alcohol", "night_power", "newspaper", "missed_checkup"),
}
DEALT = (("help", "say"), ("slip", "use"), ("help", "slip"), ("say", "use"))  # by month, in turn
OTHERS = 3  # times that a hand is dealt, to one of a deed without a rule
EVERY = 3  # months from one offer of points for sale to the next, or of an appeal to who is free
WORD = 1 << 32


def plain(kernel: Any) -> Any:
    """A kernel as the Python function that it is: for one person that is as quick."""
    return getattr(kernel, "py_func", kernel)


class Here:
    """One person in a month of a block, for whoever asks what they may do."""

    def __init__(self, recorded: Recorded, world: Any, month: int, i: int):
        steps = recorded.steps
        self.recorded, self.world, self.month, self.i = recorded, world, month, i
        self.society, self.scheme = steps.society[0], steps.scheme[0]
        way = next(step for step in steps.way if step.month == month)
        self.climate = way.weather[int(world.region)]
        self.deeds = list(recorded.deeds)
        self.points = recorded.points(month)
        self.stands = bool(self.climate.in_force[SCHEME]) and bool(world.scored[i])

    def dues(self, w: int = SCHEME) -> Iterator[tuple[int, int, bool]]:
        """What is due this month: (row of the deed of leaving it, fen, is there cash for it)."""
        life = self.world.life
        sums = plain(dues)(self.world, self.society, w, self.i)
        for k, sum_fen in enumerate(sums):
            deed = int(self.society.due_deed[k])
            if sum_fen > 0 and life.deed_rate[deed, self.i] > 0:
                yield deed, int(sum_fen), bool(life.able[w, self.i] > k)

    def short(self, w: int = SCHEME) -> list[tuple[int, int]]:
        """The dues for which there is no cash beside food and medicine: (row of the deed, fen)."""
        return [(deed, fen) for deed, fen, able in self.dues(w) if not able]

    def seen(self, deed: int) -> tuple[float, list[str]]:
        """The chance that an agency writes a deed down, and the agencies that may."""
        found, who = 0, []
        if not self.stands or not plain(asks)(self.scheme, deed):
            return 0.0, []
        society = self.society
        for watch in range(int(society.watch_from[deed]), int(society.watch_from[deed + 1])):
            agency = int(society.watch_agency[watch])
            if plain(joined)(self.scheme, agency, self.month):
                found += int(plain(sensitivity)(
                    self.world, society, self.climate, SCHEME, self.i, deed, watch
                ))  # fmt: skip
                who.append(self.recorded.agencies[agency])
        return min(1.0, found / WORD), who


def offers(here: Here) -> list[Row]:
    """What is open to a person this month, in the order in which it is asked."""
    found = [*paying(here), *deeds(here)]
    if here.stands:
        found += [*appealing(here), *buying(here)]
    return found


def paying(here: Here) -> Iterator[Row]:
    """Dues for which there is no cash beside food and medicine: pay and go without, or leave."""
    short, i = here.short(), here.i
    if short:
        yield {
            "key": PAY, "hand": "money",
            "cash": int(here.world.life.cash_fen[SCHEME, i]) // FEN,
            "need": int(here.world.life.need_fen[i]) // FEN,
            "sum": sum(fen for _, fen in short) // FEN,
            "dues": [deed_row(here, deed) | {"sum": fen // FEN} for deed, fen in short],
        }  # fmt: skip


def deeds(here: Here) -> Iterator[Row]:
    """A deed from each of the hands that this month is dealt."""
    for hand in DEALT[here.month % len(DEALT)]:
        able = [deed for deed in map(here.deeds.index, HANDS[hand]) if is_open(here, deed)]
        if (deed := dealt(here, hand, able)) is not None:
            yield {"key": here.deeds[deed], "hand": hand, **deed_row(here, deed)}


def dealt(here: Here, hand: str, able: list[int]) -> int | None:
    """Which of the deeds of a hand: one after another, and every third time one that the scheme has
    no rule for.  Of harmless habits those alone that it has a rule for."""
    ruled = [deed for deed in able if here.points[deed]]
    others = [] if hand == "use" else [deed for deed in able if not here.points[deed]]
    turn = here.month // 2  # a hand is dealt every other month
    if others and (turn % OTHERS == OTHERS - 1 or not ruled):
        return others[turn // OTHERS % len(others)]
    return ruled[(turn + here.i) % len(ruled)] if ruled else None


def is_open(here: Here, deed: int) -> bool:
    """Is this person one of those who can do it, this month?"""
    if here.world.life.deed_rate[deed, here.i] == 0:
        return False
    if here.society.due[deed]:  # to leave a due that one could pay
        return any(due == deed and able for due, _, able in here.dues())
    return True


def deed_row(here: Here, deed: int) -> Row:
    """A deed, what the scheme makes of it, and who might see it."""
    key = here.deeds[deed]
    entry, (seen, agencies) = here.recorded.deeds[key], here.seen(deed)
    return {
        "deed": key, "title": entry["title"], "harm": bool(entry["harm"]),
        "protected": bool(entry["protected"]),
        "points": int(here.points[deed]) if here.stands else 0,
        "seen": seen, "agencies": agencies,
    }  # fmt: skip


def appealing(here: Here) -> Iterator[Row]:
    """An appeal, for who knows the own score and has cause for one, where there are appeals."""
    life, file, i, w = here.world.life, here.world.file, here.i, SCHEME
    lost = int(life.shadow_points[w, CLEAN, i]) > int(file.score_points[w, i])
    cause = bool(file.sanctioned[w, i]) or (lost and here.month % EVERY == 0)
    knows = life.awareness[w, i] == KNOWS_SCORE and here.scheme.appeal_32 > 0
    if knows and cause and not life.appeal_open[w, i]:
        yield {"key": APPEAL, "hand": "file", "success": int(here.scheme.success_32) / WORD}


def buying(here: Here) -> Iterator[Row]:
    """Points from who keeps the file, where they are for sale and there is cash for them."""
    life, file, i, w = here.world.life, here.world.file, here.i, SCHEME
    free = int(life.cash_fen[w, i]) - int(life.need_fen[i])
    could = bool(file.sanctioned[w, i]) or file.tier[w, i] > 0
    knows = life.awareness[w, i] == KNOWS_SCORE and here.scheme.sale_32 > 0
    if knows and could and free > here.scheme.price_fen and here.month % EVERY == EVERY - 1:
        yield {
            "key": BUY, "hand": "file", "sum": int(here.scheme.price_fen) // FEN,
            "points": int(here.scheme.sale_points),
        }  # fmt: skip
