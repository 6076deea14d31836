"""The document: valid by somebody else's judgement, current, open to read, without secrets."""

import json
from pathlib import Path

import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from docs import generate
from tests.api.test_coverage import operations


def test_it_is_valid_openapi_3_1() -> None:
    document = json.loads(generate.api())

    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()


def test_what_is_kept_in_the_docs_is_what_is_served(db: None) -> None:
    served = Client().get("/api/v1/openapi.json")

    kept = Path(generate.__file__).parent / "reference" / "openapi.json"
    assert served.status_code == 200
    assert json.loads(kept.read_text()) == served.json()


def test_each_operation_is_named_once_and_told_in_a_sentence() -> None:
    paths = json.loads(generate.api())["paths"]
    told = [each for methods in paths.values() for each in methods.values()]

    assert len({each["operationId"] for each in told}) == len(told) == len(operations())
    assert all(each.get("description", "").strip() for each in told)


@pytest.mark.parametrize("path", ["/api/v1/docs", "/api/v1/a/b/c", "/api/v1/nothing"])
def test_there_is_nothing_beside_it(db: None, path: str) -> None:
    answer = Client().get(path)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
