"""Bench: the same months as a run's, each stage by the clock; also where outcry ends the scheme."""

from demerit import bench, run
from demerit.columns import SCHEME


def test_a_scheme_that_outcry_ends_is_timed_to_its_last_month(make_plan, harsh, monkeypatch):
    values = harsh | {"suining.repeal.share": 0.0001, "responses.protest.threshold": 0.01}
    plan = make_plan(people=2_500, months=6, values=values)
    ended = []
    live_months = run.live_months

    def keep(*given, **options):
        found = live_months(*given, **options)
        ended.append(found.repeal_month[SCHEME])
        return found

    monkeypatch.setattr(run, "live_months", keep)
    spent = bench.profile(plan)

    assert ended[0] is not None
    assert ended[0] < plan.months - 1
    assert {*bench.STAGES, "count"} == set(spent)
    assert all(nanoseconds > 0 for nanoseconds in spent.values())
