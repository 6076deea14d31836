"""The simulated YouTube, asked by Google's own client."""

from collections.abc import Iterator
from typing import Any

import pytest
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from tests.simulators.client import Simulator, running


@pytest.fixture(scope="module")
def there() -> Iterator[Simulator]:
    with running("youtube") as found:
        found.control("change", units=100_000)
        yield found


@pytest.fixture
def brand(there: Simulator) -> Any:
    return there.control("person", handle="brand")


@pytest.fixture
def youtube(there: Simulator, brand: Any) -> Iterator[Any]:
    found = build(
        "youtube",
        "v3",
        credentials=Credentials(brand["access_token"]),  # type: ignore[no-untyped-call]  # Google's
        client_options={"api_endpoint": there.url},
        static_discovery=True,
        cache_discovery=False,
    )
    yield found
    found.close()


def test_it_hears_answers_changes_and_takes_back(
    youtube: Any, there: Simulator, brand: Any
) -> None:
    [us] = youtube.channels().list(part="snippet", mine=True).execute()["items"]
    assert us["id"] == brand["id"]
    asked = there.control("say", who="tom", to="brand", text="is it down?")["id"]
    threads = youtube.commentThreads()
    given = {"part": "snippet,replies", "allThreadsRelatedToChannelId": us["id"]}
    [thread] = threads.list(**given, order="time", textFormat="plainText").execute()["items"]
    assert thread["id"] == asked
    body = {"snippet": {"parentId": asked, "textOriginal": "Back at noon, é & 👍"}}
    made = youtube.comments().insert(part="snippet", body=body).execute()
    assert made["snippet"]["textOriginal"] == "Back at noon, é & 👍"
    body = {"id": made["id"], "snippet": {"textOriginal": "Back at one"}}
    youtube.comments().update(part="snippet", body=body).execute()
    [reply] = youtube.comments().list(part="snippet", parentId=asked).execute()["items"]
    assert reply["snippet"]["textDisplay"] == "Back at one"
    youtube.comments().delete(id=made["id"]).execute()
    assert youtube.comments().list(part="snippet", parentId=asked).execute()["items"] == []


def test_pages_follow_each_other(youtube: Any, there: Simulator) -> None:
    owner = there.control("person", handle="busy")["id"]
    said = [there.control("say", who="tom", to="busy", text=f"{n}")["id"] for n in range(45)]
    threads = youtube.commentThreads()
    asked = threads.list(part="snippet", allThreadsRelatedToChannelId=owner, maxResults=20)
    found: list[str] = []
    while asked is not None:
        answer = asked.execute()
        found += [each["id"] for each in answer["items"]]
        asked = threads.list_next(asked, answer)
    assert found == said[::-1]


def test_held_ones_are_seen_and_let_through_by_their_owner(
    youtube: Any, there: Simulator, brand: Any
) -> None:
    held = there.control("say", who="tina", to="brand", text="first!", status="heldForReview")["id"]
    threads = youtube.commentThreads()
    given = {"part": "snippet", "allThreadsRelatedToChannelId": brand["id"]}
    assert held not in [each["id"] for each in threads.list(**given).execute()["items"]]
    waiting = threads.list(**given, moderationStatus="heldForReview").execute()["items"]
    assert [each["id"] for each in waiting] == [held]
    youtube.comments().setModerationStatus(id=held, moderationStatus="published").execute()
    assert held in [each["id"] for each in threads.list(**given).execute()["items"]]


def test_refusals_are_youtube_s(youtube: Any, there: Simulator, brand: Any) -> None:
    def refused(parent: str, text: str) -> tuple[int, str]:
        body = {"snippet": {"parentId": parent, "textOriginal": text}}
        with pytest.raises(HttpError) as caught:
            youtube.comments().insert(part="snippet", body=body).execute()
        return caught.value.status_code, caught.value.error_details[0]["reason"]

    asked = there.control("say", who="tom", to="brand", text="hello")["id"]
    assert refused("nobody", "hello") == (404, "parentCommentNotFound")
    assert refused(asked, " ") == (400, "commentTextRequired")
    assert refused(asked, "x" * 10_001) == (400, "commentTextTooLong")
    spent = there.control("spent")
    there.control("change", units=spent + 49)
    assert refused(asked, "hello") == (403, "quotaExceeded")
    there.control("change", units=100_000)
