"""The simulated Facebook is one: another people's client, facebook-business, lives on it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from facebook_business.adobjects.comment import Comment
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.pagepost import PagePost
from facebook_business.adobjects.unifiedthread import UnifiedThread
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

from tests.simulators.client import Simulator, running
from tests.simulators.graph.world import APP, SECRET

pytestmark = pytest.mark.real

COMMENT = ["id", "message", "from", "created_time", "parent", "is_hidden"]


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with running("facebook") as found:
        yield found


class Brand:
    """A Page, and its client."""

    def __init__(self, server: Simulator, name: str, *, secret: str = SECRET) -> None:
        known = server.control("page", name=name, of=f"anna of {name}")
        session = FacebookSession(APP, secret, known["token"], timeout=10)
        session.GRAPH = server.url
        self.api = FacebookAdsApi(session, api_version="v26.0")
        self.name = name
        self.page = Page(known["id"], api=self.api)
        self.post = PagePost(known["post"], api=self.api)
        self.token = known["token"]


@pytest.fixture
def brand(server: Simulator, request: pytest.FixtureRequest) -> Iterator[Brand]:
    found = Brand(server, request.node.name)
    yield found
    found.api._session.requests.close()


def _asked(server: Simulator, brand: Brand, text: str = "no signal") -> str:
    return str(server.control("say", who="tom", to=brand.name, text=text)["id"])


def _fault(call: Any, *given: Any, **named: Any) -> FacebookRequestError:
    with pytest.raises(FacebookRequestError) as caught:
        call(*given, **named)
    return caught.value


def test_the_comments_of_a_post_are_listed_page_by_page(server: Simulator, brand: Brand) -> None:
    asked = [_asked(server, brand, f"question {number}") for number in range(5)]
    params = {"filter": "stream", "order": "reverse_chronological", "limit": 2}
    found = list(brand.post.get_comments(fields=COMMENT, params=params))
    assert [each["id"] for each in found] == asked[::-1]
    assert found[0]["from"]["name"] == "Tom"
    [post] = brand.page.get_feed(fields=["id", "message"])
    assert (post["id"], post["message"]) == (brand.post["id"], "We are here for you.")


def test_an_answer_stands_below_its_comment_is_changed_and_deleted(
    server: Simulator, brand: Brand
) -> None:
    asked = Comment(_asked(server, brand), api=brand.api)
    reply = asked.create_comment(params={"message": "On it."})
    [below] = asked.get_comments(fields=COMMENT)
    assert (below["id"], below["parent"]["id"]) == (reply["id"], asked["id"])
    reply.api_update(params={"message": "Done."})
    assert reply.api_get(fields=COMMENT)["message"] == "Done."
    reply.api_delete()
    error = _fault(Comment(reply["id"], api=brand.api).api_get, fields=COMMENT)
    assert (error.http_status(), error.api_error_code()) == (400, 100)
    assert error.api_error_subcode() == 33


def test_a_comment_is_hidden_and_shown_again(server: Simulator, brand: Brand) -> None:
    asked = Comment(_asked(server, brand), api=brand.api)
    for hidden in (True, False):
        asked.api_update(params={"is_hidden": hidden})
        assert asked.api_get(fields=COMMENT)["is_hidden"] is hidden
    mine = asked.create_comment(params={"message": "On it."})
    assert _fault(mine.api_update, params={"is_hidden": True}).http_status() == 400


def test_a_conversation_is_read_and_answered(server: Simulator, brand: Brand) -> None:
    who = server.control("whisper", who="tom", to=brand.name, text="is it down?")["who"]
    message = {"recipient": {"id": who}, "message": {"text": "Yes."}, "messaging_type": "RESPONSE"}
    brand.page.create_message(params=message)
    params = {"platform": UnifiedThread.Platform.messenger}
    [talk] = brand.page.get_conversations(fields=["id", "participants"], params=params)
    assert who in {each["id"] for each in talk["participants"]["data"]}
    # Its conversations have no list of a message's fields, so they are asked for by hand.
    fields = {"fields": "message,from"}
    found = brand.api.call("GET", (talk["id"], "messages"), params=fields).json()["data"]
    assert [each["message"] for each in found] == ["Yes.", "is it down?"]
    assert found[0]["from"]["id"] == brand.page["id"]
    server.control("age", name=brand.name, seconds=86_400 + 60)
    error = _fault(brand.page.create_message, params=message)
    assert (error.api_error_code(), error.api_error_subcode()) == (10, 2_018_278)


def test_a_private_reply_is_taken_once(server: Simulator, brand: Brand) -> None:
    asked = _asked(server, brand)
    message = {"recipient": {"comment_id": asked}, "message": {"text": "Write to us here."}}
    brand.page.create_message(params=message)
    assert _fault(brand.page.create_message, params=message).api_error_code() == 10_900


def test_each_answer_says_what_is_used_and_the_last_one_refuses(
    server: Simulator, brand: Brand
) -> None:
    server.control("change", name=brand.name, cap=2)
    path = (brand.page["id"],)
    used = [brand.api.call("GET", path, params={"fields": "id"}).headers() for _ in range(2)]
    told = [json.loads(each["X-Business-Use-Case-Usage"])[brand.page["id"]][0] for each in used]
    assert [(each["type"], each["call_count"]) for each in told] == [("pages", 50), ("pages", 100)]
    error = _fault(brand.api.call, "GET", path, params={"fields": "id"})
    assert error.api_error_code() == 32
    [entry] = json.loads(error.http_headers()["X-Business-Use-Case-Usage"])[brand.page["id"]]
    assert entry["estimated_time_to_regain_access"] == 7


def test_a_wrong_proof_and_a_token_that_ended_are_refused(server: Simulator, brand: Brand) -> None:
    other = Brand(server, f"{brand.name} again", secret="another")
    assert "appsecret_proof" in str(_fault(other.page.api_get).api_error_message())
    other.api._session.requests.close()
    server.control("end", token=brand.token)
    error = _fault(brand.page.api_get)
    assert (error.api_error_code(), error.api_error_subcode()) == (190, 463)
