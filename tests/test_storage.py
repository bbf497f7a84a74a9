"""A run's folder is whole or absent, and a changed byte is found."""

import errno
import os
import subprocess
from types import SimpleNamespace

import numpy as np
import pytest

from demerit import report, storage
from demerit.facts import InputError


@pytest.fixture
def result():
    worlds, months = 2, 5
    document = {
        "format": 1,
        "run": None,
        "worlds": ["law", "scheme"],
        "groupings": {"all": ["all"], "home": ["urban", "rural"]},
        "measures": {"share": {"with": float("nan"), "without": np.float64(0.5)}},
    }
    counts = np.arange(worlds * months * 3).reshape(worlds, months, 3)
    climate = {
        "outcry": np.arange(worlds * months).reshape(worlds, months),
        "conduct": np.arange(worlds * months * 4).reshape(worlds, months, 4),
        "norm": np.arange(worlds * months * 8).reshape(worlds, months, 2, 4),
    }
    frames = {"people": counts, "record_bribe": -counts}
    return SimpleNamespace(
        document=document, frames=frames, climate=climate, apart=None, changed=[], draws=[],
        stories=None,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def page(monkeypatch):
    """The report has tests of its own; here it is a sentence."""
    monkeypatch.setattr(report, "files", lambda *_: {"report.html": "<!doctype html>"})


@pytest.mark.parametrize("name", ["run", "a run", "läuft 运行", "it's [1]*?", 'say "x"; --'])
def test_what_is_written_is_what_is_read(result, tmp_path, name):
    out = storage.write(result, tmp_path / name / name)

    document, frames, climate = storage.read(out)

    assert document["run"] == name
    assert document["measures"] == {"share": {"with": None, "without": 0.5}}
    for read, written in ((frames, result.frames), (climate, result.climate)):
        assert list(read) == list(written)
        for key, array in written.items():
            assert read[key].dtype == np.int64
            np.testing.assert_array_equal(read[key], array)


def test_a_folder_holds_what_the_contract_names_and_nothing_else(result, tmp_path):
    out = storage.write(result, tmp_path / "run")

    assert sorted(p.name for p in out.iterdir()) == sorted((*storage.FILES, storage.MANIFEST))
    assert [p.name for p in tmp_path.iterdir()] == ["run"]
    assert not any(os.access(p, os.X_OK) for p in out.iterdir())
    subprocess.run(["sha256sum", "--check", "--strict", storage.MANIFEST], cwd=out, check=True)


def test_the_same_result_gives_the_same_bytes(result, tmp_path):
    one, two = (storage.write(result, tmp_path / k / "run") for k in "ab")

    assert [(one / n).read_bytes() for n in storage.FILES] == [
        (two / n).read_bytes() for n in storage.FILES
    ]


def test_the_frames_can_be_read_by_another_program(result, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(storage.write(result, tmp_path / "run") / "frames.parquet")

    assert table.column_names == ["world", "month", "grouping", "group", "people", "record_bribe"]
    row = table.slice(4, 1).to_pylist()[0]
    assert (row["world"], row["month"]) == ("law", 1)
    assert (row["grouping"], row["group"], row["people"]) == ("home", "urban", 4)


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("name", storage.FILES)
def test_one_flipped_bit_is_found_and_named(result, tmp_path, name):
    out = storage.write(result, tmp_path / "run")
    flip(out / name)

    with pytest.raises(InputError, match=f"{name}: was changed after the run"):
        storage.read(out)


def test_a_flipped_bit_anywhere_in_a_folder_is_found_and_its_file_named(result, tmp_path):
    """500 of 500, of all bits of all files alike; every bit of the manifest besides."""
    out = storage.write(result, tmp_path / "run")
    files = {name: (out / name).read_bytes() for name in (*storage.FILES, storage.MANIFEST)}
    ends = np.cumsum([8 * len(data) for data in files.values()])
    bits = np.random.default_rng(1).choice(ends[-1], 500, replace=False).tolist()
    bits += range(int(ends[-2]), int(ends[-1]))
    missed = []
    for bit in bits:
        k = int(np.searchsorted(ends, bit, side="right"))
        name, data = list(files.items())[k]
        at = bit - (int(ends[k - 1]) if k else 0)
        changed = bytearray(data)
        changed[at // 8] ^= 1 << at % 8
        (out / name).write_bytes(changed)
        try:
            storage.read_document(out)
            missed.append((name, at))
        except InputError as error:
            if name not in str(error):
                missed.append((name, at, str(error)))
        (out / name).write_bytes(data)

    assert [] == missed
    storage.read(out)


def test_every_damaged_file_is_named_at_once(result, tmp_path):
    out = storage.write(result, tmp_path / "run")
    flip(out / "frames.parquet")
    (out / "run.json").unlink()
    (out / "people.csv").write_text("")

    with pytest.raises(InputError) as raised:
        storage.read(out)

    text = str(raised.value)
    assert "frames.parquet: was changed" in text
    assert "run.json: is missing" in text
    assert "people.csv: is foreign" in text


@pytest.mark.parametrize("manifest", ["", "nonsense\n", "\xff"])
def test_a_damaged_manifest_is_no_manifest(result, tmp_path, manifest):
    out = storage.write(result, tmp_path / "run")
    (out / storage.MANIFEST).write_bytes(manifest.encode("latin-1"))

    with pytest.raises(InputError, match=r"run\.json: MANIFEST.sha256 does not|cannot be read"):
        storage.read(out)


def test_a_folder_without_a_manifest_is_no_run(tmp_path):
    with pytest.raises(InputError, match="is not a run folder"):
        storage.read(tmp_path)
    with pytest.raises(InputError, match="no such run folder"):
        storage.read(tmp_path / "none")


def test_a_report_is_made_again_and_listed_again(result, tmp_path, monkeypatch):
    out = storage.write(result, tmp_path / "run")
    (out / "report.html").unlink()
    monkeypatch.setattr(
        report, "files", lambda document, *_: {"report.html": f"<p>{document['run']}"}
    )

    assert storage.render(out).read_text() == "<p>run"

    storage.read(out)
    assert len(list(out.iterdir())) == len(storage.FILES) + 1


def test_what_the_pages_are_made_of_is_kept_and_read_again(result, tmp_path, monkeypatch):
    result.changed = [{"a.b": 1.0}, {"a.b": 2.0}]
    result.draws = [{"share": 0.5}, None]
    result.stories = {"why": None, "stories": [np.int64(3)]}
    monkeypatch.setattr(report, "files", lambda *given: {"report.html": str(given[3])})
    out = storage.write(result, tmp_path / "run")

    storage.read(out)

    assert storage.read_stories(out) == {"why": None, "stories": [3]}
    assert (out / "report.html").read_text() == "{'why': None, 'stories': [3]}"
    draws = storage.read_parquet(out / "draws.parquet")
    assert draws["a.b"].tolist() == [1.0, 2.0]
    assert draws["same_fate"].tolist() == [True, False]
    assert draws["measure.share"][0] == 0.5
    assert np.ma.getmaskarray(draws["measure.share"]).tolist() == [False, True]


def test_a_run_without_pages_and_stories_is_whole_all_the_same(result, tmp_path):
    """As those of earlier versions are."""
    out = storage.write(result, tmp_path / "run")

    assert storage.read_stories(out) is None
    assert set(storage.PAGES).isdisjoint(p.name for p in out.iterdir())
    storage.read(out)


def test_a_report_is_not_made_from_damaged_counts(result, tmp_path):
    out = storage.write(result, tmp_path / "run")
    flip(out / "frames.parquet")

    with pytest.raises(InputError, match=r"frames\.parquet"):
        storage.render(out)


def test_a_folder_that_exists_is_kept(result, tmp_path):
    (tmp_path / "run").mkdir()

    with pytest.raises(FileExistsError):
        storage.write(result, tmp_path / "run")
    with pytest.raises(InputError, match="exists already"):
        storage.check_free(tmp_path / "run")

    assert list(tmp_path.iterdir()) == [tmp_path / "run"]


def test_looking_whether_a_folder_can_be_made_leaves_nothing(tmp_path):
    storage.check_free(tmp_path / "a" / "b" / "run")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("out", ["file/run", "file", "/proc/run", "x" * 300])
def test_a_folder_that_cannot_be_made_is_said_before_the_run(tmp_path, monkeypatch, out):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()

    with pytest.raises(InputError, match=r"exists already|cannot be made"):
        storage.check_free(tmp_path.__class__(out))

    assert [p.name for p in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["write_climate", "manifest", "sync"])
def test_whatever_fails_leaves_nothing_behind(result, tmp_path, monkeypatch, step, error):
    def fail(*_):
        raise error

    monkeypatch.setattr(storage, step, fail)

    with pytest.raises(type(error)):
        storage.write(result, tmp_path / "run")

    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def disk(tmp_path):
    """Mount a real disk with these options, where the machine lets us."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(options):
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("mounting a disk needs root")
        return folder

    yield mount
    if os.path.ismount(folder):
        subprocess.run(["umount", str(folder)], check=True)


def test_a_read_only_disk_is_said_before_the_run(disk):
    with pytest.raises(InputError, match=r"cannot be made \(Read-only"):
        storage.check_free(disk("ro") / "run")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere; see the read-only disk")
def test_a_read_only_folder_is_said_before_the_run(tmp_path):
    tmp_path.chmod(0o555)

    with pytest.raises(InputError, match=r"cannot be made \(Permission"):
        storage.check_free(tmp_path / "run")


@pytest.mark.parametrize("big", ["page", "frames"])
def test_a_full_disk_leaves_nothing_behind(result, disk, monkeypatch, big):
    small_disk = disk("size=64k")
    if big == "page":
        monkeypatch.setattr(report, "files", lambda *_: {"report.html": "x" * 100_000})
    else:
        noise = np.random.default_rng(1).integers(0, 2**62, (2, 5000, 3))
        result.frames = {"people": noise}

    with pytest.raises(OSError, match=r"(?i)no space left") as raised:
        storage.write(result, small_disk / "run")

    assert raised.value.errno == errno.ENOSPC
    assert list(small_disk.iterdir()) == []
