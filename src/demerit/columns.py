"""Columns: the data dictionary.  One row per column, and one writer per column.

A world is a named tuple of these arrays; `axes` names them (person or record last), `writer` the
only module that may assign to the column once the people have begun (tests/test_architecture.py
reads the source).  `begin` gives first values to what later months change.
Columns marked `lab` are known to the laboratory alone: no stage of a scheme may read them.
"""

from typing import NamedTuple

WORLDS = ("law", "scheme", "no_errors")
LAW, SCHEME, NO_ERRORS = range(len(WORLDS))

DOORS = (
    "job", "licence", "assistance", "school", "promotion", "flight", "train", "travel", "abroad",
    "hotel", "deposit", "lane", "loan", "card", "prestige", "office", "internet", "dating",
    "posting",
)  # fmt: skip
(JOB, LICENCE, ASSISTANCE, SCHOOL, PROMOTION, FLIGHT, TRAIN, TRAVEL, ABROAD, HOTEL, DEPOSIT, LANE,
 LOAN, CARD, PRESTIGE, OFFICE, INTERNET, DATING, POSTING) = range(len(DOORS))  # fmt: skip

TRAITS = (
    "honesty", "civic", "self_control", "loyalty", "complains", "faith",
    "earning", "exposure", "hardship", "grievance",
)  # fmt: skip
(HONESTY, CIVIC, SELF_CONTROL, LOYALTY, COMPLAINS, FAITH,
 EARNING, EXPOSURE, HARDSHIP, TOUCHINESS) = range(len(TRAITS))  # fmt: skip

# The shadow files of step/audit.py: the same file less the entries of one kind.
SHADOWS = ("error", "able", "unlawful", "unhabitual", "alone", "harm", "clean", "seen")
ERROR, ABLE, UNLAWFUL, UNHABITUAL, ALONE, HARM, CLEAN, SEEN_ALL = range(len(SHADOWS))
ANATOMY = ("none", "error", "unable", "lawful", "habit", "standing", "harm", "mixed")

# Lasting states: scored once a finding, and again after the scheme's interval.
SPELLS = ("elder_neglect", "banned_group", "judgment_unpaid", "low_tie", "firm_listed")
NEGLECT, MEMBERSHIP, JUDGMENT, LOW_TIE, LOW_FIRM = range(len(SPELLS))
# What falls due in a month, in the order in which it is paid: `able` says how many are covered.
DUES = ("late_bill", "loan_default", "fine_unpaid", "judgment_unpaid")

# Firms, where a scheme scores them (data/firms.toml).
FIRM_DEEDS = (
    "wages_withheld", "tax_evaded", "late_invoice", "judgment_unpaid", "contract_broken",
    "product_unsafe", "medicine_unsafe", "doctor_bribed", "scam", "tax_in_time", "donation",
)  # fmt: skip
(WAGES_WITHHELD, TAX_EVADED, LATE_INVOICE, FIRM_JUDGMENT, CONTRACT_BROKEN, PRODUCT_UNSAFE,
 MEDICINE_UNSAFE, DOCTOR_BRIBED, SCAM, TAX_IN_TIME, DONATION) = range(len(FIRM_DEEDS))  # fmt: skip
FIRM_DUES = ("wages_withheld", "tax", "late_invoice", "judgment_unpaid")  # in the order of payment
FIRM_DOORS = ("credit", "procurement", "licence", "listing", "inspection")
CREDIT, INSPECTION = FIRM_DOORS.index("credit"), FIRM_DOORS.index("inspection")
FIRMS_MAX = 96  # in a block: 27 on average
GRADES_MAX = 4  # best first, from 1 on; 0: not rated

# What a record is, as the laboratory knows; groundless: true, but not on the rule's own ground.
TRUE, FALSE, FOREIGN, MISLABELLED, GROUNDLESS = range(5)
NOT_AWARE, HEARD, KNOWS_RULES, KNOWS_SCORE = range(4)  # what a person knows of the scheme
NO_DEAL, DECLINED, BROKEN, HONOURED = range(4)  # what became of a deal with a stranger this month
NEVER = 32_000  # the month in which an entry is erased that is kept for ever
LOST = -30_000  # the due month of a record that never reaches its file
ELSEWHERE = -30_001  # ... of one that went to the file of a namesake outside the block

COUNT_MAX = 16  # deeds of one kind in a month: draws are addressed by it
RING = 64  # months: the longest term after which the seen shadow forgets
RECORDS_PER_PERSON = 48  # room for the records of a block, still on their way or due this month
TIES_MAX = 64  # close ties of one person
PLAIN_MAX = 96  # counters of people that are neither by deed nor by door (frames/names.py)
BLOCK = 2048  # people at the most in a block
DESKS_MAX = 64  # officials of one block
ISSUERS_MAX = 4  # private scores side by side
# What a private score is to its partners; of whom its issuer knows nothing is no customer.
STANDINGS = ("unknown", "below", "plain", "above")
UNKNOWN, BELOW, PLAIN, ABOVE = range(len(STANDINGS))
# Occasions on which others look a person up, a bit each: who hires, employs, dates, is close, lends
# or lets a home (step/inquire.py).
OCCASIONS = ("hire", "employee", "match", "tie", "lender", "landlord")
HIRE, EMPLOYEE, MATCH, TIE, LENDER, LANDLORD = (1 << k for k in range(len(OCCASIONS)))


class Column(NamedTuple):
    name: str
    dtype: str
    axes: tuple[str, ...]
    unit: str
    writer: str
    lab: bool
    meaning: str


P, W, D, R = ("person",), ("world", "person"), ("world", "deed", "person"), ("world", "record")
O = ("world", "door", "person")  # noqa: E741
K = ("world", "desk")
F, G = ("firm",), ("world", "firm")
FD, FO = ("world", "firm_deed", "firm"), ("world", "firm_door", "firm")
I = ("world", "issuer", "person")  # noqa: E741

COLUMNS = tuple(Column(*row) for row in (
    # name                   dtype axes unit        writer         lab    meaning
    ("age_years",             "u1", P,  "years",    "society",     False, "Age when the run begins."),
    ("male",                  "u1", P,  "yes/no",   "society",     False, "Sex as the census counts it."),
    ("urban",                 "u1", P,  "yes/no",   "society",     False, "Lives in a town."),
    ("schooling",             "u1", P,  "index",    "society",     False, "Highest school: none, primary, junior, senior, university."),
    ("status",                "u1", P,  "index",    "society",     False, "Work or other standing: row of society.people.STATUS."),
    ("income_month_fen",      "i4", P,  "fen",      "society",     False, "Disposable income of the household, per head and month."),
    ("income_fifth",          "u1", P,  "index",    "society",     False, "Fifth of the society by income per head, poorest first."),
    ("household_size",        "u1", P,  "persons",  "society",     False, "People in the household; 1 in collective households."),
    ("earner_count",          "u1", P,  "persons",  "society",     False, "Earners in the household when all who usually work do."),
    ("parent_in_need",        "u1", P,  "yes/no",   "society",     False, "Has a parent over 60 who needs care."),
    ("indebted",              "u1", P,  "yes/no",   "society",     False, "The household repays a loan or card."),
    ("online",                "u1", P,  "yes/no",   "society",     False, "Uses the internet."),
    ("driver",                "u1", P,  "yes/no",   "society",     False, "Holds a driving licence."),
    ("party_member",          "u1", P,  "yes/no",   "society",     False, "Member of the ruling party; nobody where the society says nothing of it."),
    ("namesake_count",        "i4", P,  "persons",  "society",     False, "Others in the society with the same full name."),
    ("trait",                 "i2", ("trait", "person"), "sd / 4096", "society", True, "Traits as standard normal scores; rows of TRAITS."),
    ("exposure_256",          "u2", P,  "1/256",    "society",     True,  "How much this person is in view: multiplies what agencies see; mean 256."),
    ("deed_rate",             "u4", ("deed", "person"), "2^-32; counted deeds 2^-16", "society", True, "Monthly rate of each deed under ordinary law, this person's lasting frailty in it; 0 if not at risk."),
    ("group",                 "u1", ("grouping", "person"), "index", "society", False, "Row of the frames' group axis in each grouping."),
    ("household_fen",         "i4", P,  "fen",      "begin",       False, "Household income a month when all usual earners work."),
    ("wage_fen",              "i4", P,  "fen",      "begin",       False, "Part of it that this person's job brings."),
    ("need_fen",              "i4", P,  "fen",      "begin",       False, "Subsistence line of the household."),
    ("bill_fen",              "i4", P,  "fen",      "begin",       False, "Bills due each month: power, water, telephone, property fee."),
    ("instalment_fen",        "i4", P,  "fen",      "begin",       False, "Loan or card instalment due each month."),
    ("rent_fen",              "i4", P,  "fen",      "begin",       False, "Rent due each month; 0 for owners."),
    ("buffer_fen",            "i4", P,  "fen",      "begin",       True,  "Cash and saleable assets that the household aims to hold."),
    ("daring",                "u1", P,  "1/256",    "begin",       True,  "Readiness to run the risk of open protest."),
    ("thin",                  "u1", P,  "yes/no",   "begin",       False, "No bank has a record of this person when the run begins."),
    ("favoured",              "u1", P,  "yes/no",   "begin",       True,  "An official, or close to one: may be shielded by those who run the scheme."),
    ("assent",                "u1", P,  "1/256",    "begin",       True,  "Lasting readiness to approve of a scheme: low approves first."),
    ("scored",                "u1", P,  "yes/no",   "begin",       False, "Has a file: old enough, and has joined where the scheme asks."),
    ("honest",                "u1", P,  "yes/no",   "begin",       True,  "Honesty in the upper half of everybody's."),
    ("official",              "u1", P,  "yes/no",   "begin",       False, "Holds office when the run begins."),
    ("desk_total",            "i8", ("world",), "desks", "begin",  False, "Desks of officials in the block."),
    ("cash_fen",              "i4", W,  "fen",      "live",        True,  "Cash and saleable assets before this month's dues."),
    ("able",                  "u1", W,  "dues",     "live",        True,  "How many of the dues cash and assets less subsistence cover, in the order of DUES."),
    ("wage_withheld",         "u1", W,  "yes/no",   "live",        False, "In a spell in which the employer owes the wage."),
    ("wage_owed_fen",         "i4", W,  "fen",      "live",        False, "Wages that the employer has withheld in this spell."),
    ("fine_due",              "u1", W,  "yes/no",   "live",        False, "Owes a fine under ordinary law this month."),
    ("arrears_fen",           "i4", W,  "fen",      "live",        False, "Unpaid dues that have piled up."),
    ("arrears_unable_fen",    "i4", W,  "fen",      "live",        True,  "Of these, what could not be paid when it fell due."),
    ("judgment_fen",          "i4", W,  "fen",      "live",        False, "Owed by a judgment of a court."),
    ("loan_fen",              "i4", W,  "fen",      "live",        False, "Owed for loans taken during the run, interest included."),
    ("supported",             "u1", W,  "persons",  "live",        True,  "Ties who helped with money this month."),
    ("illness",               "u1", W,  "yes/no",   "live",        True,  "The household pays for an illness this month."),
    ("deed_count",            "u1", D,  "deeds",    "behave",      True,  "Deeds truly done this month."),
    ("deed_withheld",         "u1", D,  "deeds",    "behave",      True,  "Deeds wanted with today's grievance and no fear, and not done."),
    ("deed_shown",            "u1", D,  "deeds",    "behave",      True,  "Deeds done for their points, that would not have been done without."),
    ("swayed",                "u1", ("world", "deed"), "yes/no", "behave", True, "Whether the rows deed_withheld and deed_shown are more than noughts."),
    ("distressed",            "u1", W,  "yes/no",   "behave",      True,  "Pays what is due by going below subsistence."),
    ("neglecting",            "u1", W,  "yes/no",   "behave",      True,  "In a spell of neglecting a parent in need."),
    ("found_month",           "i2", ("world", "spell", "person"), "month", "observe", False, "Month of the last finding of a lasting state."),
    ("shielded",              "u1", W,  "records",  "observe",     True,  "Records that a friend in office dropped this month."),
    ("desk_shielded",         "u1", K,  "records",  "observe",     True,  "Records on friends that this official dropped this month."),
    ("record_total",          "i8", ("world",), "records", "observe", False, "Records in the block's ledger: on their way or due."),
    ("record_new",            "i8", ("world",), "records", "observe", False, "Row of the ledger where this month's records begin."),
    ("record_person",         "u2", R,  "index",    "observe",     False, "Whose name the record bears: row in the block."),
    ("record_deed",           "u1", R,  "index",    "observe",     False, "What it says was done."),
    ("record_agency",         "u1", R,  "index",    "observe",     False, "Who wrote it."),
    ("record_serial",         "u4", R,  "word",     "observe",     False, "A random number printed on it."),
    ("record_joined",         "u1", R,  "yes/no",   "observe",     False, "Came in from elsewhere, joined by name."),
    ("record_doer",           "u2", R,  "index",    "observe",     True,  "Who did it: row in the block."),
    ("record_truth",          "u1", R,  "index",    "observe",     True,  "True, false, foreign or mislabelled."),
    ("record_unable",         "u1", R,  "yes/no",   "observe",     True,  "A debt that could not be paid."),
    ("record_due",            "i2", R,  "month",    "link",        False, "Month in which it reaches the file; LOST; ELSEWHERE."),
    ("rated_count",           "u1", W,  "ratings",  "rate",        False, "Ratings by close ties this month, where people rate people."),
    ("rated_points",          "i4", W,  "points",   "rate",        False, "Their sum."),
    ("rated_shadow",          "i4", ("world", "shadow", "person"), "points", "rate", True, "The same had there been no mood, or nothing of one kind to see; rows of SHADOWS."),
    ("now_total",             "i8", ("world",), "records", "score",    False, "How many records act this month: they arrive, or their entry goes."),
    ("record_now",            "i4", R,  "index",    "score",       False, "Rows of the ledger that act this month, now_total of them."),
    ("record_erase",          "i2", R,  "month",    "score",       False, "Month in which its entry is taken off the file; NEVER."),
    ("record_over",           "i2", R,  "month",    "score",       False, "Month in which its term was over and its entry was overlooked; NEVER."),
    ("moved",                 "u1", P,  "yes/no",   "move",        False, "Has come from elsewhere this month, and the file has not followed."),
    ("entry_change",          "i4", W,  "points",   "score",       False, "Points of this month's entries: scratch, nought at rest."),
    ("entry_loss",            "u1", W,  "entries",  "score",       False, "Entries this month that cost points."),
    ("entry_held",            "u1", W,  "entries",  "score",       False, "Entries that stand on the file and cost points; 255 at the most."),
    ("score_points",          "i4", W,  "points",   "score",       False, "Score at the end of the month."),
    ("tier",                  "u1", W,  "index",    "score",       False, "Row of the scheme's tier table."),
    ("sanctioned",            "u1", W,  "yes/no",   "score",       False, "In a tier that carries a sanction."),
    ("newly_sanctioned",      "u1", W,  "yes/no",   "score",       False, "And was not last month."),
    ("customer",              "u1", ("issuer", "person"), "yes/no", "gather", False, "Has an account with the issuer of a private score."),
    ("mixed",                 "u1", ("issuer", "person"), "yes/no", "gather", True, "What is seen of another customer is booked on this account too."),
    ("noticed_points",        "i4", I,  "points",   "gather",      False, "Points of what an issuer saw on this account this month."),
    ("private_clean_16",      "i4", I,  "points / 16", "gather",   True,  "The private score, were the account not mixed with another's."),
    ("clean_standing",        "u1", I,  "index",    "gather",      True,  "What that score would be to partners; row of STANDINGS."),
    ("private_16",            "i4", I,  "points / 16", "issue",    False, "Private score at the end of the month."),
    ("standing",              "u1", I,  "index",    "issue",       False, "What it is to the issuer's partners; row of STANDINGS."),
    ("shadow_points",         "i4", ("world", "shadow", "person"), "points", "audit", True, "The score had entries of one kind not been there; rows of SHADOWS."),
    ("entry_false",           "u1", W,  "entries",  "audit",       True,  "Entries this month that are false, foreign or mislabelled."),
    ("foreign_held",          "u1", W,  "entries",  "audit",       True,  "Entries on the file that are another person's; 255 at the most."),
    ("seen_month",            "i2", ("world", "spell", "person"), "month", "audit", True, "Month in which a lasting state would last have been found, all being seen."),
    ("seen_ring",             "i2", ("world", "ring", "person"), "points", "audit", True, "What the seen shadow gives back, by month of erasure."),
    ("wrongful",              "u1", W,  "yes/no",   "audit",       True,  "Sanctioned, and the clean file would not bring it."),
    ("deserving",             "u1", W,  "yes/no",   "audit",       True,  "Every true deed seen, there would be a sanction."),
    ("anatomy",               "u1", W,  "index",    "audit",       True,  "But for what there would be no sanction; rows of ANATOMY."),
    ("looked_up",             "u1", W,  "a bit an occasion", "inquire", True, "On which occasions somebody looked this person's standing up this month; bits of OCCASIONS."),
    ("look_up_cost",          "u1", W,  "a bit an occasion", "inquire", True, "On which of them it was held against the person: no job, no match, a tie broken off, worse terms."),
    ("ties_cut",              "u8", W,  "a bit a tie", "inquire",  True,  "Ties of the tie list who broke off for what they saw, as long as it stands."),
    ("employed",              "u1", W,  "yes/no",   "consequence", False, "Has paid work."),
    ("prestige_held",         "u1", W,  "yes/no",   "consequence", False, "Has work of high standing, which pays more."),
    ("asked",                 "u1", O,  "yes/no",   "consequence", False, "Knocked at the door this month."),
    ("refused",               "u1", O,  "yes/no",   "consequence", False, "Turned away because of the tier."),
    ("granted",               "u1", O,  "yes/no",   "consequence", False, "Let in."),
    ("shut",                  "u4", W,  "a bit a door", "consequence", True, "Doors at which a private score alone turned away."),
    ("shut_wrongly",          "u4", W,  "a bit a door", "consequence", True, "Of these, where the score of the account on its own would not have."),
    ("awareness",             "u1", W,  "index",    "respond",     True,  "None, heard of it, knows the rules, knows the own score."),
    ("caution",               "u1", W,  "1/256",    "respond",     True,  "How present the believed risk of being recorded is."),
    ("grievance",             "u1", W,  "1/256",    "respond",     True,  "Hardship and wrong felt (Epstein's H)."),
    ("protesting",            "u1", W,  "yes/no",   "respond",     False, "Protests in public this month."),
    ("evading",               "u1", W,  "yes/no",   "respond",     True,  "Uses a VPN."),
    ("tie_sanctioned",        "u1", W,  "persons",  "respond",     True,  "Ties newly sanctioned this month."),
    ("tie_low",               "u1", W,  "persons",  "respond",     False, "Ties under sanction this month."),
    ("tie_protesting",        "u1", W,  "persons",  "respond",     False, "Ties who protest this month."),
    ("approving",             "u1", W,  "yes/no",   "respond",     True,  "Approves of the scheme, of those who have heard of it."),
    ("sabotaging",            "u1", W,  "yes/no",   "respond",     True,  "Damages what watches or serves the scheme this month."),
    ("dealt",                 "u1", W,  "index",    "deal",        True,  "A deal with a stranger: none, declined, broken, honoured."),
    ("assured",               "u1", W,  "yes/no",   "deal",        True,  "The stranger's standing was looked up first."),
    ("belief",                "u1", W,  "1/256",    "deal",        True,  "Believed chance that a stranger honours a deal."),
    ("bought_points",         "i4", W,  "points",   "redress",     False, "Points bought from who keeps the file; act next month."),
    ("appeal_open",           "u1", W,  "yes/no",   "redress",     False, "An appeal is waiting for its answer."),
    ("correction_points",     "i4", W,  "points",   "redress",     False, "Points given back by an appeal; acts next month."),
    ("earned_points",         "i4", W,  "points",   "redress",     False, "Points earned back under the scheme's own rules; act next month."),
    ("appealed",              "u1", W,  "yes/no",   "redress",     False, "Lodged an appeal this month."),
    ("desk_sold",             "u1", K,  "sales",    "redress",     True,  "How often this official sold points this month."),
    ("desk_person",           "u2", K,  "row + 1",  "office",      False, "Who holds the office: row in the block from one; 0: nobody."),
    ("desk_open",             "u1", K,  "yes/no",   "office",      True,  "The holder is for sale."),
    ("desk_points",           "i4", K,  "points",   "office",      False, "The holder's own score as an official."),
    ("desk_clean",            "i4", K,  "points",   "office",      True,  "The same, had nobody been disciplined for what they had not done."),
    ("desk_target",           "u2", K,  "row + 1",  "office",      True,  "With whom the holder settles an account: booked next month; 0: nobody."),
    ("desk_fen",              "i4", K,  "fen",      "office",      True,  "What the holder has been paid for points this month; nought if it was found out in time."),
    ("desk_disciplined",      "u1", K,  "index",    "office",      False, "Disciplined this month: no; for what was done; wrongly."),
    ("desk_passed",           "u1", K,  "doors",    "consequence", False, "Doors to work of high standing at which this official was passed over for the grade."),
    ("desk_gone",             "u2", K,  "row + 1",  "office",      False, "Who lost this office this month; 0: nobody."),
    ("firm_total",            "i8", ("one",), "firms", "trade",     False, "Firms in the block: one for each owner."),
    ("firm_owner",            "i4", F,  "index",    "trade",       False, "Row of the owner in the block."),
    ("firm_sector",           "u1", F,  "index",    "trade",       False, "Row of the sectors of firms.toml."),
    ("firm_size",             "u1", F,  "index",    "trade",       False, "Row of the sizes of firms.toml."),
    ("firm_staff",            "i4", F,  "persons",  "trade",       False, "Workers."),
    ("firm_turnover_fen",     "i8", F,  "fen",      "trade",       False, "Sales of a usual month."),
    ("firm_rate",             "u4", ("firm_deed", "firm"), "2^-32", "trade", True, "Monthly rate of each deed under ordinary law, this firm's lasting frailty in it; 0 if not at risk."),
    ("firm_knows",            "u1", F,  "yes/no",   "trade",       True,  "The owner knows the rules."),
    ("firm_open",             "u1", G,  "yes/no",   "trade",       False, "In business at the end of the month; one that fails has a successor next month."),
    ("firm_cash_fen",         "i8", G,  "fen",      "trade",       True,  "Cash after this month's payments."),
    ("firm_owed_fen",         "i8", G,  "fen",      "trade",       False, "Wages, tax and invoices in arrears."),
    ("firm_unable_fen",       "i8", G,  "fen",      "trade",       True,  "Of these, what could not be paid when it fell due."),
    ("firm_loan_fen",         "i8", G,  "fen",      "trade",       False, "Owed to banks, interest included."),
    ("firm_judgment_fen",     "i8", G,  "fen",      "trade",       False, "Owed by a judgment of a court."),
    ("firm_able",             "u1", G,  "dues",     "trade",       True,  "How many of the dues cash covers, in the order of FIRM_DUES."),
    ("firm_done",             "u1", FD, "yes/no",   "trade",       True,  "Deeds truly done this month."),
    ("firm_withheld",         "u1", FD, "yes/no",   "trade",       True,  "Deeds of habit that fear of the scheme held back."),
    ("firm_entry",            "u1", FD, "entries",  "trade",       False, "Records that reached the firm's file this month."),
    ("firm_entry_true",       "u1", FD, "entries",  "trade",       True,  "Of these, the true ones."),
    ("firm_asked",            "u1", FO, "yes/no",   "trade",       False, "Asked at the door this month; visits: every firm."),
    ("firm_word",             "u4", ("firm_door", "firm"), "word", "trade", False, "The number that decides at the door among like firms."),
    ("firm_points",           "i4", G,  "points",   "grade",       False, "Points of entries since the last rating."),
    ("firm_grade",            "u1", G,  "index",    "grade",       False, "Grade, best 1; 0: not rated."),
    ("firm_until",            "i2", G,  "month",    "grade",       False, "On the blacklist before this month."),
    ("firm_granted",          "u1", FO, "yes/no",   "grade",       False, "Let in; visits: visited."),
    ("firm_refused",          "u1", FO, "yes/no",   "grade",       False, "Turned away because of the grade."),
    ("firm_clean_points",     "i4", G,  "points",   "firms",       True,  "Points, had none of the entries been false or another's."),
    ("firm_clean_grade",      "u1", G,  "index",    "firms",       True,  "The grade by these."),
    ("firm_clean_until",      "i2", G,  "month",    "firms",       True,  "The end of the listing by these."),
    ("firm_wrongful",         "u1", G,  "yes/no",   "firms",       True,  "In the lowest grade, and by the clean file not."),
    ("firm_low",              "u1", W,  "yes/no",   "firms",       False, "Owns a firm in the lowest grade."),
    ("trace_bits",            "u8", W,  "a bit a deed", "score",   False, "Learned scores: deeds of which an entry stands on the file."),
    ("past_bits",             "u8", W,  "a bit a deed", "score",   False, "The same when the year began whose outcomes the next fit learns from."),
    ("outcome_came",          "u1", W,  "yes/no",   "score",       False, "An entry of the learned outcome has reached the file since."),
    ("given_points",          "i4", W,  "points",   "score",       False, "Learned scores: points given back, earned and bought so far."),
    ("regraded",              "u1", W,  "yes/no",   "score",       False, "In another tier this month by new weights alone."),
    ("shadow_given",          "i4", ("world", "shadow", "person"), "points", "audit", True, "Learned scores: points given in each shadow file so far; rows of SHADOWS."),
    ("done_month",            "i2", ("world", "deed", "person"), "month + 1", "audit", True, "Learned scores: month in which a deed was last done, from one; 0: not since the files opened."),
    ("group_bits",            "u8", ("group", "bits"), "bits", "begin", False, "Who belongs to each group, a bit a person (frames.seat)."),
    ("u",                     "u4", ("four", "person"), "word", "scratch", False, "Scratch: a row of draws."),
    ("m",                     "u4", P,  "1/65536",  "scratch",     False, "Scratch: a row of multipliers."),
    ("bound",                 "i8", P,  "2^-32",    "scratch",     False, "Scratch: a row of chances."),
    ("wish",                  "u4", P,  "1/65536",  "scratch",     False, "Scratch: another."),
    ("flag",                  "u1", P,  "yes/no",   "scratch",     False, "Scratch: a row to mark."),
    ("stirred",               "u1", P,  "yes/no",   "scratch",     False, "Scratch: whom a scheme may move at all."),
    ("mark",                  "u1", ("world", "plain", "person"), "number", "scratch", False, "Scratch: who counts, a row for each plain counter."),
    ("points",                "i4", W,  "number",   "scratch",     False, "Scratch: numbers to add up."),
    ("everyone",              "u1", P,  "yes/no",   "scratch",     False, "Scratch: who lives in the block."),
    ("nought",                "u8", P,  "nought",   "scratch",     False, "Scratch: a row of noughts, that nobody writes."),
    ("packed",                "u8", ("bits",), "bits", "scratch",  False, "Scratch: a row packed, a bit a person."),
    ("present",               "u8", ("bits",), "bits", "scratch",  False, "Scratch: who lives in the block, packed."),
    ("ranked",                "u8", ("four", "bits"), "bits", "scratch", False, "Scratch: who is scored and in each tier, packed."),
    ("found",                 "i8", ("group",), "count", "scratch", False, "Scratch: a row counted by group."),
    ("fen",                   "i8", P,  "fen",      "scratch",     False, "Scratch: a row of money."),
    ("kept_bits",             "u8", ("shadow", "person"), "a bit a deed", "scratch", False, "Scratch: deeds of which each shadow file holds an entry."),
    ("near",                  "i8", ("tie",), "index", "scratch",  False, "Scratch: the ties of one person."),
))  # fmt: skip

# What the simulated authority holds.  Link, score and the granting of doors are given this and
# nothing else: it has no column of the laboratory.
FILE = (
    "namesake_count", "scored", "record_total", "record_new", "record_person", "record_deed",
    "record_agency", "record_serial", "record_joined", "record_due", "record_erase",
    "record_over", "now_total", "record_now", "rated_count", "rated_points",
    "entry_change", "entry_loss", "entry_held", "score_points", "tier", "sanctioned",
    "newly_sanctioned", "correction_points", "earned_points", "bought_points", "judgment_fen", "thin",
    "asked", "refused", "granted", "customer", "noticed_points", "private_16", "standing",
    "firm_total", "firm_owner", "firm_open", "firm_entry", "firm_asked", "firm_word", "firm_points",
    "firm_grade", "firm_until", "firm_granted", "firm_refused", "moved",
    "trace_bits", "past_bits", "outcome_came", "given_points", "regraded",
)  # fmt: skip
SCRATCH = tuple(c.name for c in COLUMNS if c.writer == "scratch")
