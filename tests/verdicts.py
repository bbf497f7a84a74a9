"""Verdicts with the figures of further worlds, for tests."""

from demerit import lint_run
from demerit.scheme.elements import judge
from demerit.scheme.lint import lint
from demerit.scheme.reading import case


def verdict(asked, found):
    here = case(asked["rules"])
    return judge(here, lint_run.decide_measured(lint(here), found))


def status(found):
    return {row.key: row.found.status for row in (*found.elements, *found.rules)}


def share(found, key, unit="sanction"):
    return lint_run.share_of(found, key)[unit]["value"]
