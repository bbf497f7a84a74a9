"""The command line keeps its contract: what it prints, where, and with which exit code."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import demerit
from demerit import cli, measures, report, scheme, society, storage
from demerit import trial as run

HEAVY = {"numpy", "numba", "scipy", "duckdb", "pydantic", "jinja2", "rich"}
SMALL = ("--people", "3000", "--months", "3", "--quick")


@pytest.fixture
def call(capsys):
    """Run the command line in this process: (exit code, stdout, stderr)."""

    def call(*arguments):
        with pytest.raises(SystemExit) as ended:
            cli.main(list(map(str, arguments)))
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return call


@pytest.fixture
def result():
    """What a run returns, with two measures, and made up."""
    document = {
        "statement": "These people do not exist.",
        "run": None,
        "scheme": "suining",
        "scheme_title": "The trial",
        "people": 3000,
        "months": 3,
        "seed": 1,
        "seconds": 0.1,
        "quick": False,
        "worlds": ["law", "scheme"],
        "groupings": {"all": ["all"]},
        "sources": {"afp": {"author": "A. Writer", "title": "On lists", "year": 2010}},
        "numbers": {"total": 4, "assumed": 3, "assumed_share": 0.75},
        "measures": {
            "share_sanctioned": {
                "question": "How many are punished?", "unit": "share", "headline": "with",
                "without": 0.0, "with": 0.25, "effect": 0.25, "low": 0.125, "high": 0.5,
                "chance_low": 0.24, "chance_high": 0.26,
            },
            "bribes": {
                "question": "How many bribes?", "unit": "per 1,000", "headline": "effect",
                "without": 12.0, "with": 11.0, "effect": -1.0, "low": float("nan"), "high": None,
                "chance_low": -2.0, "chance_high": 0.5,
            },
        },
    }  # fmt: skip
    counts = np.arange(6).reshape(2, 3, 1)
    return SimpleNamespace(
        document=document,
        frames={"people": counts},
        climate={"outcry": counts[:, :, 0]},
        apart=None,
        changed=[],
        draws=[],
        stories=None,
    )


@pytest.fixture
def requests(monkeypatch, tmp_path, result):
    """The requests that reached the model, which answers at once."""
    seen = []

    def answer(request, progress=None, keep=None, engine=None):
        seen.append(request)
        keep({"run": f"{request.scheme}-3000-{request.months}-seed{request.seed}"})
        return result

    monkeypatch.setattr(run, "run", answer)
    monkeypatch.setattr(report, "files", lambda *_: {"report.html": "<!doctype html>"})
    monkeypatch.chdir(tmp_path)
    return seen


# ---- start


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from demerit import cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: print(sorted({m.split('.')[0] for m in sys.modules}))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "Usage: demerit" in shown.stdout
    assert not HEAVY & set(re.findall(r"'(\w+)'", shown.stdout.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"]])
def test_help_takes_at_most_three_tenths_of_a_second(arguments):
    def seconds():
        before = os.times()
        subprocess.run(
            [sys.executable, "-m", "demerit", *arguments], check=True, capture_output=True
        )
        after = os.times()
        used = (after.children_user, after.children_system)
        return sum(used) - before.children_user - before.children_system

    assert min(seconds() for _ in range(3)) <= 0.3


def test_every_command_is_listed_and_explains_itself(call):
    _, listed, _ = call("--help")
    for name in cli.COMMANDS:
        assert f"\n  {name} " in listed
        code, shown, _ = call(name, "--help")
        assert code == 0
        assert "--json" in shown


def test_the_version_is_the_packages(call):
    assert call("--version") == (0, f"demerit {demerit.__version__}\n", "")


# ---- run


def test_run_passes_on_what_was_asked(call, requests):
    options = (
        "--society s --place 0412 --people 1.1m --months 7 --seed 9 --replicates 2 --threads 3 "
        "--pilot 500k --settle 2"
    )
    code, _, _ = call("run", "suining", *options.split(), "--quick")

    assert code == 0
    assert requests == [
        run.Request(
            "suining", "s", "0412", 1_100_000, 7, 9, 2, 3, quick=True, pilot=500_000, settle=2
        )
    ]


def test_all_is_everybody_in_the_society(call, requests):
    call("run", "suining", "--people", "all")

    assert requests[0].people == society.load("china-2020").population


def test_run_leaves_the_size_of_a_trial_to_its_scheme(call, requests):
    call("run", "suining")

    assert requests[0].people is None
    assert requests[0].months == 60
    assert requests[0].threads == len(os.sched_getaffinity(0))


def test_run_names_its_folder_and_never_takes_one_twice(call, requests, tmp_path):
    for _ in range(3):
        call("run", "suining", "--months", "3")

    made = sorted(p.name for p in (tmp_path / "runs").iterdir())
    assert made == [f"suining-3000-3-seed1{end}" for end in ("", "-2", "-3")]


def test_run_prints_statement_table_and_report(call, requests):
    code, out, err = call("run", "suining", "--out", "a")
    text = " ".join(out.split())

    assert (code, err) == (0, "")
    assert out.startswith("These people do not exist.")
    for words in ("How many are punished?", "25%", "+25 points", "12.5% to 50%", "24% to 26%"):
        assert words in text
    assert "-2 to +0.5" in text
    assert out.endswith("Report: a/report.html\n")


def test_run_json_is_one_document_and_what_the_folder_holds(call, requests):
    code, out, err = call("run", "suining", "--out", "a", "--json")

    assert (code, err) == (0, "")
    assert json.loads(out, parse_constant=pytest.fail) == json.loads(Path("a/run.json").read_text())
    assert json.loads(out)["run"] == "a"
    assert json.loads(out)["measures"]["bribes"]["low"] is None


def test_run_draws_a_bar_only_on_a_terminal(call, requests, monkeypatch):
    seen = []
    answer = run.run

    def watch(request, progress=None, keep=None, engine=None):
        seen.append(progress)
        if progress:
            progress("months", 1, 2)
            progress("months", 2, 2)
        return answer(request, progress, keep, engine)

    monkeypatch.setattr(run, "run", watch)
    call("run", "suining", "--out", "a")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    code, _, _ = call("run", "suining", "--out", "b")

    assert code == 0
    assert seen[0] is None
    assert callable(seen[1])


# ---- lists and entries


LISTS = {
    "schemes": scheme.keys,
    "societies": society.keys,
    "measures": lambda: [*measures.MEASURES, *measures.acceptance.OF_RUNS],
    "deeds": None,
    "agencies": None,
    "doors": None,
}


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_has_a_line_and_a_json_entry_for_each(call, kind):
    _, lines, _ = call(kind)
    _, text, _ = call(kind, "--json")
    entries = json.loads(text)[kind]

    assert entries
    assert len(lines.splitlines()) == len(entries)
    assert all(entry["key"] and entry["title"] for entry in entries)
    if LISTS[kind]:
        assert [entry["key"] for entry in entries] == list(LISTS[kind]())


@pytest.mark.parametrize("kind", LISTS)
def test_an_entry_is_shown_whole(call, kind):
    keys = [entry["key"] for entry in json.loads(call(kind, "--json")[1])[kind]]
    for key in keys:
        code, shown, _ = call(kind, key)
        assert code == 0
        assert shown.startswith(f"{key}: ")
        [entry] = json.loads(call(kind, key, "--json")[1])[kind]
        assert entry["key"] == key


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("schemes", "suqian"), "sketch-suqian: "),
        (("schemes", "suqian", "--numbers"), "sketch-suqian: "),
        (("schemes", "suqian", "--json"), '"key": "sketch-suqian"'),
        (("check", "suqian"), "no faults"),
        (("lint", "suqian"), "Suqian's Xichu points: a sketch"),
        (("lint", "suqian", "--json"), '"scheme": "sketch-suqian"'),
    ],
)
def test_a_sketch_is_found_by_the_name_of_its_place(call, words, says):
    scheme.say_sketch.cache_clear()
    code, out, err = call(*words)

    assert 0 == code
    assert says in out
    assert "suqian runs as sketch-suqian: " in err
    assert "runs as" not in out


def test_a_run_of_a_sketch_bears_the_key_of_the_sketch():
    request = run.Request("suqian", people=2_000, months=1, quick=True)
    document = run.run(request).document

    assert "sketch-suqian" == document["scheme"]
    assert document["statement"].endswith("Most of the rules of this scheme are ours.")


def test_an_entry_names_its_sources(call):
    _, shown, _ = call("deeds", "bribe")
    sources = json.loads(call("deeds", "bribe", "--json")[1])["sources"]

    assert "rate: " in shown
    assert sources
    assert all(f"  {key}: {source['author']}" in shown for key, source in sources.items())


def test_an_agency_names_the_deeds_that_it_records(call):
    _, shown, _ = call("agencies", "bank")
    [entry] = json.loads(call("agencies", "bank", "--json")[1])["agencies"]

    assert "  records: loan_default, on_time\n" in shown
    assert ["loan_default", "on_time"] == entry["records"]
    assert "  records: none\n" in call("agencies", "dating_platform")[1]


def test_a_sign_is_shown_with_the_strength_of_its_step(call):
    _, shown, _ = call("deeds", "gaming")

    assert "  signal: weak\n" in shown
    assert "  strength: 0.1 correlation; assumed" in shown


def test_a_society_is_checked_against_its_margins(call):
    code, out, _ = call("societies", "china-2020", "--check", "--people", "3000", "--json")

    assert code == 0
    assert len(json.loads(out)["margins"]) > 10
    assert call("societies", "china-2020", "--check", "--people", "3000")[0] == 0


# ---- a real run


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The folder of a small run of the brief's scheme, and what the command printed."""
    folder = tmp_path_factory.mktemp("real") / "a run"
    command = [sys.executable, "-m", "demerit", "run", "suining", *SMALL, "--out", str(folder)]
    shown = subprocess.run(
        [*command, "--json"], capture_output=True, text=True, check=True, timeout=600
    )
    return folder, shown


def test_a_real_run_keeps_the_contract(real):
    folder, shown = real
    document = json.loads(shown.stdout)

    assert shown.stderr == ""
    asked = {"run": "a run", "scheme": "suining", "society": "china-2020", "months": 3, "seed": 1}
    assert {key: document[key] for key in asked} == asked
    assert document["people"] == 3000
    assert document["worlds"] == ["law", "scheme", "no_errors"]
    assert document["seconds"] > 0
    assert document["person_months_per_s"] > 0
    assert document["peak_rss_bytes"] > 0
    assert re.fullmatch("[0-9a-f]{64}", document["digest"])
    names = "unit with without effect low high chance_low chance_high interval by_group".split()
    for measure in document["measures"].values():
        assert set(names) <= set(measure)
        assert measure["low"] is None  # --quick
    _, frames, climate = storage.read(folder)
    assert set(frames) == set(document["counters"])
    assert climate


def test_a_real_run_is_verified_cited_and_rendered_again(real, call):
    folder, _ = real
    names = ("report.html", *storage.PAGES)
    pages = {name: (folder / name).read_bytes() for name in names}

    assert call("report", folder)[0] == 0
    assert {name: (folder / name).read_bytes() for name in names} == pages
    code, out, _ = call("verify", folder)
    assert code == 0
    assert "12 files are as the run wrote them" in out
    assert json.loads(call("verify", folder, "--json")[1])["damaged"] == []
    cited = json.loads(call("cite", folder, "--json")[1])
    document = json.loads((folder / "run.json").read_text())
    assert {entry["key"] for entry in cited["sources"]} == set(document["sources"])
    assert "are assumed" in call("cite", folder)[1]


def test_a_scheme_file_is_checked_and_run_by_its_path(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shipped = Path(demerit.__file__).parent / "data" / "schemes" / "suining.toml"
    Path("mine.toml").write_bytes(shipped.read_bytes())

    assert call("check", "mine.toml")[0] == 0
    assert json.loads(call("check", "mine.toml", "--json")[1])["faults"] == []
    assert call("run", "mine.toml", *SMALL, "--out", "a")[0] == 0
