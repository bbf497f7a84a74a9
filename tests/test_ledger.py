"""Ledger: what is written is read, a cut end is left out, and any other damage is named."""

import os

import numpy as np
import pytest

from demerit import ledger
from demerit.facts import InputError


def arrays(k):
    return {"frames": np.arange(60, dtype=np.int64).reshape(3, 20) * k,
            "squares": np.linspace(0, k, 7)}  # fmt: skip


@pytest.fixture
def out(tmp_path):
    """A run of five entries: its beginning, two months, two ranges."""
    made = ledger.create(tmp_path / "run", {"run": "run", "request": {"seed": 2**63}})
    for k in range(2):
        made.append({"kind": "month", "month": k}, arrays(k + 1))
    for k in range(2):
        made.append({"kind": "range", "range": [k, 9, 2]}, arrays(k + 10))
    made.close()
    return tmp_path / "run"


def path(out):
    return ledger.folder_of(out) / ledger.NAME


def ends(out):
    """Where each entry ends [byte]."""
    held = ledger.resume(out)
    held.close()
    return [entry.start + entry.size + ledger.SUM for entry in held.entries]


def test_what_is_written_is_read(out):
    held = ledger.resume(out)

    assert {"seed": 2**63} == held.head["request"]
    assert [0, 1] == [entry.what["month"] for entry in held.find(kind="month")]
    assert [[1, 9, 2]] == [e.what["range"] for e in held.find(kind="range", range=[1, 9, 2])]
    for k, entry in enumerate(held.find(kind="month")):
        found = held.arrays(entry)
        assert list(found) == ["frames", "squares"]
        for name, array in arrays(k + 1).items():
            assert array.dtype == found[name].dtype
            np.testing.assert_array_equal(array, found[name])
    held.close()


def test_time_is_added_up_over_processes(out, monkeypatch):
    held = ledger.resume(out)
    first = held.seconds()
    monkeypatch.setattr(ledger.time, "monotonic", lambda: held.started + 100)
    held.append({"kind": "month", "month": 2}, {})
    held.close()

    assert first < 50
    assert 100 <= ledger.resume(out).seconds() < 150


def test_a_ledger_is_written_by_one_process_at_a_time(out):
    held = ledger.resume(out)
    with pytest.raises(InputError, match="another process is at work"):
        ledger.resume(out)
    held.close()
    ledger.resume(out).close()


def test_a_second_run_does_not_take_the_folder_of_the_first(out):
    with pytest.raises(FileExistsError):
        ledger.create(out, {})
    assert 5 == len(ends(out))


def test_what_was_cut_at_any_byte_is_left_out_and_written_again(out):
    data, last = path(out).read_bytes(), ends(out)
    cuts = {cut for end in last for cut in (end - 1, end, end + 1, end + 50)} | {last[0] + 7}
    for cut in sorted(cut for cut in cuts if last[0] <= cut <= len(data)):
        path(out).write_bytes(data[:cut])
        held = ledger.resume(out)
        whole = sum(end <= cut for end in last)

        assert whole == len(held.entries), cut
        assert cut - last[whole - 1] == held.dropped
        held.append({"kind": "range", "range": [7, 9, 2]}, arrays(3))
        held.close()
        held = ledger.resume(out)
        assert whole + 1 == len(held.entries)
        np.testing.assert_array_equal(arrays(3)["frames"], held.arrays(held.entries[-1])["frames"])
        held.close()


def test_cut_at_every_byte_in_turn_it_has_the_entries_that_are_whole(out):
    data, last = path(out).read_bytes(), ends(out)
    for cut in range(last[0], len(data)):
        path(out).write_bytes(data[:cut])
        held = ledger.resume(out)
        held.close()

        assert sum(end <= cut for end in last) == len(held.entries), cut
        assert held.end == last[len(held.entries) - 1] == path(out).stat().st_size


@pytest.mark.parametrize("cut", [0, 1, 40, 100])
def test_a_ledger_without_a_beginning_is_no_ledger(out, cut):
    path(out).write_bytes(path(out).read_bytes()[:cut])

    with pytest.raises(InputError, match=r"ledger was damaged \(it has no beginning\)"):
        ledger.resume(out)


def test_a_flipped_bit_anywhere_is_found_and_its_entry_named(out):
    """500 of 500; in the checksums, the lengths and the arrays alike."""
    data, last = path(out).read_bytes(), ends(out)
    for bit in np.random.default_rng(1).choice(8 * len(data), 500, replace=False).tolist():
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        path(out).write_bytes(changed)
        entry = 1 + sum(end <= bit // 8 for end in last)

        with pytest.raises(InputError, match=f"ledger was damaged \\(entry {entry}, at byte"):
            ledger.resume(out)
        assert bytes(changed) == path(out).read_bytes()


def test_entries_moved_left_out_or_of_another_run_are_found(out, tmp_path):
    other = ledger.create(tmp_path / "other", {"run": "other"})
    other.append({"kind": "month", "month": 0}, arrays(1))
    other.close()
    data, last = path(out).read_bytes(), ends(out)
    parts = [data[a:b] for a, b in zip([0, *last], last, strict=False)]
    foreign = path(tmp_path / "other").read_bytes()
    for bad in (
        [0, 2, 1, 3, 4], [0, 1, 3, 4], [1, 2, 3, 4], [0, 1, 1, 2], [0, 1, 2, 3, 4, 4],
    ):  # fmt: skip
        path(out).write_bytes(b"".join(parts[k] for k in bad))
        with pytest.raises(InputError, match="damaged"):
            ledger.resume(out)
    path(out).write_bytes(parts[0] + foreign[ends(tmp_path / "other")[0] :])
    with pytest.raises(InputError, match="damaged"):
        ledger.resume(out)


@pytest.mark.parametrize("data", [b"\0" * 500, b"score,name\n" * 50])
def test_what_is_no_ledger_is_named_and_kept(out, data):
    path(out).write_bytes(data)
    with pytest.raises(InputError, match="entry 1, at byte 0: its first bytes were changed"):
        ledger.resume(out)
    assert data == path(out).read_bytes()


def test_a_disk_that_takes_few_bytes_at_a_time_gets_them_all(tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(ledger.os, "write", lambda handle, data: write(handle, data[:7]))
    ledger.create(tmp_path / "run", {"run": "run"}).close()
    monkeypatch.undo()

    held = ledger.resume(tmp_path / "run")
    assert "run" == held.head["run"]
    held.close()


def test_a_folder_killed_before_its_ledger_says_to_start_again(tmp_path):
    ledger.folder_of(tmp_path / "run").mkdir()
    with pytest.raises(InputError, match=r"it has no beginning.*Remove .*run.partial and start"):
        ledger.resume(tmp_path / "run")


def test_what_is_left_of_the_ledger_of_a_complete_run_is_removed(out, tmp_path):
    ledger.discard(out)
    assert [] == os.listdir(tmp_path)
    ledger.folder_of(out).mkdir()
    ledger.discard(out)
    assert [] == os.listdir(tmp_path)
