"""A comparison's folder, whole or absent, and the commands that write and read it."""

import json

import numpy as np
import pytest

from demerit import cli, comparison, comparison_storage, scheme, storage
from demerit import report as reports
from demerit.facts import InputError
from demerit.trial import Request

KEYS = ("court-list", "none")
SMALL = ("--people", "3000", "--months", "2", "--quick")


@pytest.fixture(scope="module")
def compared():
    return comparison.run([Request(key, people=3_000, months=2, quick=True) for key in KEYS])


@pytest.fixture
def call(capsys, tmp_path, monkeypatch):
    """Run the command line in an empty folder: (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        with pytest.raises(SystemExit) as ended:
            cli.main(list(map(str, arguments)))
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return call


# ---- the folder


def test_what_is_written_is_what_is_read(compared, tmp_path):
    out = comparison_storage.write(compared, tmp_path / "a" / "both")
    document, frames = comparison_storage.read(out)

    names = ["compare.json", *(f"frames-{k}.parquet" for k in KEYS), "measures.json",
             "report.html"]  # fmt: skip
    assert sorted(p.name for p in out.iterdir()) == sorted([*names, storage.MANIFEST])
    assert document["compare"] == "both"
    assert [s["key"] for s in document["schemes"]] == list(KEYS)
    for key, mine in compared.frames.items():
        assert all(np.array_equal(frames[key][n], mine[n]) for n in mine)


def test_a_page_is_made_again_the_same(compared, tmp_path):
    out = comparison_storage.write(compared, tmp_path / "both")
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    (out / "report.html").write_text("damaged")
    comparison_storage.render_any(out)

    assert before == {p.name: p.read_bytes() for p in out.iterdir()}


def test_measures_for_a_program_are_those_of_the_document(compared, tmp_path):
    out = comparison_storage.write(compared, tmp_path / "both")
    found = json.loads((out / "measures.json").read_text("utf-8"))
    document, _ = comparison_storage.read(out)

    assert document["statement"] == found["statement"]
    assert list(KEYS) == [s["key"] for s in found["schemes"]]
    assert list(document["measures"]) == [m["key"] for m in found["measures"]]
    for m in found["measures"]:
        here = document["measures"][m["key"]]
        assert here["law"] == m["law"]
        for key, one in m["by_scheme"].items():
            told = here["by_scheme"][key]
            assert [told[side] for side in ("with", "effect")] == [one["with"], one["effect"]]
            assert (told["chance_low"] is None) == (one["chance"] is None)
            assert (told[m["headline"]] is None) == (one["undefined"] is not None)
        assert [p["difference"] for p in here["pairs"]] == [p["difference"] for p in m["pairs"]]
        assert all(p["not_known"] is None for p in m["pairs"])  # --quick


@pytest.mark.parametrize("name", ["compare.json", "frames-none.parquet", "report.html",
                                  "measures.json"])  # fmt: skip
@pytest.mark.parametrize("harm", ["flip", "remove"])
def test_a_damaged_file_is_found_and_named(compared, tmp_path, name, harm):
    out = comparison_storage.write(compared, tmp_path / "both")
    path = out / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data) if harm == "flip" else path.unlink()

    with pytest.raises(InputError, match=name):
        comparison_storage.read_any(out)


def test_a_file_of_a_run_is_foreign_to_a_comparison(compared, tmp_path):
    out = comparison_storage.write(compared, tmp_path / "both")
    (out / "run.json").write_text("{}")

    with pytest.raises(InputError, match=r"run\.json: is foreign"):
        comparison_storage.read_any(out)


@pytest.mark.parametrize("step", ["frames", "page", "manifest"])
def test_whatever_fails_leaves_nothing_behind(compared, tmp_path, monkeypatch, step):
    def fail(*_):
        raise OSError(28, "No space left on device")

    where = {"frames": (storage, "write_frames"), "page": (reports, "render_comparison"),
             "manifest": (storage, "manifest")}  # fmt: skip
    monkeypatch.setattr(*where[step], fail)
    with pytest.raises(OSError, match="No space"):
        comparison_storage.write(compared, tmp_path / "both")

    assert list(tmp_path.iterdir()) == []


# ---- the command


def test_the_command_prints_tables_that_fit_and_writes_a_folder(call, tmp_path):
    keys = ("suining", "sketch-rongcheng", "sesame", "court-list", "nosedive")
    code, out, _ = call("compare", *keys, *SMALL)

    assert code == 0
    folder = tmp_path / "runs" / f"compare-{'-'.join(keys)}-3000-2-seed1"
    tables, _, report = out.partition("\nReport: ")
    assert report.strip() == str(folder.relative_to(tmp_path) / "report.html")
    assert out.startswith("These people do not exist.")
    assert max(map(len, tables.splitlines())) <= 100
    assert out.count("Question") == 2  # five schemes do not fit one table
    assert "Most of the rules of this scheme are ours" in " ".join(out.split())
    assert "acts in that county" in " ".join(out.split())
    assert call("verify", folder)[0] == 0
    assert call("report", folder)[0] == 0
    assert call("cite", folder)[0] == 0


def test_json_is_one_document(call):
    code, out, _ = call("compare", "court-list", "none", *SMALL, "--json", "--out", "here")
    document = json.loads(out)

    assert code == 0
    assert [s["key"] for s in document["schemes"]] == ["court-list", "none"]
    assert document["compare"] == "here"
    assert document["place"] is None
    shown = document["measures"]["sanctioned_share"]
    assert {"unit", "question", "better", "law", "by_scheme", "differs"} <= set(shown)
    assert {"with", "effect", "low", "high", "chance_low", "chance_high"} <= set(
        shown["by_scheme"]["court-list"]
    )


BAD = {
    "suining": "name from 2 to 8",
    "suining suining": "'suining' is named twice",
    "suining nobody": "there is none of this name",
    "suining none --society mars": "mars",
    "sesame court-list --place 0412": "none of these schemes is a county's trial",
    "suining none --place nowhere": "'nowhere': there is none of this name",
    "suining none --people 10": "10 is out of bounds",
    "suining none sesame national nosedive cibil sketch-fico court-list sketch-tencent":
        "9 schemes named",
}  # fmt: skip


@pytest.mark.parametrize("arguments", BAD)
def test_wrong_input_is_one_message_and_nothing_written(call, tmp_path, arguments):
    code, out, err = call("compare", *arguments.split(), "--quick")

    assert (code, out) == (2, "")
    assert BAD[arguments] in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_schemes_under_two_kinds_of_ordinary_law_are_refused(call, tmp_path):
    text = scheme.find("eight-firms").read_text(encoding="utf-8")
    head = 'scope    = "nation"'
    assert head in text
    (tmp_path / "other.toml").write_text(
        text.replace('"eight-firms"', '"other"', 1)
        .replace(head, f'{head}\nwithout  = ["trust"]', 1)
    )  # fmt: skip
    code, _, err = call("compare", "court-list", "other.toml", *SMALL)

    assert code == 2
    assert "two kinds of ordinary law" in err


def test_a_comparison_holds_no_lives(call):
    call("compare", "court-list", "none", *SMALL, "--out", "here")
    code, _, err = call("person", "here", "1")

    assert code == 2
    assert "is a comparison" in err


# ---- all schemes in one table


def test_every_scheme_has_a_row_on_its_own_society(call):
    code, out, _ = call("schemes", "--run", "--people", "2000", "--months", "1", "--json")
    rows = {row["key"]: row for row in json.loads(out)["schemes"]}

    assert code == 0
    assert sorted(rows) == sorted(scheme.load(key).key for key in scheme.keys())
    assert rows["cibil"]["society"] == "india-2011"
    assert rows["suining"]["place"] is not None
    assert rows["national"]["place"] is None
    assert all(row["seconds"] > 0 for row in rows.values())
    assert {tuple(row["measures"]) for row in rows.values()} == {
        ("sanctioned_share", "wrongful_sanction_share", "deals_honoured", "approval")
    }


def test_the_table_has_a_line_for_a_scheme(call):
    code, out, _ = call("schemes", "suining", "--run", "--people", "2000", "--months", "1")

    assert code == 0
    assert out.startswith("These people do not exist.")
    assert sum(line.startswith("suining ") for line in out.splitlines()) == 1
