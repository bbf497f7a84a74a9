"""What the tests of the explorer share: who they are, what they ask, how they read events."""

import json

TOKEN, PORT = "a-token-of-the-tests", 8000
HOME = f"http://127.0.0.1:{PORT}"
BEARER = {"authorization": f"Bearer {TOKEN}"}
SMALL = {"people": 2_000, "months": 6}
# A scheme that lists somebody within six months: points for what happens often, and names posted.
CHANGES = {
    "points.traffic_offence": -500, "posting.public": 1, "tier.C.floor": 900, "tier.B.floor": 940,
    "false_records": 2, "repeal.share": 1,
}  # fmt: skip
ASKED = SMALL | {"changes": CHANGES}


def events_of(client, job, headers=None):
    """All events of a job, to its end: (event, data)."""
    text = client.get(f"/api/jobs/{job}/events", headers=headers).text
    found = [
        dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        for block in text.split("\n\n")
        if "event: " in block
    ]
    return [(one["event"], json.loads(one["data"])) for one in found]
