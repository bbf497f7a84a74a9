"""Play: a person of a run, some of whose choices a reader makes.

Recorded, person, choices  ->  the months so far, what came of them, what is open next

The person's block is lived again over the climate that the run recorded, as for a story, by the
same kernels.  Between two stages of a month what the model drew for one deed of this one person is
put aside for what was chosen; nothing else is touched, and every other draw keeps its address.  So
the same choices give the same life, choices that are all left free give the life of the run, bit
for bit, and a choice changes nothing that comes before it.  What is chosen is done in every world:
beside the scheme stands the same conduct under ordinary law alone.

The run does not hear of it: the climate is held, as one person does not move it.

A text holds the choices: for each month a letter for each offer, then a point; 1 is yes, 0 is no,
- is what the model draws.  `*` in place of the letters leaves the whole month to the model.

>>> months_of("01-.*..")
['01-', '*', '']
"""

import re
from typing import Any

import numpy as np

from demerit import draws
from demerit.columns import KNOWS_SCORE, SCHEME
from demerit.facts import InputError
from demerit.replay.occasions import APPEAL, BUY, FEN, PAY, Here, offers, plain
from demerit.replay.recorded import Recorded, live, seat_of
from demerit.replay.story import Row, Watch, told

MONTHS = 24  # of a life that is played
OFFERS_MOST = 6  # in a month
CHOICES = rf"^(?:(?:[01-]{{0,{OFFERS_MOST}}}|\*)\.){{0,{MONTHS}}}$"
ALL_FREE = "*"
STAGES = ("live", "behave", "respond", "redress", "month")  # after which somebody looks


class ChoiceError(InputError):
    """Choices that this life does not offer."""


def months_of(choices: str) -> list[str]:
    """The choices by month.  ChoiceError for a text that holds none."""
    if not re.fullmatch(CHOICES, choices):
        raise ChoiceError(
            "choices: for each month a letter for each offer (1 yes, 0 no, - as the model has it), "
            f"or *, then a point; at most {OFFERS_MOST} offers and {MONTHS} months."
        )
    return choices.split(".")[:-1]


class Player:
    """Sees a person's block after the stages of STAGES, and puts what was chosen in its place."""

    def __init__(self, recorded: Recorded, row: int, choices: list[str]):
        self.recorded, self.row, self.choices = recorded, row, choices
        self.watch = Watch(recorded, row)
        self.offers: list[list[Row]] = []  # by month
        self.now: Row = {}  # how the person stands when a month begins
        self.here: Any = None
        self.chosen: dict[str, bool] = {}  # this month, by key; what is left free is not in it

    def __call__(self, block: int, world: Any, month: int, stage: str) -> None:
        """Look at the block after a stage of a month."""
        if stage == "month":
            self.watch(block, world, month, stage)
        elif month >= 0:
            {"live": self.open, "behave": self.act, "respond": self.lodge, "redress": self.ask}[
                stage
            ](world, month)

    def open(self, world: Any, month: int) -> None:
        """The money of the month has come: what is open is known, and what of it was chosen."""
        self.here = Here(self.recorded, world, month, self.row)
        found = offers(self.here)
        self.offers.append(found)
        life, i = world.life, self.row
        owed = int(life.arrears_fen[SCHEME, i]) + int(world.file.judgment_fen[SCHEME, i])
        self.now = {
            "cash": int(life.cash_fen[SCHEME, i]) // FEN, "need": int(life.need_fen[i]) // FEN,
            "due": sum(fen for _, fen, _ in self.here.dues()) // FEN, "owed": owed // FEN,
            "employed": bool(life.employed[SCHEME, i]),
        }  # fmt: skip
        letters = self.choices[month] if month < len(self.choices) else ALL_FREE
        self.chosen = {}
        if letters == ALL_FREE:
            return
        if len(letters) != len(found):
            raise ChoiceError(
                f"choices: in month {month + 1} this life offers {len(found)} choices, and "
                f"{len(letters)} were made. They were made for another life or another run."
            )
        pairs = zip(found, letters, strict=True)
        self.chosen = {offer["key"]: letter == "1" for offer, letter in pairs if letter != "-"}

    def act(self, world: Any, month: int) -> None:
        """After the draws of deeds: what was chosen is done, and nothing else of it."""
        life, i, changed = world.life, self.row, False
        for key, yes in self.chosen.items():
            if key in (APPEAL, BUY):
                continue
            for w in range(self.recorded.plan.worlds):
                if key == PAY:
                    self.pay(life, w, yes)
                else:
                    deed = self.here.deeds.index(key)
                    done(life, w, deed, i, yes)
            changed = True
        if changed:
            for w in range(self.recorded.plan.worlds):
                self.in_time(life, w)

    def pay(self, life: Any, w: int, yes: bool) -> None:
        """Dues for which there is no cash beside food and medicine: paid all the same, or left."""
        short = self.here.short(w)
        for deed, _ in short:
            done(life, w, deed, self.row, not yes)
        if short:
            life.distressed[w, self.row] = yes

    def in_time(self, life: Any, w: int) -> None:
        """Paying all that is due in time follows from the dues that were left."""
        society, i = self.here.society, self.row
        deed = self.here.deeds.index("on_time")
        owes = life.deed_rate[deed, i] > 0 and life.bill_fen[i] + life.rent_fen[i] > 0
        left = any(life.deed_count[w, due, i] for due in society.due_deed)
        life.deed_count[w, deed, i] = owes and not left

    def lodge(self, world: Any, month: int) -> None:
        """Before appeals are heard: one that is chosen lies on the desk, like one that waits."""
        if self.chosen.get(APPEAL):
            world.life.appeal_open[SCHEME, self.row] = 1

    def ask(self, world: Any, month: int) -> None:
        """After appeals and sales: what was drawn for this person and not chosen is undone."""
        life, file, i, w = world.life, world.file, self.row, SCHEME
        if APPEAL in self.chosen:
            if not self.chosen[APPEAL] and life.appealed[w, i]:
                life.appeal_open[w, i] = file.correction_points[w, i] = 0
            life.appealed[w, i] = self.chosen[APPEAL]
        if BUY in self.chosen and not self.chosen[BUY] and file.bought_points[w, i]:
            file.bought_points[w, i] = 0
            if self.here.scheme.officials:
                life.desk_sold[w, self.desk(world, month)] -= 1
        elif self.chosen.get(BUY) and not file.bought_points[w, i]:
            self.buy(world, month)

    def buy(self, world: Any, month: int) -> None:
        """Ask for points.  Where officials sell them it is this one who must be for sale; elsewhere
        the draw of a seller stands, and there was none."""
        scheme, file, i, w = self.here.scheme, world.file, self.row, SCHEME
        knows = world.life.awareness[w, i] == KNOWS_SCORE
        could = bool(file.sanctioned[w, i]) or file.tier[w, i] > 0
        if not (scheme.officials and knows and could and world.life.desk_total[w]):
            return
        desk = self.desk(world, month)
        if world.life.desk_open[w, desk]:
            world.life.desk_sold[w, desk] = min(255, int(world.life.desk_sold[w, desk]) + 1)
            file.bought_points[w, i] = scheme.sale_points

    def desk(self, world: Any, month: int) -> int:
        """The official whom this person would ask this month: the word of step/redress.py."""
        word = draws.four(
            world.seed, np.uint64(int(world.first) + self.row), month, world.replicate,
            draws.FAVOUR, np.int64(0),
        )[1]  # fmt: skip
        return int(plain(draws.among)(word, world.life.desk_total[SCHEME]))


def done(life: Any, w: int, deed: int, i: int, yes: bool) -> None:
    """A deed is done once, or not at all; chosen, it is neither kept in nor done for show."""
    life.deed_count[w, deed, i] = yes
    life.deed_withheld[w, deed, i] = life.deed_shown[w, deed, i] = 0


def play(recorded: Recorded, person: int, choices: str) -> Row:
    """The life of a person with these choices, and what is open in the month after them.

    InputError for one who does not live in the run, ChoiceError for choices that are not offered.
    """
    block, row = seat_of(recorded, person)
    made, most = months_of(choices), min(MONTHS, recorded.plan.months)
    if len(made) > most:
        raise ChoiceError(f"choices: this life has {most} months, and {len(made)} were chosen for.")
    player = Player(recorded, row, made)
    over = len(made) == most
    live(recorded, [block], player, len(made) + (not over), stages=STAGES)
    story = told(recorded, player.watch, person, len(made))
    return {
        **story, "of": most, "over": over, "choices": choices,
        "offered": [
            {"month": month, "offers": player.offers[month], "chosen": letters}
            for month, letters in enumerate(made)
        ],
        "now": None if over else player.now,
        "offers": [] if over else player.offers[len(made)],
    }  # fmt: skip
