"""The simulated Instagram is one: another people's client, facebook-business, lives on it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from facebook_business.adobjects.igcomment import IGComment
from facebook_business.adobjects.igmedia import IGMedia
from facebook_business.adobjects.iguser import IGUser
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.unifiedthread import UnifiedThread
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

from tests.simulators.client import Simulator, running
from tests.simulators.graph.world import APP, SECRET

pytestmark = pytest.mark.real

COMMENT = ["id", "text", "timestamp", "from", "username", "user", "parent_id", "hidden"]


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with running("instagram") as found:
        yield found


class Brand:
    """An account with its Page, and its client."""

    def __init__(self, server: Simulator, name: str, *, secret: str = SECRET) -> None:
        known = server.control("account", name=name, of=f"anna of {name}")
        session = FacebookSession(APP, secret, known["token"], timeout=10)
        session.GRAPH = server.url
        self.api = FacebookAdsApi(session, api_version="v26.0")
        self.name = name
        self.us = IGUser(known["id"], api=self.api)
        self.page = Page(known["page"], api=self.api)
        self.media = IGMedia(known["media"], api=self.api)
        self.token = known["token"]


@pytest.fixture
def brand(server: Simulator, request: pytest.FixtureRequest) -> Iterator[Brand]:
    found = Brand(server, request.node.name)
    yield found
    found.api._session.requests.close()


def _asked(server: Simulator, brand: Brand, text: str = "no signal") -> str:
    return str(server.control("say", who="tom", to=brand.name, text=text)["id"])


def _read(brand: Brand, *path: str, fields: str) -> Any:
    """What the client has no list of: fields within fields."""
    return brand.api.call("GET", path, params={"fields": fields}).json()


def _fault(call: Any, *given: Any, **named: Any) -> FacebookRequestError:
    with pytest.raises(FacebookRequestError) as caught:
        call(*given, **named)
    return caught.value


def test_a_page_leads_to_its_account(brand: Brand) -> None:
    found = _read(brand, brand.page["id"], fields="instagram_business_account{id,username}")
    assert found["instagram_business_account"]["id"] == brand.us["id"]
    assert brand.us.api_get(fields=["username", "media_count"])["username"] == brand.name


def test_the_comments_of_a_picture_are_listed_page_by_page(server: Simulator, brand: Brand) -> None:
    asked = [_asked(server, brand, f"question {number}") for number in range(5)]
    found = list(brand.media.get_comments(fields=COMMENT, params={"limit": 2}))
    assert [each["id"] for each in found] == asked[::-1]
    assert (found[0]["from"]["username"], found[0]["username"]) == ("tom", "tom")
    assert "user" not in found[0]
    [shown] = brand.us.get_media(fields=["id", "caption", "comments_count", "permalink"])
    assert (shown["id"], shown["comments_count"]) == (brand.media["id"], 5)


def test_no_more_than_fifty_comments_come_at_once(server: Simulator, brand: Brand) -> None:
    for number in range(51):
        _asked(server, brand, f"question {number}")
    path, params = (brand.media["id"], "comments"), {"limit": 100}
    assert len(brand.api.call("GET", path, params=params).json()["data"]) == 50


def test_a_thread_has_one_level(server: Simulator, brand: Brand) -> None:
    asked = IGComment(_asked(server, brand), api=brand.api)
    first = asked.create_reply(params={"message": "On it."})
    first.create_reply(params={"message": "Done."})
    below = list(asked.get_replies(fields=COMMENT))
    assert [each["text"] for each in below] == ["On it.", "Done."]
    assert {each["parent_id"] for each in below} == {asked["id"]}
    assert below[0]["user"]["id"] == brand.us["id"]
    fields = "text,replies.limit(1){id,text}"
    [whole] = _read(brand, brand.media["id"], "comments", fields=fields)["data"]
    assert [each["text"] for each in whole["replies"]["data"]] == ["On it."]
    assert "next" in whole["replies"]["paging"]


def test_a_comment_is_deleted_with_what_stands_below(server: Simulator, brand: Brand) -> None:
    asked = IGComment(_asked(server, brand), api=brand.api)
    reply = asked.create_reply(params={"message": "On it."})
    asked.api_delete()
    for gone in (asked, reply):
        error = _fault(IGComment(gone["id"], api=brand.api).api_get, fields=COMMENT)
        assert (error.http_status(), error.api_error_code()) == (400, 100)
        assert error.api_error_subcode() == 33


def test_a_comment_is_hidden_and_shown_again(server: Simulator, brand: Brand) -> None:
    asked = IGComment(_asked(server, brand), api=brand.api)
    mine = asked.create_reply(params={"message": "On it."})
    for hidden in (True, False):
        asked.api_update(params={"hide": hidden})
        assert asked.api_get(fields=COMMENT)["hidden"] is hidden
        assert server.control("look", id=asked["id"])["hidden"] is hidden
        if hidden:
            assert _fault(asked.create_reply, params={"message": "No."}).api_error_code() == 100
    mine.api_update(params={"hide": True})
    assert mine.api_get(fields=COMMENT)["hidden"] is False  # the owner's own are always shown


def test_what_names_the_account_elsewhere_is_read_and_answered(
    server: Simulator, brand: Brand
) -> None:
    text = f"ask @{brand.name}"
    named = server.control("mention", who="tom", text=text, below="tina")
    number = named["comment_id"]
    name = f"mentioned_comment.comment_id({number})"
    fields = f"{name}{{timestamp,text,media{{id,media_url}}}}"
    told = _read(brand, brand.us["id"], fields=fields)["mentioned_comment"]
    assert (told["text"], told["media"]["id"]) == (text, named["media_id"])
    error = _fault(_read, brand, brand.us["id"], fields=f"{name}{{username}}")
    assert "nonexisting field (username)" in str(error.api_error_message())
    assert _fault(IGComment(number, api=brand.api).api_get).api_error_subcode() == 33
    reply = brand.us.create_mention(params={**named, "message": "Here we are."})
    assert _fault(IGComment(reply["id"], api=brand.api).api_delete).api_error_code() == 100


def test_a_caption_that_names_the_account_is_told_without_its_sign(
    server: Simulator, brand: Brand
) -> None:
    named = server.control("mention", who="tom", text=f"thanks @{brand.name}")
    name = f"mentioned_media.media_id({named['media_id']})"
    fields = f"{name}{{caption,username}}"
    found = _read(brand, brand.us["id"], fields=fields)["mentioned_media"]
    assert (found["caption"], found["username"]) == (f"thanks {brand.name}", "tom")
    brand.us.create_mention(params={**named, "message": "Any time."})
    server.control("tag", who="tina", to=brand.name, text="a day out")
    [tagged] = brand.us.get_tags(fields=["caption", "username", "permalink"])
    assert (tagged["caption"], tagged["username"]) == ("a day out", "tina")
    alone = {"media_id": tagged["id"], "message": "Nice."}
    assert _fault(brand.us.create_mention, params=alone).api_error_code() == 100


def test_a_conversation_is_read_and_answered(server: Simulator, brand: Brand) -> None:
    who = server.control("whisper", who="tom", to=brand.name, text="is it down?")["who"]
    message = {"recipient": {"id": who}, "message": {"text": "Yes."}}
    brand.page.create_message(params=message)
    params = {"platform": UnifiedThread.Platform.instagram, "user_id": who}
    [talk] = brand.page.get_conversations(fields=["id", "participants"], params=params)
    assert {each["id"] for each in talk["participants"]["data"]} == {brand.us["id"], who}
    fields = {"fields": "message,from"}
    found = brand.api.call("GET", (talk["id"], "messages"), params=fields).json()["data"]
    assert [each["message"] for each in found] == ["Yes.", "is it down?"]
    assert found[0]["from"]["username"] == brand.name
    server.control("age", name=brand.name, seconds=86_400 + 60)
    error = _fault(brand.page.create_message, params=message)
    assert (error.api_error_code(), error.api_error_subcode()) == (10, 2_534_022)


def test_a_message_has_a_thousand_bytes(server: Simulator, brand: Brand) -> None:
    who = server.control("whisper", who="tom", to=brand.name, text="is it down?")["who"]
    for text, fits in (("é" * 500, True), ("é" * 501, False)):
        message = {"recipient": {"id": who}, "message": {"text": text}}
        if fits:
            brand.page.create_message(params=message)
        else:
            assert _fault(brand.page.create_message, params=message).api_error_code() == 100


def test_a_private_reply_is_taken_once_within_seven_days(server: Simulator, brand: Brand) -> None:
    asked, older = _asked(server, brand), _asked(server, brand)
    message = {"recipient": {"comment_id": asked}, "message": {"text": "Write to us here."}}
    brand.page.create_message(params=message)
    assert _fault(brand.page.create_message, params=message).api_error_code() == 10_900
    server.control("age", id=older, seconds=7 * 86_400 + 60)
    message["recipient"] = {"comment_id": older}
    assert _fault(brand.page.create_message, params=message).api_error_code() == 10_903


def test_each_answer_says_what_is_used_and_the_last_one_refuses(
    server: Simulator, brand: Brand
) -> None:
    server.control("change", name=brand.name, cap=2)
    path = (brand.us["id"],)
    used = [brand.api.call("GET", path, params={"fields": "id"}).headers() for _ in range(2)]
    [told] = json.loads(used[0]["X-Business-Use-Case-Usage"]).values()
    assert [(each["type"], each["call_count"]) for each in told] == [("instagram", 50)]
    error = _fault(brand.api.call, "GET", path, params={"fields": "id"})
    assert error.api_error_code() == 80_002
    [[entry]] = json.loads(error.http_headers()["X-Business-Use-Case-Usage"]).values()
    assert entry["estimated_time_to_regain_access"] == 7


def test_a_permission_that_is_missing_is_named(server: Simulator, brand: Brand) -> None:
    asked = IGComment(_asked(server, brand), api=brand.api)
    server.control("change", name=brand.name, scopes="instagram_basic")
    error = _fault(asked.create_reply, params={"message": "On it."})
    assert (error.http_status(), error.api_error_code()) == (403, 200)
    assert "instagram_manage_comments" in str(error.api_error_message())


def test_a_wrong_proof_and_a_token_that_ended_are_refused(server: Simulator, brand: Brand) -> None:
    other = Brand(server, f"{brand.name}_again", secret="another")
    assert "appsecret_proof" in str(_fault(other.us.api_get).api_error_message())
    other.api._session.requests.close()
    server.control("end", token=brand.token)
    error = _fault(brand.us.api_get)
    assert (error.api_error_code(), error.api_error_subcode()) == (190, 463)
