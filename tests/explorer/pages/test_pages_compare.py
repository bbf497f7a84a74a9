"""Compare and share: schemes, runs and folders side by side, all of it in the address."""

import shutil

from .conftest import BY_HAND, SMALL

TWO = f"compare?of=scheme:court-list,scheme:suining&{SMALL}"


def test_two_schemes_stand_side_by_side_with_their_numbers(opened, server):
    page = opened().go(TWO)
    page.locator(".one figure").first.wait_for()
    share = [
        server.ask(f"/api/runs/{server.run_of(key)}/measures")["measures"]["sanctioned_share"][
            "with"
        ]
        for key in ("court-list", "suining")
    ]

    said = page.locator("#figure-compare-sanctioned_share .value").all_text_contents()
    drawn = [float(text.rstrip("%")) for text in said]
    assert [round(100 * x, 2) for x in share] == [round(x, 2) for x in drawn]


def test_what_is_added_and_taken_out_is_in_the_address(opened):
    found = opened()
    page = found.go(TWO)
    page.locator(".chosen select").select_option("scheme:national")
    assert "national" not in found.state()  # a list that is walked by keyboard adds nothing yet
    page.get_by_role("button", name="Add", exact=True).click()
    assert "scheme%3Anational" in found.state()
    assert 3 == page.locator(".chosen-list li").count()
    page.locator(".chosen-list li").first.get_by_role("button").click()
    assert "court-list" not in found.state()
    assert 2 == page.locator(".chosen-list li").count()
    page.go_back()
    page.locator(".chosen-list li").nth(2).wait_for()


def test_a_run_of_the_command_line_opens_and_stands_beside_a_scheme(opened):
    found = opened()
    page = found.go(TWO)
    page.get_by_role("button", name=f"Put beside {BY_HAND}", exact=True).click()
    page.locator("li", has_text=BY_HAND).first.wait_for()
    page.locator(".one figure").first.wait_for()
    assert f"run%3A{BY_HAND}" in found.state()
    page.get_by_role("link", name=f"Open {BY_HAND}").click()
    page.get_by_role("heading", name="Of 100 people being punished").wait_for()
    assert f"run={BY_HAND}" in found.state()
    page.locator(".setting .quiet").wait_for()
    assert "3,000 synthetic people over 8 months" in page.locator(".setting .quiet").inner_text()


def test_a_damaged_folder_is_told_and_not_opened(opened, server):
    copy = server.runs / "damaged"
    shutil.copytree(server.runs / BY_HAND, copy)
    path = copy / "frames.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    try:
        page = opened().go(TWO)
        page.locator(".fault li", has_text="damaged").wait_for()
        assert 0 == page.get_by_role("link", name="Open damaged").count()
    finally:
        shutil.rmtree(copy)


def test_other_people_are_said_to_be_others(opened):
    page = opened().go(f"compare?of=scheme:court-list,run:{BY_HAND}&people=3000&months=6")
    page.get_by_text("A difference here is not the rules").wait_for()


def test_an_unknown_run_is_told_as_a_fault(opened):
    found = opened()
    found.refusals = True
    page = found.go("compare?of=run:nowhere,scheme:suining&people=3000&months=8")
    page.locator(".fault").first.wait_for()

    assert "nowhere" in page.locator(".fault").first.inner_text()
    assert 0 == page.locator(".waiting").count()


def test_what_the_reader_changed_stands_beside_the_scheme_as_written(opened, server):
    found = opened()
    page = found.go(f"rules?scheme=suining&{SMALL}&x.false_records=10")
    page.locator(".was").first.wait_for()
    page.get_by_role("link", name="Compare").last.click()
    page.locator("#figure-compare-sanctioned_share .value").nth(1).wait_for()
    said = page.locator("#figure-compare-sanctioned_share .value").all_text_contents()
    runs = [server.run_of("suining", changes) for changes in ({"false_records": 10}, {})]
    found_of = [server.ask(f"/api/runs/{run}/measures")["measures"] for run in runs]
    share = [measures["sanctioned_share"]["with"] for measures in found_of]
    with_scheme = [{k: m["with"] for k, m in measures.items()} for measures in found_of]

    assert found.state().startswith("compare?")
    assert "x.false_records=10" in found.state()
    assert [round(100 * x, 2) for x in share] == [round(float(x.rstrip("%")), 2) for x in said]
    assert with_scheme[0] != with_scheme[1]
    sides = page.locator("#figure-compare-sanctioned_share .side").all_text_contents()
    assert [", changed" in side for side in sides] == [True, False]
    assert "as you changed it" in page.locator(".chosen-list li").first.inner_text()
    page.locator("table th[scope=row]", has_text=runs[0]).first.wait_for()  # made just now
