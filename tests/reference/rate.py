"""Rate (7.7a): close ties rate one another, where a scheme has them do so."""

from demerit.columns import ABLE, ALONE, CLEAN, ERROR, HARM, SEEN_ALL, SHADOWS, UNHABITUAL, UNLAWFUL
from demerit.draws import PEER
from demerit.society.tables import HABIT, HARMFUL, LAWFUL, STANDING
from reference.observe import could_not_pay
from reference.state import DEEDS, Block, held
from reference.ties import ties_of

WITHOUT_MOOD = (ERROR, CLEAN, HARM, SEEN_ALL)


def rate(block: Block, climate, month: int) -> None:
    if block.scheme.peer_weight == 0:
        return
    for world in block.living(climate)[1:]:
        for person, life in zip(block.people, world.lives, strict=True):
            life.rated_count = life.rated_points = 0
            life.rated_shadow = [0] * len(SHADOWS)
            if climate.in_force[world.index] and person.scored:
                be_rated(block, world, person, life)


def be_rated(block, world, person, life) -> None:
    """Every tie who rates this person this month."""
    scheme, word = block.scheme, block.draws.word
    for k, tie in enumerate(ties_of(block, person.row)):
        rates, sees, mood = (word(person.row, PEER, k, n) for n in range(3))
        if not block.people[tie].scored or rates >= scheme.rates_32:
            continue
        noise = 0
        if scheme.erring[world.index]:
            four_bytes = sum(mood >> shift & 255 for shift in (0, 8, 16, 24))
            noise = (four_bytes - 510) * scheme.noise_256 >> 8
        saw = sees < scheme.sees_32
        everything = seen_of(block, life, None) if saw else 0
        life.rated_count += 1
        life.rated_points += rating(scheme, life.score_points, everything + noise)
        for shadow in range(len(SHADOWS)):
            moved = seen_of(block, life, shadow) if saw or shadow == SEEN_ALL else 0
            moved += 0 if shadow in WITHOUT_MOOD else noise
            life.rated_shadow[shadow] += rating(scheme, life.shadow_points[shadow], moved)


def rating(scheme, score: int, moved: int) -> int:
    leans = scheme.usual + ((score - scheme.usual) * scheme.herd_256 >> 8)
    return held(leans + moved, scheme.least, scheme.cap)


def seen_of(block, life, shadow: int | None) -> int:
    """What this month's deeds do to a rating, less those that the shadow leaves out."""
    points = block.scheme.points
    return sum(
        points[deed] * life.deed_count[deed]
        for deed in range(len(DEEDS))
        if points[deed] and life.deed_count[deed] and not left_out(block, life, deed, shadow)
    )


def left_out(block, life, deed: int, shadow: int | None) -> bool:
    s = block.society
    unable, of_class = could_not_pay(s, life, deed), s.deed_class[deed]
    costs = block.scheme.points[deed] < 0
    if shadow == ABLE:
        return unable
    if shadow == HARM:
        return unable or (costs and of_class != HARMFUL)
    classes = {UNLAWFUL: LAWFUL, UNHABITUAL: HABIT, ALONE: STANDING}
    return shadow in classes and costs and not unable and of_class == classes[shadow]
