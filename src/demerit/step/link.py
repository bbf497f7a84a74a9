"""Link: local records are joined to people's central files: some late, some lost, some astray.

record_serial, namesake_count  ->  record_due

A scheme says how it joins each database: by identity number (what carries none is lost), by name
(what carries a number is not looked at), or by number and else by name.  What is joined by name
goes to a namesake's file as often as a name is shared inside the scheme's reach.  The luck of a
record hangs on the number printed on it, so that it is the same in every world.

Source: I. Fellegi, A. Sunter, "A theory for record linkage", JASA 64, 1969; CFPB, "Name-only
matching procedures", 86 FR 62468, 2021.
"""

import numpy as np

from demerit import draws
from demerit.columns import ELSEWHERE, LOST
from demerit.kernel import kernel, stage

BY_NUMBER, BY_NAME = 1, 2  # rows of scheme.parts.JOINS


@kernel
def astray_32(namesakes, file_share_32, astray):
    """Chance that a record joined by name reaches another of that name [2**-32].

    Of the namesakes in the society a Poisson number, with mean `others`, is on file; with n others
    one of n + 1 files is picked.  `astray` holds E[n / (n + 1)] for means below 16 in 64ths.
    """
    others_64 = namesakes * file_share_32 >> 26
    if others_64 < astray.size:
        return astray[others_64]
    return (1 << 32) - (1 << 38) // others_64


@stage
def link(file, society, scheme, climate, month):
    """Say of each new record when it reaches the file [month], or that it is LOST or ELSEWHERE."""
    for w in range(1, climate.worlds):
        for r in range(file.record_new[w], file.record_total[w]):
            file.record_due[w, r] = due(file, society, scheme, month, w, r)


@kernel
def due(file, society, scheme, month, w, r):
    """The month in which one record reaches a file; before files open it waits for that month."""
    if not file.scored[file.record_person[w, r]]:
        return LOST
    if file.record_joined[w, r]:
        return max(month, scheme.opens)
    deed, agency = file.record_deed[w, r], file.record_agency[w, r]
    serial = draws.U(file.record_serial[w, r])
    kept, named, late, astray = draws.four(
        file.seed, serial, month, file.replicate, draws.LINK, deed
    )
    if np.int64(kept) >= scheme.booked_32 - (
        scheme.booked_32 * (society.lost_32[agency] >> 16) >> 16
    ):
        return LOST
    numberless = np.int64(named) < society.by_name_32[agency]
    if numberless and scheme.join_by[agency] == BY_NUMBER:
        return LOST
    if scheme.erring[w] and (numberless or scheme.join_by[agency] == BY_NAME):
        namesakes = np.int64(file.namesake_count[file.record_person[w, r]])
        if np.int64(astray) < astray_32(namesakes, scheme.file_share_32, society.astray_32):
            return ELSEWHERE
    delay = 0
    for k in range(society.late_32.shape[1]):
        delay += np.int64(late) < society.late_32[agency, k]
    return max(month + delay, scheme.opens)
