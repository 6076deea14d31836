"""Which actions of the desk a program can do, which it cannot, and why not.

An operation is called as the page's address is (`rejoinder/web/urls.py`). Whoever adds an action to
the desk adds it to the API, or says here why a program has no business with it.
"""

from collections import Counter
from functools import cache
from importlib import import_module
from inspect import isclass
from pkgutil import iter_modules

from ninja import Schema

from rejoinder import api as room
from rejoinder.api import opened
from rejoinder.api.v1 import api
from tests.web.test_access import CHANGES

HERE = "of the page: it changes what one person sees at their own desk"
SAME = "another operation does it"
TOKEN = "a token is made by the person it works for, at their own page"

# fmt: off
NOT_YET: dict[str, str] = {
    # One's own desk
    "make-token": TOKEN, "end-token": TOKEN, "join-device": HERE, "leave-device": HERE,
    "make-columns": HERE, "copy-columns": HERE, "change-columns": HERE, "remove-columns": HERE,
    "add-column": HERE, "change-column": HERE, "move-column": HERE, "remove-column": HERE,
    "see-call": HERE, "read-shift-note": HERE, "write-shift-note": HERE,
    "insert-answer": HERE, "use-saved": HERE, "remedy": HERE,
    # Forms that do several at once, or one in another way
    "send-later": SAME, "invite-many": SAME, "set-first-hours": SAME, "set-first-watch": SAME,
    "preview-plan": SAME,
}
# fmt: on


def _opening() -> list[str]:
    """Those that open what is sealed, or need the ledger for what they do."""
    return [
        operation.operation_id or ""
        for path in opened.router.path_operations.values()
        for operation in path.operations
    ]


@cache
def operations() -> dict[str, tuple[str, str]]:
    """Each operation's name with its method and path."""
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    return {
        operation["operationId"]: (method, path)
        for path, methods in paths.items()
        for method, operation in methods.items()
    }


def test_every_action_is_in_the_api_or_has_its_reason() -> None:
    missing = set(CHANGES) - set(operations())

    assert sorted(missing - set(NOT_YET)) == []


def test_no_reason_is_left_of_what_the_api_has_by_now() -> None:
    assert sorted(set(NOT_YET) & set(operations())) == []


def test_what_changes_something_takes_a_key() -> None:
    free = {"count", "check", "draft", "preview-retention", "test-tickets"}  # change nothing
    free |= {"machine-draft"}  # done again it begins again
    free |= {"describe-picture"}  # the same again is the same
    free |= set(_opening())  # done again it is another opening, and the ledger says so
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]

    for name, (method, path) in operations().items():
        taken = {each["name"] for each in paths[path][method].get("parameters", [])}
        assert ("Idempotency-Key" in taken) == (method != "get" and name not in free), name


def test_each_shape_has_a_name_of_its_own() -> None:
    """The document knows a shape by its name: of two with one name it would tell only one."""
    modules = [
        import_module(f"rejoinder.api.{found.name}") for found in iter_modules(room.__path__)
    ]
    shapes = {
        found
        for module in modules
        for found in vars(module).values()
        if isclass(found) and issubclass(found, Schema) and found.__module__ == module.__name__
    }
    names = Counter(shape.__name__ for shape in shapes)
    assert {name for name, many in names.items() if many > 1} == set()
