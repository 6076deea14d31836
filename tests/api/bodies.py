"""Whatever the API's document allows to be sent, as hypothesis draws it.

Only the words of JSON Schema that our document has; an unknown one fails.
"""

import json
from datetime import UTC
from functools import cache
from typing import Any

from hypothesis import strategies as st

from rejoinder.api.v1 import api

DOCUMENT: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
_SAID = {"title", "description", "default", "examples", "propertyNames"}
_LONGEST = 40  # characters and entries; the caps themselves have tests of their own
_SHAPES: dict[str, st.SearchStrategy[Any]] = {
    "uuid": st.uuids().map(str),
    "date": st.dates().map(str),
    "date-time": st.datetimes(timezones=st.just(UTC)).map(lambda at: at.isoformat()),
}


def bodies(method: str, path: str) -> st.SearchStrategy[Any]:
    """What may be sent to an operation; nothing where it takes nothing."""
    asked = DOCUMENT["paths"][path][method].get("requestBody")
    if asked is None or "application/json" not in asked["content"]:
        return st.none()  # a file has tests of its own
    return _values(json.dumps(asked["content"]["application/json"]["schema"]))


@cache
def _values(text: str) -> st.SearchStrategy[Any]:
    schema = {name: value for name, value in json.loads(text).items() if name not in _SAID}
    if reference := schema.pop("$ref", ""):
        return _values(json.dumps(DOCUMENT["components"]["schemas"][reference.rpartition("/")[2]]))
    for several in ("anyOf", "allOf"):
        if several in schema:
            return st.one_of([_values(json.dumps(each)) for each in schema.pop(several)])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "const" in schema:
        return st.just(schema["const"])
    made: st.SearchStrategy[Any] = _KINDS[schema.pop("type")](schema)
    return made


def _object(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    wanted = set(schema.pop("required", ()))
    fields = {n: _values(json.dumps(s)) for n, s in schema.pop("properties", {}).items()}
    others = schema.pop("additionalProperties", None)
    least = schema.pop("minProperties", 0)
    schema.pop("maxProperties", None)
    assert not schema, schema
    if isinstance(others, dict):
        keys = st.text("0123456789", min_size=1, max_size=4)
        return st.dictionaries(keys, _values(json.dumps(others)), min_size=least, max_size=3)
    return st.fixed_dictionaries(
        {name: made for name, made in fields.items() if name in wanted},
        optional={name: made for name, made in fields.items() if name not in wanted},
    )


def _array(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    one, least = _values(json.dumps(schema.pop("items"))), schema.pop("minItems", 0)
    most = min(schema.pop("maxItems", 3), max(3, least))
    assert not schema, schema
    return st.lists(one, min_size=least, max_size=most)


def _string(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    if shape := schema.pop("format", ""):
        return _SHAPES[shape]
    least, most = schema.pop("minLength", 0), schema.pop("maxLength", _LONGEST)
    assert not schema, schema
    return st.text(min_size=least, max_size=min(most, _LONGEST))


def _integer(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    least = schema.pop("minimum", None)
    most = schema.pop("maximum", schema.pop("exclusiveMaximum", 2**70) - 1)
    assert not schema, schema
    return st.integers(least, most)


def _number(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    least, most = schema.pop("minimum", None), schema.pop("maximum", None)
    assert not schema, schema
    return st.floats(least, most, allow_nan=False, allow_infinity=False)


_KINDS: dict[str, Any] = {
    "object": _object,
    "array": _array,
    "string": _string,
    "integer": _integer,
    "number": _number,
    "boolean": lambda schema: st.booleans(),
    "null": lambda schema: st.none(),
}
