"""Explain: a scheme as a person would tell it to another.

Scheme, titles of deeds and doors  ->  lines of plain English

A part of the file that this does not know is told number by number, so that nothing is left out.
"""

from collections.abc import Callable, Iterator
from typing import Any

from demerit import facts
from demerit.scheme.phrases import Spec, months, rests, share, value

VERSIONS = {
    "brief": "as the brief's articles tell it",
    "published": "as published",
    "own": "as its author states it",
}
HEAD = {"format", "key", "title", "version", "kind", "scope", "note", "not_modelled", "province"}


def explain(key: str, spec: Spec) -> Iterator[str]:
    """A scheme in words, line by line."""
    yield f"{key}: {spec['title']}"
    if spec.get("note"):
        yield f"  {spec['note']}"
    told = set(HEAD)
    for part, (names, tell) in PARTS.items():
        lines = list(tell(spec)) if names & spec.keys() or not names else []
        told |= names
        if lines:
            yield f"\n{part}"
            yield from (f"  {line}" for line in lines)
    rest = {name: spec[name] for name in spec.keys() - told}
    if rest and (lines := list(plain(rest))):
        yield "\nAnd also"
        yield from (f"  {line}" for line in lines)
    yield from left_out(spec)
    yield from assumed(spec)


def of_people(spec: Spec) -> Iterator[str]:
    """Who is scored."""
    if spec["kind"] == "none":
        yield "Nobody."
        return
    if spec["kind"] == "rollout":
        yield "Those who live where a scheme has begun, by its own rules (below)."
        return
    if spec["scope"] == "county":
        number = value(spec, "people", "number")
        size = f" of {number:,} people" if number else ""
        where = f" in {spec['province']}" if spec.get("province") else ""
        yield f"Those who live in one synthetic county{size}{where}; the nation outside is not."
    else:
        yield "Everybody in the nation."
    if "society" in spec:
        yield f"The rules were made for the society {spec['society']}; others may be named."
    if "people" in spec:
        age = spec["people"]["age_from"]
        yield f"People of {age['value']} years and more. {rests(age)}"
    if "consent" in spec:
        join, online = spec["consent"]["join"], spec["consent"]["online"]
        who = "internet users among them" if online["value"] else "them"
        yield f"Nobody who does not agree: {share(join['value'])} of {who} do. {rests(join)}"
    yield f"The file tells the scheme {VERSIONS[spec['version']]}."


def of_score(spec: Spec) -> Iterator[str]:
    """Where everybody starts."""
    start, cap = spec["score"]["start"], spec["score"]["cap"]
    yield f"Everybody starts with {start['value']} points. {rests(start)}"
    yield f"Nobody can have more than {cap['value']}. {rests(cap)}"
    if "least" in spec["score"]:
        least = spec["score"]["least"]
        yield f"Nobody can have less than {least['value']}. {rests(least)}"
    if "learned" in spec:
        yield "The score is the start and the weights of the traces that stand on the file."
    if "peer" in spec:
        yield "The score is the running mean of what people's close ties give them."


def of_points(spec: Spec) -> Iterator[str]:
    """What costs and what adds, most first."""
    deeds = facts.read("deeds.toml")["deed"]
    rows = sorted(spec.get("points", {}).items(), key=lambda row: row[1]["value"])
    costs = [row for row in rows if row[1]["value"] < 0]
    adds = [row for row in reversed(rows) if row[1]["value"] >= 0]
    reads = [row for row in adds if row[1]["value"] == 0] if "learned" in spec else []
    if "learned" in spec:
        yield "What it reads, and its weight until the first fit; later weights are in the run."
        adds = [row for row in adds if row not in reads]
    for heading, part in (("Costs", costs), ("Adds", adds), ("Reads", reads)):
        for key, fact in part:
            title = deeds[key]["title"]
            yield f"{heading} {abs(fact['value']):>5}  {title} ({key}) {rests(fact)}"
    for key, rule in spec.get("label", {}).items():
        yield (
            f"{deeds[key]['title']}: only what an official gives a name to counts; "
            f"{share(rule['share']['value'])} truly bear it, {share(rule['error']['value'])} are "
            f"named the wrong way. {rests(rule['share'])}"
        )
    for key, rule in spec.get("ground", {}).items():
        yield (
            f"{deeds[key]['title']}: meant for those who were {rule['value']} to do otherwise, "
            f"which is presumed. {rests(rule)}"
        )


CHOICES = {
    "random": "picked at random", "eager": "picked by how much their people petition",
    "able": "picked by the income of their province",
}  # fmt: skip


def of_waves(spec: Spec) -> Iterator[str]:
    """What begins when and where."""
    for row in spec["wave"]:
        when, how = row["month"], row["choice"]
        where = {"all": "everywhere", "rest": "wherever no scheme stands yet"}.get(how)
        if where is None:
            where = f"in {share(row['share']['value'])} of the places left, {CHOICES[how]}"
        begins = f"{row['scheme']} begins in month {when['value']} {where}"
        yield f"{row['key']}: {begins}. {rests(when)}"
        if "share" in row:
            yield f"    of how many places {rests(row['share'])}"
        if row.get("portable"):
            moves = "moves" if row["portable"]["value"] else "does not move"
            yield f"    a score {moves} with its holder {rests(row['portable'])}"
        if row.get("effort"):
            times = f"{row['effort']['value']:g} times what they otherwise see"
            yield f"    agencies see {times} {rests(row['effort'])}"
    for name in ("able", "eager"):
        fact = spec["pick"][name]
        yield f"How closely picks of the {name} go with that: {fact['value']:g}. {rests(fact)}"
    spill, moves = spec["spill"]["share"], spec["moves"]["rate"]
    yield f"Of what a place shares, {spill['value']:g} is shared with all places. {rests(spill)}"
    rate = share(moves["value"])
    yield f"Of those with a file, {rate} have come from elsewhere in a month. {rests(moves)}"
    yield "A later scheme of the state's takes the place of an earlier; every file begins anew."


def of_dimensions(spec: Spec) -> Iterator[str]:
    """What a weighted scorecard looks at, and what a deed does to it."""
    deeds = facts.read("deeds.toml")["deed"]
    for row in spec["dimension"]:
        yield f"{row['key']}: weighs {row['weight']['value']:g} of 100. {rests(row['weight'])}"
        for key, fact in row.get("marks", {}).items():
            yield f"    {fact['value']:+g} marks  {deeds[key]['title']} ({key}) {rests(fact)}"


def of_learning(spec: Spec) -> Iterator[str]:
    """What a learned score is to foretell, and how its weights are found."""
    part, deeds = spec["learned"], facts.read("deeds.toml")["deed"]
    outcome, every, most = part["outcome"], part["every_months"], part["most_points"]
    title = deeds[outcome["value"]]["title"]
    title = title[0].lower() + title[1:]
    window, doubling, prior = part["window_months"], part["doubling_points"], part["prior_count"]
    yield f"It is to foretell an entry of this: {title} ({outcome['value']}). {rests(outcome)}"
    yield f"A trace is that an entry came in the last {months(window['value'])}. {rests(window)}"
    if every["value"]:
        yield (
            f"Once in {months(every['value'])} each trace is weighed anew: of those who bore it "
            f"then and of those who did not, how many had that entry since? {rests(every)}"
        )
    else:
        yield f"The weights are never fitted: those of the file stay. {rests(every)}"
    yield f"Doubled odds of none add {doubling['value']} points. {rests(doubling)}"
    yield f"No trace weighs more than {most['value']} points either way. {rests(most)}"
    yield (
        f"A trace of few people weighs little: {prior['value']:,} people of the common odds are "
        f"added to them. {rests(prior)}"
    )
    told = part["told_share"]
    yield (
        "Of those who would read written rules, what weighs how much is known to "
        f"{share(told['value'])}. {rests(told)}"
    )
    yield "It learns from records, false ones too: to be watched more closely looks like conduct."


def of_issuers(spec: Spec) -> Iterator[str]:
    """Private scores beside one another: what each sees, counts and is used for."""
    deeds, doors = facts.read("deeds.toml")["deed"], facts.read("doors.toml")["door"]
    for row in spec["issuer"]:
        yield f"{row['key']}: {row['title']}. Sees: {', '.join(row['agencies'])}."
        rest = {k: v for k, v in row.items() if isinstance(v, dict) and "basis" in v}
        yield from (f"    {line}" for line in plain(rest))
        for key, fact in row["points"].items():
            yield f"    {fact['value']:+g} points  {deeds[key]['title']} ({key}) {rests(fact)}"
        for standing, shut in row.get("doors", {}).items():
            for key, fact in shut.items():
                title = doors[key]["title"].partition(" (")[0]
                opens = f"{access(fact['value'])} {title} ({key}) {rests(fact)}"
                yield f"    who is {standing}: {opens}"


def of_tiers(spec: Spec) -> Iterator[str]:
    """The groups, and what each opens and shuts."""
    doors = facts.read("doors.toml")["door"]
    above = None
    for tier in spec["tier"]:
        floor = tier["floor"]
        span = f"{floor['value']} points and more"
        if above is not None:
            least = f"{floor['value']} to {above - 1}"
            span = f"{least} points" if floor["value"] else f"below {above} points"
        yield f"{tier['key']}: {span}. {rests(floor)}"
        for key, fact in tier.get("doors", {}).items():
            title = doors[key]["title"].partition(" (")[0]
            yield f"    {access(fact['value'])} {title} ({key}) {rests(fact)}"
        if not tier.get("doors"):
            yield "    as for everyone"
        above = floor["value"]


def access(x: float) -> str:
    """What a tier does to a door.

    >>> access(0), access(0.25), access(1), access(2)
    ('shut:', 'a 0.25 share let in:', 'as for everyone:', '2 times as open:')
    """
    if x == 0:
        return "shut:"
    if x < 1:
        return f"a {x:g} share let in:"
    return "as for everyone:" if x == 1 else f"{x:g} times as open:"


def of_posting(spec: Spec) -> Iterator[str]:
    """Whose name is public, who may look."""
    fact = spec["posting"]["public"]
    names = "are public" if fact["value"] else "are not made public, but where a door says so"
    yield f"The names of those under sanction {names}. {rests(fact)}"
    if "visible" in spec["posting"]:
        seen = spec["posting"]["visible"]
        may = "can" if seen["value"] else "cannot"
        yield f"A stranger {may} look up one's standing. {rests(seen)}"


def of_file(spec: Spec) -> Iterator[str]:
    """What is entered, joined and taken off."""
    if "file" in spec:
        file = spec["file"]
        booked = file["booked_share"]
        part = "all" if booked["value"] == 1 else share(booked["value"])
        yield f"Of agencies' records, {part} are entered. {rests(booked)}"
        if value(file, "backlog_months"):
            yield f"Records of the {months(value(file, 'backlog_months'))} before are brought in."
        yield f"A lasting state is entered once in {months(value(file, 'interval_months'))}."
    agencies = facts.read("agencies.toml")["agency"]
    ways = {
        "none": "not at all",
        "id": "by number",
        "name": "by name",
        "both": "by number, else name",
    }
    for key, row in spec.get("join", {}).items():
        when = value(row, "month")
        start = "from the start" if not when else f"from month {when}"
        way = ways.get(row["by"]["value"], row["by"]["value"])
        yield f"{agencies[key]['title']}: joined {way}, {start}. {rests(row['by'])}"
    if "learned" in spec:
        term = spec["learned"]["window_months"]
        yield f"An entry stays for {months(term['value'])}. {rests(term)}"
        return
    if not spec.get("erase"):
        yield "What is entered stays for ever."
        return
    term, paid = spec["erase"]["months"], spec["erase"]["paid_months"]
    stays = f"for {months(term['value'])}" if term["value"] else "for ever"
    yield f"An entry stays {stays}. {rests(term)}"
    if paid["value"]:
        yield f"One about a debt goes {months(paid['value'])} after it is paid. {rests(paid)}"
    if missed := spec["erase"].get("missed"):
        yield (
            f"Of those that are due to go in a month, {share(missed['value'])} are overlooked and "
            f"stand on. {rests(missed)}"
        )


def of_redress(spec: Spec) -> Iterator[str]:
    """Notice, appeal, and what comes of it."""
    redress = spec["redress"]
    for key, text in (
        ("notice", "Told of an entry that costs, in a month: {}."),
        ("appeal", "Of those who know of a false entry, {} appeal in a month."),
        ("success", "Of appeals with ground, {} succeed."),
        ("unfounded", "Of appeals without ground, {} succeed all the same."),
        ("repair", "Of those under sanction who know the rules, {} earn points back in a month."),
    ):
        if redress.get(key):
            yield f"{text.format(share(redress[key]['value']))} {rests(redress[key])}"
    if redress.get("delay_months"):
        wait = redress["delay_months"]
        yield f"An appeal takes {months(wait['value'])}. {rests(wait)}"


def of_offices(spec: Spec) -> Iterator[str]:
    """The grades of officials, where there are any, and what each opens and shuts."""
    doors = facts.read("doors.toml")["door"]
    for grade in spec.get("officials", {}).get("grade", []):
        floor = grade["floor"]
        yield f"Officials of {floor['value']} points and more are {grade['key']}. {rests(floor)}"
        for key, fact in grade.get("doors", {}).items():
            title = doors[key]["title"].partition(" (")[0]
            yield f"    {access(fact['value'])} {title} ({key}) {rests(fact)}"


def of_keepers(spec: Spec) -> Iterator[str]:
    """What those who run it sell and shield, and how they answer outcry."""
    if spec.get("favours"):
        favours = spec["favours"]
        sale, shield = favours["sale"], favours["shield"]
        yield (
            f"Of those who would buy points, {share(sale['value'])} find a seller in a month: "
            f"{favours['points']['value']} points for {favours['price']['value']:,} yuan. "
            f"{rests(sale)}"
        )
        dropped = f"{share(shield['value'])} are dropped. {rests(shield)}"
        yield f"Of records on officials and those close to them, {dropped}"
    yield from of_offices(spec)
    for key, text in (
        ("amnesty", "brings an amnesty"), ("harden", "brings more police"), ("repeal", "ends it"),
    ):  # fmt: skip
        if spec.get(key):
            part = spec[key]
            ends = key == "repeal" and "months" in part
            term = f" for {months(part['months']['value'])}" if ends else ""
            who = share(part["share"]["value"])
            yield f"Protest of {who} adults{term} {text}. {rests(part['share'])}"


def of_law(spec: Spec) -> Iterator[str]:
    """What the file says of itself in law."""
    law = spec.get("law") or {}
    for key, said in law.items():
        shown = (
            ", ".join(said)
            if isinstance(said, list)
            else {True: "yes", False: "no"}.get(said, said)
        )
        yield f"{key.replace('_', ' ')}: {shown}"


def left_out(spec: Spec) -> Iterator[str]:
    """What the file says is not in the model."""
    if spec.get("not_modelled"):
        yield "\nLeft out"
        yield from (f"  {text}" for text in spec["not_modelled"])


def assumed(spec: Spec) -> Iterator[str]:
    """How many of the file's numbers nobody has published."""
    found = [fact["basis"] for _, fact in facts.facts(spec)]
    if found:
        count = found.count("assumed")
        yield f"\nOf the {len(found)} numbers of this file, {count} are assumed."


def plain(node: Any, name: str = "") -> Iterator[str]:
    """A part that this page has no words for, number by number."""
    if isinstance(node, dict) and "basis" in node:
        yield f"{name}: {node.get('value')} {rests(node)}"
    elif isinstance(node, dict):
        for key, child in node.items():
            yield from plain(child, f"{name}.{key}" if name else str(key))
    elif isinstance(node, list):
        for k, child in enumerate(node):
            key = child.get("key", k) if isinstance(child, dict) else k
            yield from plain(child, f"{name}.{key}")
    else:
        yield f"{name}: {node}"


PARTS: dict[str, tuple[set[str], Callable[[Spec], Iterator[str]]]] = {
    "Who is scored": ({"people", "scope", "society"}, of_people),
    "What begins when and where": ({"wave", "pick", "spill", "moves"}, of_waves),
    "The score": ({"score"}, of_score),
    "What is scored, in points for each entry": ({"points", "label", "ground"}, of_points),
    "What is weighed, in marks of 100 for each entry": ({"dimension"}, of_dimensions),
    "How its weights are learned": ({"learned"}, of_learning),
    "Private scores, and what their partners do": ({"issuer"}, of_issuers),
    "Groups, and what they open and shut": ({"tier"}, of_tiers),
    "Who gets to know": ({"posting"}, of_posting),
    "The file": ({"file", "join", "erase"}, of_file),
    "Redress": ({"redress"}, of_redress),
    "Those who run it": ({"favours", "amnesty", "harden", "repeal"}, of_keepers),
    "In law, by its own account": ({"law"}, of_law),
}
