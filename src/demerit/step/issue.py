"""Issue: private scores are worked out anew, and say who is high and who is low to partners.

noticed_points, customer  ->  private_16, standing

The scoring half: it is handed what issuers saw on their accounts and nothing else.  Rival issuers
give one person as many scores as there are accounts; none of them reads another's, or the state's.
What a score rests on grows old: of its distance to the start so much is kept each month that half
is gone after the half-life.  Who has no account is unknown to the issuer (its partners' doors say
what that means: as everyone, if they do not say).

Source: K. Brevoort, P. Grimm, M. Kambara, "Credit invisibles and the unscored", Cityscape 18(2),
2016 (from memory).
"""

from demerit.kernel import fill, kernel, stage
from demerit.private import CAP, HIGH_LINE, LEAST, LOW_LINE, START, moved, ranked


@stage
def issue(file, society, scheme, climate, month):
    """Move every private score by what was seen this month, and rank it.

    Writes  private_16, standing (world, issuer, person)
    """
    for w in range(1, climate.worlds):
        for k in range(scheme.issuers):
            if climate.in_force[w] == 0:
                fill(file.standing[w, k], 0)
            else:
                work_out(file, scheme, w, k, month)


@kernel
def work_out(file, scheme, w, k, month):
    """The scores of one issuer, a month on; every account opens in one month."""
    points = file.private_16[w, k]
    standing = file.standing[w, k]
    change, customer, line, kept = (
        file.noticed_points[w, k],
        file.customer[k],
        scheme.line_16[k],
        scheme.kept_16[k],
    )
    start, least, cap = line[START], line[LEAST], line[CAP]
    low, high = line[LOW_LINE], line[HIGH_LINE]
    if month == scheme.issuer_opens:
        fill(points, start)
    for i in range(points.size):
        after = max(least, min(cap, moved(points[i], start, kept, change[i])))
        points[i] = after
        standing[i] = ranked(after, low, high) * customer[i]
