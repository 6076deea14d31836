"""The field expansion of the Graph API: `id,from,comments.filter(stream).limit(2){id}`.

https://developers.facebook.com/docs/graph-api/guides/field-expansion
"""

import re
from typing import Any

from tests.simulators.graph.world import FaultError

_PART = re.compile(r"([a-z_]+)((?:\.[a-z_]+\([^)]*\))*)")
_GIVEN = re.compile(r"\.([a-z_]+)\(([^)]*)\)")
Asked = dict[str, tuple[dict[str, str], "Asked"]]


def parsed(text: str) -> Asked:
    """The names with what was given to each and what is asked of it. Raises FaultError."""
    found, at = _list(text, 0)
    if at != len(text):
        raise FaultError(400, 2500, f"Syntax error at character {at}: {text[at : at + 20]}")
    return found


def only(whole: dict[str, Any], asked: Asked) -> dict[str, Any]:
    """What was asked of an object; its id comes always."""
    unknown = [name for name in asked if name not in whole]
    if unknown:
        words = f"Tried accessing nonexisting field ({unknown[0]})"
        raise FaultError(400, 100, f"(#100) {words}")
    shown = {name: _inner(whole[name], asked[name]) for name in asked if whole[name] is not None}
    return {"id": whole["id"], **shown}


def _inner(value: Any, asked: tuple[dict[str, str], Asked]) -> Any:
    given, inner = asked
    if callable(value):
        return value(given, inner)
    return only(value, inner) if inner else value


def _list(text: str, at: int) -> tuple[Asked, int]:
    found: Asked = {}
    while part := _PART.match(text, at):
        inner: Asked = {}
        at = part.end()
        if text[at : at + 1] == "{":
            inner, at = _list(text, at + 1)
            if text[at : at + 1] != "}":
                raise FaultError(400, 2500, "Syntax error: a brace is missing.")
            at += 1
        found[part[1]] = (dict(_GIVEN.findall(part[2])), inner)
        if text[at : at + 1] != ",":
            break
        at += 1
    return found, at
