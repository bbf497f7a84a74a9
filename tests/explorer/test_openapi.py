"""The server against its own description: nothing breaks it, and no person goes in."""

import json
from pathlib import Path

import pytest
import schemathesis
from explorer_asks import BEARER, HOME, PORT, TOKEN
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from demerit.explorer import models
from demerit.explorer.app import guarded, plain
from demerit.explorer.jobs import Desk
from demerit.explorer.models import Question
from demerit.explorer.shelf import Shelf

EXAMPLES = 24  # of each address


@pytest.fixture(scope="module")
def described(folder, made):
    """The server with a worker that ends each job at once: what is tried here is the address."""

    def work(job, _shelf):
        job.end("done", "done", {"run": job.run, "cached": False, "seconds": 0.0})

    shelf = Shelf(folder)
    app = plain(shelf, Desk(shelf, work), warm=False)
    schema = schemathesis.openapi.from_dict(app.openapi())
    schema.config.base_url = HOME
    schema.app = guarded(app, TOKEN, PORT)
    return schema


@pytest.fixture(scope="module")
def names(described, folder, made, stranger):
    """What there is: most names that are made up name nothing."""
    case = described["/api/jobs"]["POST"].Case(body={"seed": 3}, media_type="application/json")
    job = case.call(headers=BEARER).json()["job"]
    asked = {"where": "not female"}
    found = stranger.get(f"/api/runs/{made[0]}/find", params=asked, headers=BEARER).json()
    return {
        "run": made[0], "runs": f"{made[0]},{made[0]}", "id": found["ids"][0], "key": "court-list",
        "scheme": "national", "society": "india-2011", "measures": "employment,protest",
        "where": "rural, not female", "group": "rural", "text": None, "without": ["chilling"],
        "question": '{"seed": 3}', "job": job, "choices": "*.",
    }  # fmt: skip


def named(case, names):
    """The same case about what there is."""
    for part in (case.path_parameters, case.query, case.body):
        for key in names.keys() & set(part) if isinstance(part, dict) else ():
            part[key] = names[key]
    if isinstance(case.body, dict) and "changes" in case.body:
        case.body["changes"] = {}


NOWHERE = plain(Shelf(Path("nowhere")), Desk(Shelf(Path("nowhere"))), warm=False)
ADDRESSES = [(path, method) for path, item in NOWHERE.openapi()["paths"].items() for method in item]


@pytest.mark.parametrize(("path", "method"), ADDRESSES)
def test_whatever_is_asked_is_answered_as_described(described, names, path, method):
    operation = described[path][method]
    checks = [
        not_a_server_error, status_code_conformance, content_type_conformance,
        response_schema_conformance,
    ]  # fmt: skip
    answered = set()

    @given(
        operation.as_strategy() | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
        st.booleans(),
    )
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def ask(case, of_what_there_is):
        if of_what_there_is:
            named(case, names)
        answer = case.call(headers=BEARER)
        case.validate_response(answer, checks=checks)
        answered.add(answer.status_code)

    ask()

    assert answered & {200, 202}


# ---- what goes in


@pytest.fixture(scope="module")
def document(app):
    return app.openapi()


def bodies(document):
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if "requestBody" in operation:
                yield f"{method} {path}", operation["requestBody"]["content"]


def test_a_question_is_all_that_can_be_sent(document):
    found = dict(bodies(document))

    assert set(found) == {
        "post /api/levers", "post /api/scheme", "post /api/scheme.toml", "post /api/jobs",
    }  # fmt: skip
    for content in found.values():
        assert set(content) == {"application/json"}  # no file, no form
        assert content["application/json"]["schema"] == {"$ref": "#/components/schemas/Question"}


def test_a_question_holds_no_person_and_no_list_but_of_words():
    schema = Question.model_json_schema()

    assert list(schema["properties"]) == (
        "scheme text changes without society people months seed quick worlds".split()
    )
    assert schema["additionalProperties"] is False
    lists = {k: p for k, p in schema["properties"].items() if p.get("type") == "array"}
    assert {k: p["items"]["type"] for k, p in lists.items()} == {"without": "string"}
    assert schema["properties"]["changes"]["additionalProperties"]["type"] == "number"
    assert schema["properties"]["people"]["type"] == "integer"


def test_no_address_takes_a_name_or_a_list_of_people(document):
    asked = {
        (parameter["name"], parameter["in"])
        for item in document["paths"].values()
        for operation in item.values()
        for parameter in operation.get("parameters", [])
    }

    assert {name for name, _ in asked} == set(
        "key question first job last-event-id run runs measures group month limit offset basis "
        "chart people where id as kind choices".split()
    )
    for item in document["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", []):
                assert "array" not in json.dumps(parameter["schema"])
                if parameter["name"] in ("id", "people", "month", "limit", "offset"):
                    assert "integer" in json.dumps(parameter["schema"])


def test_every_parameter_has_bounds(document):
    for item in document["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", []):
                for one in parameter["schema"].get("anyOf", [parameter["schema"]]):
                    if one.get("type") == "integer":
                        assert {"minimum", "maximum"} <= set(one)
                    if one.get("type") == "string":
                        assert {"maxLength", "pattern", "enum", "const"} & set(one)


def test_every_address_says_how_it_refuses(document):
    for item in document["paths"].values():
        for operation in item.values():
            told = operation["responses"]
            assert {"400", "401", "403", "404", "409", "413", "422", "429", "500"} <= set(told)
            fault = told["422"]["content"]["application/json"]["schema"]
            assert fault == {"$ref": "#/components/schemas/Refusal"}


def test_every_address_is_on_the_page_that_describes_them(document):
    page = (Path(__file__).parents[2] / "docs" / "explorer.md").read_text(encoding="utf-8")

    for path in document["paths"]:
        assert path in page, path


def test_no_model_of_an_answer_is_left_out(document):
    named = {name for name in dir(models) if isinstance(getattr(models, name), type)}
    schemas = set(document["components"]["schemas"])

    assert {"About", "Catalogue", "Job", "Life", "Register", "Comparison"} <= schemas & named
