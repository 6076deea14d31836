"""Requests held to the document in which Google describes its API, as its own client ships it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import googleapiclient.discovery_cache
from starlette.requests import Request

from tests.simulators.youtube.world import FaultError

STANDARD = {"alt", "prettyPrint", "key", "fields", "quotaUser", "access_token", "$.xgafv"}


@cache
def document() -> dict[str, Any]:
    """Of version 3."""
    folder = Path(googleapiclient.discovery_cache.__file__).parent
    found: dict[str, Any] = json.loads((folder / "documents" / "youtube.v3.json").read_text())
    return found


def held_to(request: Request, resource: str, method: str, body: Any = None) -> None:
    """Raises FaultError where the request is none that the document knows."""
    known = document()["resources"][resource]["methods"][method]
    assert known["httpMethod"] == request.method
    assert known["path"] == request.url.path.lstrip("/")
    given = request.query_params
    for name in given:
        if name not in known["parameters"] and name not in STANDARD:
            raise FaultError(400, "unexpectedParameter", f"Unknown parameter {name}.")
    for name, about in known["parameters"].items():
        if about.get("required") and not given.get(name):
            raise FaultError(400, "missingRequiredParameter", f"No {name} was given.")
        wrong = name in given and "enum" in about and given[name] not in about["enum"]
        low, high = about.get("minimum"), about.get("maximum")
        number = int(given[name]) if name in given and low else None
        if wrong or (number is not None and not int(low) <= number <= int(high)):
            raise FaultError(400, "invalidParameter", f"{name} cannot be {given[name]}.")
    if body is not None:
        _fits(body, document()["schemas"][known["request"]["$ref"]])


def _fits(body: Any, shape: dict[str, Any]) -> None:
    for name, value in body.items():
        about = shape.get("properties", {}).get(name)
        if about is None:
            raise FaultError(400, "invalid", f"Unknown name {name}.")
        if "$ref" in about:
            _fits(value, document()["schemas"][about["$ref"]])
        elif about.get("type") == "string" and not isinstance(value, str):
            raise FaultError(400, "invalid", f"{name} is no text.")
