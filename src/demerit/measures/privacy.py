"""Privacy: what is held of whom, what is public, and what a friend's standing does to one."""

from demerit.measures.registry import Measure, Ratio, measure, of_sums, put, section
from demerit.measures.speech import QUIETED

section("Privacy")


@measure(unit="share", better="less", headline="with")
def files_held_share(files_held, scored):
    """How many files hold something against the person?

    Files with an entry that costs points, over files.

    >>> files_held_share(np.array([30]), np.array([100])).value
    array([0.3])
    """
    return Ratio(files_held, scored)


@measure(unit="entries", better="less", headline="with", events=("entries_held",))
def entries_held_mean(entries_held, scored):
    """How much stands against the average person on file?

    Entries that cost points and have not been erased, per file.

    Caution    Of one file 255 are counted at the most.

    >>> entries_held_mean(np.array([150]), np.array([100])).value
    array([1.5])
    """
    return Ratio(entries_held, scored)


@measure(unit="entries", better="less", headline="with", events=("entries",))
def entries_mean(entries, scored):
    """How much is written about the average person in a month?

    Entries that reach files, good and bad, per file and month.

    >>> entries_mean(np.array([20]), np.array([100])).value
    array([0.2])
    """
    return Ratio(entries, scored)


@measure(unit="share", better="less", headline="with")
def files_foreign_share(files_foreign, scored):
    """How many people have something on file that somebody else did?

    Files with another person's entry on them, over files.

    >>> files_foreign_share(np.array([2]), np.array([100])).value
    array([0.02])
    """
    return Ratio(files_foreign, scored)


@measure(unit="share", better="less", headline="with")
def entries_groundless_share(entries_groundless, entries):
    """Of what is written in files, how much is true but falls outside the rule's own ground?

    Entries under a rule against those who could, about people who could not.

    Undefined  where nothing is written

    >>> entries_groundless_share(np.array([1]), np.array([50])).value
    array([0.02])
    """
    return Ratio(entries_groundless, entries)


@measure(unit="share", better="less", headline="with")
def posted_share(posted, scored):
    """How many people have their name on a public list?

    Stock of people posted over those who are scored.

    >>> posted_share(np.array([8]), np.array([10_000])).value
    array([0.0008])
    """
    return Ratio(posted, scored)


@measure(unit="share", better="less", headline="with")
def low_tie_share(low_ties, people):
    """How many people have a friend under sanction?

    Person-months with a close tie under sanction, over all.

    >>> low_tie_share(np.array([5]), np.array([100])).value
    array([0.05])
    """
    return Ratio(low_ties, people)


@measure(unit="rate", better="less", headline="with")
def entries_for_a_tie(entry_low_tie, scored):
    """How often is a friend's low score written into somebody's file?

    Guilt by association: entries for a tie's standing, per scored person and month.

    >>> entries_for_a_tie(np.array([2]), np.array([1_000])).value
    array([0.002])
    """
    return Ratio(entry_low_tie, scored)


@measure(unit="share", better="neither", headline="with")
def on_file_share(scored, people):
    """How many people does the scheme hold a file on?

    Coverage: scored over all people, children too.  By group it says who joins a voluntary scheme.

    >>> on_file_share(np.array([30]), np.array([120])).value
    array([0.25])
    """
    return Ratio(scored, people)


@measure(unit="share", better="neither", headline="with")
def own_score_known_share(aware_score, scored):
    """Everybody may look up what is held on them: how many know their own score?

    Knowledge of one's own file, by looking it up, by a notice or by a refusal; of those scored.

    >>> own_score_known_share(np.array([11]), np.array([100])).value
    array([0.11])
    """
    return Ratio(aware_score, scored)


PRIVATE = ("banned_group", *(deed for _, deeds in QUIETED.values() for deed in deeds))
put(Measure(
    "entries_private_share", "share", "less", "with",
    "If the files leaked, how much of what is in them would be about words, faith, habits, health "
    "or friends?",
    "Share of all entries that reach files that are about conduct which harms nobody and which "
    "people may want to keep to themselves.",
    (*(f"entry_{deed}" for deed in PRIVATE), "entries"),
    of_sums(len(PRIVATE)),
))  # fmt: skip


@measure(unit="number", better="less", headline="with")
def kinds_read_mean(held):
    """Of how many parts of my life does the scheme read?

    Breadth of collection: parts of life (finance, speech, health ...) from which any deed is
    scored, whether something is found or not, per person and month.

    Counts     held (people, kinds read, kinds held, files with private matters), of the months of
               the surveys; times people and months it is the product that data protection asks for

    >>> kinds_read_mean(np.array([[100], [700], [40], [5]])).value
    array([7.])
    """
    return Ratio(held[1], held[0])


@measure(unit="number", better="less", headline="with")
def kinds_held_mean(held):
    """From how many parts of my life does something stand on my file?

    Categories of data times people times months held, per person and month.

    Counts     as kinds_read_mean; entries that stand, good and bad, of one kind counted once
    Caution    What a scheme never takes off its files stands here to the end.

    >>> kinds_held_mean(np.array([[100], [700], [40], [5]])).value
    array([0.4])
    """
    return Ratio(held[2], held[0])


@measure(unit="share", better="less", headline="with")
def leak_private_share(held):
    """If the files leaked today, how likely would mine tell of my words, faith, habits, health or
    friends?

    Exposure by a leak: people on whose file such an entry stands, over those who have a file.

    Counts     as kinds_read_mean

    >>> leak_private_share(np.array([[100], [700], [40], [5]])).value
    array([0.05])
    """
    return Ratio(held[3], held[0])
