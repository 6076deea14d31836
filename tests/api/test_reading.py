"""Lists, one thread, search: what a reader may see, page by page, at one cost."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rejoinder.listening.models import Mention, Need
from rejoinder.plumbing import clock
from tests import people
from tests.api.program import Program
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_pages_follow_one_another_without_gap_or_double(program: Program) -> None:
    for number in range(7):
        stage.says(f"Person {number}", f"no signal {number}", minutes_ago=number + 1)

    seen: list[str] = []
    page: dict[str, Any] = {"next": ""}
    while page["next"] is not None:
        page = program.get(f"/conversations?size=3&after={page['next']}").json()
        seen += [row["person"] for row in page["rows"]]

    assert seen == [f"Person {number}" for number in range(6, -1, -1)]


def test_a_list_costs_the_same_however_long_it_is(program: Program) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            program.get("/conversations?size=100")
        return len(asked)

    stage.says("Tom", "no signal")
    one = cost()
    for number in range(40):
        stage.says(f"Person {number}", "no signal")

    assert cost() <= one


def test_abuse_is_marked_and_what_was_deleted_is_gone(program: Program) -> None:
    talk = stage.says("Tom", "you are all idiots")
    Mention.objects.update(need=Need.ABUSE)
    at = f"/conversations/{talk.public_id}"
    before = program.get(at).json()["thread"][0]["said"]
    Mention.objects.update(deleted_at=clock.now())
    after = program.get(at).json()["thread"][0]["said"]

    assert (before["abuse"], before["text"]) == (True, "you are all idiots")
    assert (after["deleted"], after["text"], after["url"]) == (True, "", "")


def test_search_finds_words_and_says_where_they_belong(program: Program) -> None:
    talk = stage.says("Tom", "no signal in Leeds")
    stage.says("Tina", "my bill")

    hits = program.get("/search?words=leeds").json()

    assert [hit["conversation"] for hit in hits["rows"]] == [str(talk.public_id)]
    assert hits["next"] is None


@pytest.mark.parametrize(
    "path",
    [
        "/conversations?view=everything",
        "/conversations?size=0",
        "/conversations?size=100000",
        "/search",
        "/search?words=x&before=-1",
        f"/search?words={'x' * 300}",
        "/conversations/not-a-number",
    ],
)
def test_what_is_no_request_is_told_so(program: Program, path: str) -> None:
    assert program.get(path).status_code == 422


@pytest.mark.parametrize("after", ["%00", "x" * 900, "W10=", "bnVsbA==", "😀"])
def test_a_key_nobody_gave_out_shows_the_first_page(program: Program, after: str) -> None:
    stage.says("Tom", "no signal")

    assert len(program.get(f"/conversations?after={after}").json()["rows"]) == 1


def test_an_auditor_reads_nobody(program: Program) -> None:
    talk = stage.says("Tom", "no signal")
    ann = Program(people.ann())

    for path in ("/conversations", f"/conversations/{talk.public_id}", "/search?words=signal"):
        assert ann.get(path).status_code == 403


def test_what_nobody_can_type_is_left_out(program: Program) -> None:
    talk = stage.says("Tom", "no signal")
    at = f"/conversations/{talk.public_id}"

    assert program.get("/conversations?tag=%00").status_code == 200
    program.post("/take-next")
    program.put(f"{at}/draft", {"text": "a\x00b\r\nc"})

    assert program.get(f"{at}/draft").json()["text"] == "ab\nc"
