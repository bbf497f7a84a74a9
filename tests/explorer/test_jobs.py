"""Jobs: one queue, one at work, every one of them ended with an event that says how."""

import json
import threading
import time

import pytest
from explorer_asks import ASKED, BEARER, CHANGES, SMALL, events_of

from demerit import storage, trial
from demerit.explorer.faults import Refused
from demerit.explorer.jobs import AT_ONCE, BEFORE, Desk, Job, Postponed, answer
from demerit.explorer.models import QUEUE_MOST, Question
from demerit.explorer.questions import ask
from demerit.explorer.shelf import Shelf
from demerit.run import RunError


def asked(seed):
    return ask(Question(**SMALL, seed=seed))


def wait(what, seconds=10):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_a_job_tells_how_far_it_is_and_ends_with_its_run(made):
    run, events = made
    names = [name for name, _ in events]

    assert names[0] == "queued"
    assert names[1] == "started"
    assert names.count("before") == BEFORE
    assert names.count("month") == SMALL["months"]
    assert names[-2:] == ["measures", "done"]
    assert events[-1][1]["run"] == run


def test_the_four_numbers_are_those_of_the_run(client, made):
    run, events = made
    months = [data for name, data in events if name == "month"]
    keys = "sanctioned_share,wrongful_sanction_share,deeds_fraud,speech_withheld"
    series = client.get(f"/api/runs/{run}/months", params={"measures": keys}).json()["series"]
    measures = client.get(f"/api/runs/{run}/measures").json()["measures"]
    last = months[-1]["four"]

    assert [m["four"]["sanctioned"]["share"] for m in months] == pytest.approx(
        series["sanctioned_share"]["with"]
    )
    assert last["sanctioned"]["people"] > 0
    assert last["wrongly"]["share"] == pytest.approx(measures["wrongful_sanction_share"]["with"])
    assert last["fraud"]["with"] == pytest.approx(measures["deeds_fraud"]["with"])
    assert last["fraud"]["without"] == pytest.approx(measures["deeds_fraud"]["without"])
    assert last["silent"]["share"] == pytest.approx(measures["speech_withheld"]["with"])


def test_after_a_repeal_the_four_numbers_stand_still(client):
    question = ASKED | {"changes": CHANGES | {"repeal.share": 0.001}}
    events = events_of(client, client.post("/api/jobs", json=question).json()["job"])
    months = [data for name, data in events if name == "month"]
    measures = client.get(f"/api/runs/{events[-1][1]['run']}/measures").json()["measures"]
    ended = months[-1]["repealed"]

    assert ended is not None
    assert ended < len(months) - 1
    shares = [month["four"]["wrongly"]["share"] for month in months[ended:]]
    assert set(shares) == {shares[-1]}
    assert shares[-1] == pytest.approx(measures["wrongful_sanction_share"]["with"])


@pytest.fixture(scope="module")
def told_first(app, stranger):
    """The events of a question of which the four numbers are wanted first, and its run."""
    question = ASKED | {"seed": 21}
    job = stranger.post("/api/jobs?first=four", json=question, headers=BEARER).json()["job"]
    events = events_of(stranger, job, BEARER)
    return question, events, app.state.shelf.document(events[-1][1]["run"])


def test_where_the_four_numbers_are_wanted_first_the_run_follows(told_first):
    _, events, _ = told_first
    often = ("compiling", "before", "month", "rest")
    names = [name for name, _ in events if name not in often]
    rests = [name for name, _ in events].index("rest")
    months = [k for k, (name, _) in enumerate(events) if name == "month"]

    assert names == ["queued", "started", "four", "measures", "done"]
    assert len(months) == SMALL["months"]
    assert max(months) < rests


def test_what_is_told_first_is_what_the_run_holds(client, told_first):
    _, events, document = told_first
    told = dict(events)
    run = told["done"]["run"]
    course = client.get(f"/api/runs/{run}/four").json()

    assert [data["four"] for name, data in events if name == "month"] == course["months"]
    assert told["four"]["doors"] == course["doors"]
    assert any(door["asked"] for door in course["doors"].values())
    assert told["four"]["months_in_force"] == document["months_in_force"]
    for key, measure in told["measures"]["measures"].items():
        kept = document["measures"][key]
        assert measure == {**kept, "by_group": {}, "unit": measure["unit"]}


def test_four_numbers_that_come_first_know_of_a_repeal(client, app):
    question = ASKED | {"seed": 21, "changes": CHANGES | {"repeal.share": 0.001}}
    job = client.post("/api/jobs?first=four", json=question).json()["job"]
    told = dict(events_of(client, job))
    run = told["done"]["run"]

    assert told["four"]["months_in_force"] < SMALL["months"]
    assert told["four"]["months_in_force"] == app.state.shelf.document(run)["months_in_force"]
    assert told["four"]["doors"] == client.get(f"/api/runs/{run}/four").json()["doors"]


def test_a_run_that_follows_is_the_one_that_the_command_line_makes(told_first, folder):
    question, events, document = told_first
    asked = ask(Question(**question))
    with asked.on_disk() as path:
        result = trial.run(asked.request(path))

    assert document["digest"] == result.document["digest"]
    for key in ("measures", "repeal", "lint"):
        assert document[key] == storage.plain(result.document[key])
    kept = folder / events[-1][1]["run"] / "stories.json"
    assert json.loads(kept.read_text("utf-8")) == storage.plain(result.stories)


def test_what_is_left_of_an_answer_gives_way_to_who_waits(tmp_path):
    """The first has told its four numbers; the second is asked meanwhile, and told before more."""
    order, resting, go_on = [], threading.Event(), threading.Event()

    def work(job, _shelf):
        seed = job.asked.question.seed
        job.rests = True  # the four numbers are told
        order.append(f"begun {seed}")
        resting.set()
        while not go_on.wait(0.005):
            job.stop_if_unwanted()
        order.append(f"done {seed}")
        job.end("done", "done", {})

    desk = Desk(Shelf(tmp_path), work)
    desk.start(warm=False)
    first = desk.put(asked(1), four_first=True)
    wait(resting.is_set)
    third = desk.put(asked(3), four_first=True)
    wait(lambda: "begun 3" in order)
    desk.cancel(third)
    wait(lambda: third.ended)
    wait(lambda: order[-1] == "begun 1")
    go_on.set()
    wait(lambda: first.ended)
    desk.stop()

    assert order == ["begun 1", "begun 3", "begun 1", "done 1"]
    assert (first.state, third.state) == ("done", "cancelled")


def test_an_answer_that_gave_way_goes_on_with_its_run_alone(tmp_path):
    job = Job("j-1-00000000", asked(31), four_first=True)
    job.others_wait = lambda: True
    with pytest.raises(Postponed):
        answer(job, Shelf(tmp_path))
    told = [name for name, _ in job.events]
    job.others_wait = lambda: False
    answer(job, Shelf(tmp_path))
    after = [name for name, _ in job.events][len(told) :]

    assert told[-2:] == ["four", "measures"]
    assert set(after) == {"rest", "done"}


def test_what_is_left_of_an_answer_can_be_cancelled_while_it_waits(tmp_path):
    gate = threading.Event()

    def work(job, _shelf):
        if job.asked.question.seed == 1 and not job.rests:
            job.rests = True
            raise Postponed
        while not gate.wait(0.005):
            pass
        job.end("done", "done", {})

    desk = Desk(Shelf(tmp_path), work)
    blocking, later = desk.put(asked(2)), desk.put(asked(1), four_first=True)
    desk.waiting.reverse()
    desk.start(warm=False)
    wait(lambda: blocking.state == "running" and later in desk.later)
    desk.cancel(later)

    assert later.state == "cancelled"
    assert not desk.later
    gate.set()
    wait(lambda: blocking.ended)
    desk.stop()


def test_what_is_measured_at_once_is_what_the_run_holds(client, made):
    run, events = made
    told = next(data for name, data in events if name == "measures")["measures"]
    kept = client.get(f"/api/runs/{run}/measures").json()["measures"]

    assert list(told) == AT_ONCE
    for key, measure in told.items():
        assert measure == {**kept[key], "by_group": {}, "unit": measure["unit"]}


def test_the_same_question_is_answered_from_the_folder(client, made):
    run, _ = made
    again = client.post("/api/jobs", json=ASKED).json()
    other = dict(reversed(CHANGES.items())) | {"redress.appeal": 0.05}
    same = client.post("/api/jobs", json=ASKED | {"changes": other}).json()

    assert (again["state"], again["cached"], again["run"]) == ("done", True, run)
    assert (same["state"], same["run"]) == ("done", run)
    assert events_of(client, again["job"]) == [
        ("done", {"run": run, "cached": True, "seconds": 0.0})
    ]
    assert client.post("/api/scheme", json=ASKED).json()["run"] == run


@pytest.mark.parametrize("change", [
    {"seed": 2}, {"months": 7}, {"people": 2_001}, {"quick": False}, {"society": "india-2011"},
    {"without": ["chilling"]}, {"changes": CHANGES | {"false_records": 3}},
    {"changes": CHANGES | {"redress.appeal": 0.06}}, {"scheme": "suining-2010", "changes": {}},
])  # fmt: skip
def test_another_question_has_another_address(client, made, change):
    digest = client.post("/api/scheme", json=ASKED).json()["digest"]

    assert client.post("/api/scheme", json=ASKED | change).json()["digest"] != digest


def test_events_can_be_read_from_where_they_were_left(client, made):
    job = client.post("/api/jobs", json=ASKED).json()["job"]

    assert events_of(client, job, {"last-event-id": "1"}) == []
    assert len(events_of(client, job, {"last-event-id": "x"})) == 1


def test_one_is_at_work_and_the_others_wait_their_turn(desk):
    jobs = [desk.put(asked(seed)) for seed in range(3)]
    wait(desk.begun.is_set)

    assert [job.state for job in jobs] == ["running", "queued", "queued"]
    assert [desk.position(job) for job in jobs] == [None, 1, 2]
    desk.gate.set()
    wait(lambda: all(job.state == "done" for job in jobs))
    assert [data["position"] for name, data in jobs[2].events if name == "queued"] == [2, 1]


def test_the_same_question_at_work_is_the_same_job(desk):
    assert desk.put(asked(1)) is desk.put(asked(1))


def test_a_full_queue_says_so(desk):
    desk.put(asked(100))
    wait(desk.begun.is_set)
    for seed in range(QUEUE_MOST):
        desk.put(asked(seed))

    with pytest.raises(Refused) as refused:
        desk.put(asked(50))
    assert refused.value.status == 429


def test_a_job_can_be_cancelled_while_it_waits_and_while_it_works(desk):
    working, waiting = desk.put(asked(1)), desk.put(asked(2))
    wait(desk.begun.is_set)
    desk.cancel(waiting)

    assert (waiting.state, waiting.events[-1]) == ("cancelled", ("cancelled", {}))
    desk.cancel(working)
    wait(lambda: working.ended)
    assert (working.state, working.events[-1]) == ("cancelled", ("cancelled", {}))
    desk.cancel(working)
    assert working.events.count(("cancelled", {})) == 1
    assert desk.put(asked(1)) is not working


def test_a_job_that_two_asked_for_ends_when_both_have_cancelled(desk):
    blocking = desk.put(asked(1))
    wait(desk.begun.is_set)
    job = desk.put(asked(2))
    assert desk.put(asked(2)) is job
    desk.cancel(job)
    assert (job.state, job.wish.is_set()) == ("queued", False)
    desk.cancel(job)
    assert job.state == "cancelled"
    desk.put(asked(1))
    desk.stop()  # whoever asked
    assert blocking.wish.is_set()


def test_a_run_at_work_is_cancelled_within_a_month(client, folder):
    question = {"people": 20_000, "months": 60, "seed": 77}
    job = client.post("/api/jobs", json=question).json()["job"]
    wait(lambda: client.get(f"/api/jobs/{job}").json()["events"] > 3, 60)

    began = time.monotonic()
    assert client.delete(f"/api/jobs/{job}").is_success
    assert events_of(client, job)[-1] == ("cancelled", {})
    assert time.monotonic() - began < 10
    assert client.get(f"/api/jobs/{job}").json()["state"] == "cancelled"
    assert not list(folder.glob("*seed77*"))
    assert not list(folder.glob(".*"))


@pytest.mark.parametrize(("error", "said"), [
    (RunError("more records than room"), "more records than room"),
    (MemoryError(), "There is not enough memory."),
    (OSError(28, "No space left on device", "runs/a"), "runs/a: No space left on device"),
    (ZeroDivisionError("by nought"), "A fault of the program, ZeroDivisionError: by nought"),
    (SystemExit(3), "A fault of the program, SystemExit: 3"),
])  # fmt: skip
def test_whatever_goes_wrong_is_an_event_and_the_next_job_is_done(tmp_path, error, said):
    def work(job, _shelf):
        if job.asked.question.seed == 1:
            raise error
        job.end("done", "done", {})

    desk = Desk(Shelf(tmp_path), work)
    desk.start(warm=False)
    first, second = desk.put(asked(1)), desk.put(asked(2))
    wait(lambda: second.ended)
    desk.stop()

    assert (first.state, second.state) == ("failed", "done")
    assert first.events[-1][0] == "error"
    assert first.events[-1][1]["error"]["what"] == said


def test_a_job_that_says_nothing_is_an_error(tmp_path):
    desk = Desk(Shelf(tmp_path), lambda job, shelf: None)
    desk.start(warm=False)
    job = desk.put(asked(1))
    wait(lambda: job.ended)
    desk.stop()

    assert job.events[-1][0] == "error"


def test_a_folder_in_the_way_is_an_error_and_not_overwritten(client, folder):
    question = SMALL | {"seed": 5}
    name = ask(Question(**question)).run
    (folder / name).mkdir()
    (folder / name / "mine.txt").write_text("keep")

    job = client.post("/api/jobs", json=question).json()["job"]
    event, data = events_of(client, job)[-1]

    assert event == "error"
    assert "move" in data["error"]["mend"]
    assert [p.name for p in (folder / name).iterdir()] == ["mine.txt"]


def test_an_unknown_job_is_not_found(client):
    for path in ("/api/jobs/j-999-00000000", "/api/jobs/j-999-00000000/events"):
        assert client.get(path).status_code == 404
    assert client.get("/api/jobs/x").status_code == 422
    assert client.delete("/api/jobs/j-999-00000000").status_code == 404


def test_ended_jobs_are_forgotten_in_the_end(desk):
    from demerit.explorer.jobs import KEPT

    desk.gate.set()
    for seed in range(KEPT + 20):
        job = desk.put(asked(seed))
        wait(lambda job=job: job.ended)

    assert len(desk.jobs) <= KEPT + 2
