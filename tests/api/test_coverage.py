"""Which actions of the desk a program can do, which it cannot, and why not.

An operation is called as the page's address is (`rejoinder/web/urls.py`). Whoever adds an action to
the desk adds it to the API, or says here why a program has no business with it.
"""

from collections import Counter
from importlib import import_module
from inspect import isclass
from pkgutil import iter_modules

from ninja import Schema

from rejoinder import api as room
from rejoinder.api.v1 import api
from tests.web.test_access import CHANGES

HERE = "of the page: it changes what one person sees at their own desk"
OWNER = "set up once, by a person who reads what it means"
SECRET = "shows a secret once, on a page"
READ_FIRST = "a person reads something first, which the page shows"
FILE = "asks for a person at the page: lists, copies and erasures of people"
LATER = "not asked for by anybody yet; the page does it"
DRILL = "a rehearsal is played by people"

# fmt: off
NOT_YET: dict[str, str] = {
    # One's own desk
    "make-token": SECRET, "end-token": SECRET, "join-device": HERE, "leave-device": HERE,
    "make-columns": HERE, "copy-columns": HERE, "change-columns": HERE, "remove-columns": HERE,
    "add-column": HERE, "change-column": HERE, "move-column": HERE, "remove-column": HERE,
    "see-call": HERE, "read-shift-note": HERE, "write-shift-note": HERE,
    # Set up by owners and leads
    "add-own-contact": OWNER, "remove-own-contact": OWNER, "connect-identity": SECRET,
    "disconnect-identity": OWNER, "make-hook": SECRET, "end-hook": OWNER, "cosign": OWNER,
    "disconnect": OWNER, "revoke-account": OWNER, "correct-limit": OWNER, "invite": SECRET,
    "change-role": OWNER, "new-link": SECRET, "remove": OWNER, "bring-back": OWNER,
    "set-opening": OWNER, "follow-rota": OWNER, "begin-acknowledging": READ_FIRST,
    "end-acknowledging": OWNER, "set-hold": OWNER, "keep-area": OWNER, "change-area": OWNER,
    "end-area": OWNER, "choose-digest": OWNER, "add-expert": OWNER, "remove-expert": OWNER,
    "save-view": OWNER, "remove-view": OWNER, "make-view-link": SECRET, "end-view-link": OWNER,
    "choose-view-time": OWNER, "end-view-time": OWNER,
    "begin-areas": OWNER, "keep-mapping": OWNER, "keep-close-reason": OWNER,
    "remove-close-reason": OWNER, "keep-tag": OWNER, "rename-tag": OWNER, "remove-tag": OWNER,
    "keep-saved": OWNER, "change-saved": OWNER, "remove-saved": OWNER,
    "write-guideline": OWNER, "begin-guidelines": OWNER, "change-guideline": OWNER,
    "retire-guideline": OWNER, "comment-guideline": HERE, "settle-comment": OWNER,
    "change-plan": READ_FIRST, "preview-plan": READ_FIRST, "choose-course": READ_FIRST,
    "set-places": OWNER, "tune-alarms": OWNER, "write-board": READ_FIRST,
    "change-retention": READ_FIRST, "preview-retention": READ_FIRST, "place-hold": READ_FIRST,
    "end-hold": READ_FIRST, "drop-change": LATER, "set-organisation": OWNER,
    "invite-many": SECRET, "set-first-hours": OWNER, "set-first-watch": OWNER,
    "finish-setup": OWNER,
    # What a person has to look at
    "edit-reply": READ_FIRST, "ask-quote": READ_FIRST, "heard-quote": READ_FIRST,
    "take-back-reply": READ_FIRST,
    "take-up-draft": READ_FIRST, "give-back-draft": READ_FIRST, "say-of-draft": READ_FIRST,
    "insert-answer": HERE, "use-saved": HERE, "remedy": HERE, "send-later": "`send` with `at`",
    "offer-check": READ_FIRST, "original": READ_FIRST, "reach": READ_FIRST, "correct": READ_FIRST,
    "pile": READ_FIRST, "dissolve-pile": READ_FIRST, "reported-impostor": READ_FIRST,
    "end-impostor": READ_FIRST, "warn-of-impostor": READ_FIRST,
    "blocked-there": READ_FIRST, "keep-word": LATER, "tell-expert": LATER,
    "check-answer": READ_FIRST, "discard-draft": READ_FIRST, "cover-question": LATER,
    "name-question": READ_FIRST, "dismiss-question": READ_FIRST, "urgent-question": READ_FIRST,
    "begin-batch": READ_FIRST, "stop-batch": READ_FIRST, "own-card": READ_FIRST,
    "close-card": READ_FIRST, "see-stranger": READ_FIRST, "acknowledge-alarm": READ_FIRST,
    "change-crisis-policy": LATER, "keep-promise": LATER, "plan-event": LATER,
    "call-off-event": LATER, "add-openings": FILE,
    "respond-to-help": READ_FIRST, "connect-customer": SECRET, "disconnect-customer": OWNER,
    "machine-draft": READ_FIRST, "choose-machine": SECRET, "end-machine": OWNER,
    "connect-tickets": SECRET, "test-tickets": OWNER, "disconnect-tickets": OWNER,
    "look-ticket": LATER, "retry-ticket": READ_FIRST, "take-off-ticket": READ_FIRST,
    "ask-customer": FILE, "acknowledge-finding": READ_FIRST, "close-finding": READ_FIRST,
    "credit-finding": READ_FIRST, "finder-contact": FILE, "open-finding": READ_FIRST,
    "tell-finder": READ_FIRST,
    # Incidents and rights, past the first step
    "change-incident": READ_FIRST, "list-incident": FILE, "incident-contacts": FILE,
    "tell-incident": FILE, "explain-incident": READ_FIRST, "notify-incident": READ_FIRST,
    "link-incident": LATER, "close-incident": READ_FIRST, "prove-who": READ_FIRST,
    "give-copy": FILE, "erase-person": FILE, "silence-person": FILE,
    "answer-rights-request": READ_FIRST, "extend-rights-request": READ_FIRST,
    "add-rights-account": READ_FIRST,
    "hear-person-again": FILE, "match-audience": FILE, "write-notice": OWNER,
    # Rehearsals
    "drill-speed": DRILL, "drill-end": DRILL,
}
# fmt: on


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
    free = {"count", "check", "draft"}  # change nothing, or are the same when done again
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
