"""Every operation, with whatever its document allows to be sent: answered as the document says."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings

from tests import people
from tests.api.bodies import DOCUMENT, bodies
from tests.api.program import Program
from tests.api.test_coverage import operations
from tests.web import stage
from tests.web.test_access import CHANGES

pytestmark = [pytest.mark.usefixtures("monday")]

ROLES = ("olga", "dan", "alice", "ann")  # in the order of the table of pages
NOBODY = UUID(int=7)
REFUSED = {403, 404, 409, 422}
# What opens something writes the ledger, and that takes no part in a test's own transaction.
OPENS = {
    name
    for name, (method, path) in operations().items()
    if "opened" in DOCUMENT["paths"][path][method]["tags"]
}
ORDINARY = sorted(set(operations()) - OPENS)
FEW = settings(
    max_examples=5,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def asks(program: Program, name: str, known: UUID, allowed: set[int]) -> None:
    """Send what may be sent; `Program` has openapi-core compare each answer with the document."""
    method, path = operations()[name]
    at = _address(path, known)

    @FEW
    @given(bodies(method, path))
    def ask(body: Any) -> None:
        if method == "get":
            status = program.get(at).status_code
        else:
            status = (program.put if method == "put" else program.post)(at, body).status_code
        assert status in allowed, body

    ask()


def _address(path: str, known: UUID) -> str:
    """About a conversation that there is, and else about nothing."""
    at = path.removeprefix("/api/v1")
    one = known if at.startswith("/conversations/") else NOBODY
    filled = at.replace("{id}", str(one)).replace("{ticket}", str(NOBODY))
    return filled.replace("{number}", "7").replace("{mention}", "7").replace("{quote}", "7")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ORDINARY)
def test_whatever_may_be_sent_is_answered(name: str) -> None:
    talk = stage.says("Tom", "no signal")

    asks(Program(people.olga()), name, talk.public_id, {200, *REFUSED})


@pytest.mark.django_db(transaction=True)
def test_whatever_may_be_sent_to_open_something_is_answered() -> None:
    talk = stage.says("Tom", "no signal")
    program = Program(people.olga())

    for name in sorted(OPENS):
        asks(program, name, talk.public_id, {200, *REFUSED})


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(CHANGES) & set(ORDINARY)))
def test_a_program_may_do_no_more_than_the_page_lets_its_colleague(name: str) -> None:
    talk = stage.says("Tom", "no signal")
    refused = [who for who, page in zip(ROLES, CHANGES[name], strict=True) if page == 403]

    for who in refused:
        asks(Program(getattr(people, who)()), name, talk.public_id, REFUSED)
