"""Wave: every fault of a calendar is told, with its line, and a calendar is told in words."""

import pytest

from demerit import facts
from demerit import scheme as schemes
from demerit.cli import main
from demerit.scheme.explain import explain
from demerit.scheme.lint import lint
from demerit.scheme.reading import case

PILOTS = (schemes.FOLDER / "pilots.toml").read_text(encoding="utf-8")
MINE = (schemes.FOLDER / "suining.toml").read_text(encoding="utf-8")


@pytest.fixture
def faults(tmp_path):
    def found(text):
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return list(map(str, schemes.examine(path)))

    return found


def changed(old, new, count=1):
    assert old in PILOTS
    return PILOTS.replace(old, new, count)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('scheme   = "suining"', 'scheme   = "suinning"', "wave.eager.scheme: no such scheme; did"),
        ('scheme   = "suining"', 'scheme   = "none"', "wave.eager.scheme: 'none' begins nothing"),
        ('scheme   = "suining"', 'scheme   = "calendar"', "wave.eager.scheme: a wave is a scheme"),
        ('scheme   = "suining"', 'scheme   = "own.toml"', "there is no file 'own.toml' beside"),
        ('key      = "eager"', 'key      = "able"', "wave.able: two waves have this key"),
        ("month    = { value = 12", "month    = { value = 40", "in the order of their months"),
        ("value = 12, basis", "value = 12.5, basis", "wave.able.month"),
        ("share    = { value = 0.05", "# share = { value = 0.05", "wave.able.share: is missing"),
        ('choice   = "eager"', 'choice   = "rest"', "says nothing where the choice is 'rest'"),
        ('choice   = "eager"', 'choice   = "greedy"', "wave.eager.choice"),
        ("effort   = { value = 1.25", "effort   = { value = 0", "wave.able.effort"),
        ("portable = {", "portabel = {", "wave.able.portabel: this key is unknown; did you mean"),
        ("[spill]", "[spil]", "spill: is missing. The file has 'spil' there"),
        ("[moves]", 'without = ["rain"]\n[moves]', "spill.without: this key is unknown"),
    ],
)
def test_a_fault_of_a_calendar_is_told(faults, old, new, words):
    found = faults(changed(old, new))

    assert any(words in fault for fault in found), found
    assert all(fault.startswith("mine.toml:") for fault in found)


def test_a_mechanism_that_there_is_not_is_told(faults):
    head = 'kind     = "rollout"'
    found = faults(changed(head, f'{head}\nwithout  = ["spil"]'))

    assert ["without.spil"] == [fault.split(": ")[1] for fault in found]


def test_the_faults_of_a_waves_own_file_are_counted(faults, tmp_path):
    wrong = MINE.replace("share  = { value = 0.01", "share  = { value = 3.0")
    (tmp_path / "own.toml").write_text(wrong, "utf-8")
    found = faults(changed('scheme   = "suining"', 'scheme   = "own.toml"'))

    assert 1 == len(found)
    line = PILOTS[: PILOTS.index('scheme   = "suining"')].count("\n") + 1
    assert f"mine.toml:{line}: wave.eager.scheme: own.toml has " in found[0]


def test_a_scheme_beside_the_calendar_is_loaded_with_it(faults, tmp_path):
    (tmp_path / "own.toml").write_text(MINE, encoding="utf-8")

    assert [] == faults(changed('scheme   = "suining"', 'scheme   = "own.toml"'))
    loaded = schemes.load(tmp_path / "mine.toml", {"own.score.cap": 900})
    assert ["sketch-rongcheng", "own", "sketch-rongcheng"] == [one.name for one in loaded.waves]
    assert 900 == loaded.waves[1].spec["score"]["cap"]["value"]
    assert {"mine", "own", "sketch-rongcheng"} == set(loaded.files)


def test_a_calendar_is_told_wave_by_wave():
    text = "\n".join(explain("pilots", schemes.load("pilots").spec))

    for words in (
        "able: sketch-rongcheng begins in month 12 in 5 in 100 of the places left, picked by the",
        "nation: sketch-rongcheng begins in month 36 wherever no scheme stands yet.",
        "a score does not move with its holder",
        "agencies see 1.25 times what they otherwise see",
        "3 in 1,000 have come from elsewhere in a month",
    ):
        assert words in text
    for where, fact in facts.facts(schemes.load("pilots").spec):
        assert f"[{fact['basis']}" in text, where


@pytest.mark.parametrize("key", ["pilots", "calendar"])
def test_lint_says_what_of_a_calendar_it_can_hold_against_the_law(capsys, key):
    with pytest.raises(SystemExit) as ended:
        main(["lint", key])
    waves = dict.fromkeys(one.name for one in schemes.load(key).waves)

    assert 2 == ended.value.code
    assert f"demerit lint {' '.join(waves)}" in capsys.readouterr().err


def test_the_schemes_of_every_wave_can_be_linted():
    for key in ("pilots", "calendar"):
        for one in schemes.load(key).waves:
            assert lint(case(one.spec))
