"""What the tests of the measured half of lint share: a scheme measured in one small place."""

import copy

import pytest

from demerit import __version__, preface
from demerit import scheme as schemes
from demerit.lint_harm import measure


def quiet(stage, done, total):
    """Tell nobody how far it is."""


@pytest.fixture(scope="session")
def ask(china):
    """What is measured of a scheme in one small place, as if a run of it had been read."""
    known = {}

    def document(scheme, months=12, people=5_000, change=lambda spec: None):
        spec = copy.deepcopy(scheme.spec)
        change(spec)
        changed = schemes.Scheme(scheme.key, scheme.title, spec, scheme.name)
        return {
            "scheme": scheme.key, "scheme_title": scheme.title, "scheme_file": scheme.name,
            "rules": spec, "without": [], "society": china.key, "society_digest": china.digest,
            "versions": {"demerit": __version__},
            "numbers": preface.assumptions(changed, china.key),
            "people": people, "place": "0412", "months_in_force": months, "seed": 1,
        }  # fmt: skip

    def ask(key, **options):
        name = (key, *sorted((k, str(v)) for k, v in options.items()))
        if name not in known:
            asked = document(schemes.load(key), **options)
            known[name] = asked, measure(asked, 50_000, 2, quiet)
        return known[name]

    return ask
