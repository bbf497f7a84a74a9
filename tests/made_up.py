"""What a made-up run holds beside its measures: lint, luck, further worlds, draws, stories."""

LAW = {"title": "The Act", "words": "scores that lead to either of:", "limb_i": "one;",
       "limb_ii": "two;"}  # fmt: skip


def place(line):
    return {"file": "suining.toml", "line": line, "place": f"points.{line}"}


def finding(key, limb, status, what, **more):
    return {
        "scheme": "suining", "key": key, "title": f"What {key} looks for", "status": status,
        "what": what, "law": "Article 5(1)(c)", "from_memory": False, "places": [place(25)],
        "limb": limb, "severe": "error", "mend": "Take it out.", "measured": [], **more,
    }  # fmt: skip


def scored(key, title, points, gravity, line):
    return {"key": key, "title": title, "place": f"points.{key}", "points": points,
            "context": "x", "agencies": ["police"], "gravity": gravity, "line": line,
            "harm": bool(gravity)}  # fmt: skip


def make_lint():
    measured = {"key": "sanctioned_share", "question": "What share is punished?", "unit": "share",
                "value": 0.0024, "low": 0.0006, "high": 0.011}  # fmt: skip
    element = {"key": "E7i", "title": "Unrelated", "status": "met", "what": "By AIA-001.",
               "law": "Article 5(1)(c)", "from_memory": True, "places": [place(30)],
               "reading": "Met where a rule is"}  # fmt: skip
    return {
        "notice": "Not legal advice.", "law": LAW,
        "schemes": [{
            "key": "suining", "title": "Suining County trial", "pattern": "met",
            "verdict": "The pattern of the prohibition is there: limb (i).",
            "elements": [element], "rules": {"AIA-001": "met"},
            "inputs": [
                scored("bribe", "Paying a bribe", -50, 4, 31),
                scored("traffic_offence", "A driving offence", -20, 2, 30),
                scored("online_post", "A post that the authorities call misbehaviour", -100, 0, 28),
                scored("merit", "Being named an excellent employee", 50, 0, 29),
            ],
            "consequences": [{"door": "job", "title": "Applying for a job", "tier": "D",
                              "place": "tier.D.doors.job", "access": 0, "line": 52}],
            "worlds": None,
        }],
        "findings": [
            finding("AIA-001", "i", "met", "job (work) by bribe and online_post.",
                    measured=[measured]),
            finding("AIA-004", "ii", "open", "online_post (ICCPR article 19).", places=[]),
            finding("AIA-012", "equality", "open", "Nothing.", from_memory=True),
        ],
    }  # fmt: skip


def figure(value, low, high):
    return {"value": value, "low": low, "high": high}


def make_proportion():
    share = {unit: figure(0.31, 0.25, 0.37) for unit in ("sanction", "doors", "cost")}
    return {
        "people": 50_000, "months": 60, "says": "Harm is counted, not weighed.",
        "interval": "jackknife", "harm": {},
        "shares": [{"key": "unrelated", "what": "x", "rules": ["bribe", "merit"], **share}],
        "without_deed": {"no_costly_deed": share, "no_harmful_deed": share,
                         "children": {"doors": figure(None, None, None)}},
    }  # fmt: skip


def make_luck():
    one = {"unit": "share", "question": "Would I be free under another draw?", "textbook": "x",
           "value": 0.42, "chance_low": 0.4, "chance_high": 0.44}  # fmt: skip
    return {"people": 50_000, "months": 60, "redrawn": ["observe", "link"],
            "loop": "the same lives, records drawn anew",
            "measures": {"luck_of_sanction": one}}  # fmt: skip


def make_known(names):
    """Of the draws: the first number moves every headline, the second is noise."""
    rows = [
        {"name": names[0], "correlation": 0.8, "sure": True, "low": 0.001, "high": 0.009,
         "alike": [names[2]]},
        {"name": names[1], "correlation": -0.3, "sure": False, "low": 0.005, "high": 0.004,
         "alike": []},
    ]  # fmt: skip
    keys = ("sanction_anatomy", "deeds_bribe", "deeds_petition")
    return {"varied": 3, "draws": 64, "draws_same_fate": 60,
            "sensitivity": {"draws": 60, "numbers": 3, "chance": 0.4,
                            "headlines": dict.fromkeys(keys, rows)}}  # fmt: skip


def state(points, **more):
    law = {"employed": True, "cash": 900, "arrears": 0, "judgment": 0}
    return {**law, "score_points": points, "tier": "A", "sanctioned": points < 600,
            "wrongful": points < 600, **more}  # fmt: skip


def make_story():
    """Two years: an entry that is another's, a door shut, a job lost that the twin keeps."""
    law = {"employed": True, "cash": 1_000, "arrears": 0, "judgment": 0}
    months = [
        {"month": m, "law": law,
         "scheme": state(1_000 if m < 6 else 540, employed=m < 8, arrears=20 * max(0, m - 8))}
        for m in range(24)
    ]  # fmt: skip
    entry = {"deed": "traffic_offence", "agency": "police", "truth": "foreign", "unable": False,
             "did": 77}  # fmt: skip
    events = [
        {"month": 0, "world": "scheme", "event": "opened", "points": 1_000, "tier": "A"},
        {"month": 6, "world": "scheme", "event": "entered", **entry, "points": -460},
        {"month": 6, "world": "scheme", "event": "sanctioned", "tier": "D", "wrongful": True,
         "but_for": "error"},
        {"month": 7, "world": "both", "event": "did", "deed": "bribe", "count": 1},
        {"month": 8, "world": "scheme", "event": "job_lost"},
        {"month": 9, "world": "law", "event": "protests", "count": 1},
        {"month": 9, "world": "scheme", "event": "asked", "door": "job",
         "answer": "refused_wrongly"},
    ]  # fmt: skip
    who = {"place": "0412", "home": "town", "sex": "female", "age": 41, "schooling": "junior",
           "status": "employee", "household_size": 3, "income": 6_000, "income_fifth": 3,
           "scored": True, "online": True, "driver": False, "party_member": False,
           "indebted": False, "parent_in_need": False, "favoured": False, "thin": False,
           "traits": {}}  # fmt: skip
    return {
        "person": 12,
        "note": "One of this person's possible lives.",
        "who": who,
        "currency": "yuan",
        "months_in_force": 24,
        "months": months,
        "events": events,
    }


def make_stories():
    titles = {"wronged": "Punished by mistake", "poor": "Could not pay", "turned": "Fell silent"}
    return {
        "statement": "These people do not exist.", "notice": "This person does not exist.",
        "rule": "The middle one by id is told.", "people": 32_768, "why": None,
        "agencies": {"police": "Police"},
        "stories": [
            {"slot": slot, "title": title, "condition": "wrongly sanctioned",
             "means": "was under sanction", "count": 9, "person": 12 + k, "story": make_story()}
            for k, (slot, title) in enumerate(titles.items())
        ],
    }  # fmt: skip
