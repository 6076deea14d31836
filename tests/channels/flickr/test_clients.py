"""The simulated Flickr, asked by somebody else's client: flickrapi."""

from collections.abc import Iterator
from typing import Any

import flickrapi
import pytest
import requests
from flickrapi.auth import FlickrAccessToken, OAuthFlickrInterface

from tests.simulators.client import Simulator, running
from tests.simulators.flickr.world import KEY, SECRET


class _Loopback(requests.adapters.HTTPAdapter):
    """Takes what is meant for Flickr to the simulator, as a proxy in front of it would."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def send(self, request: Any, *given: Any, **more: Any) -> Any:
        host = "api.flickr.com" if "//api." in request.url else "www.flickr.com"
        request.headers.update({"Host": host, "X-Forwarded-Proto": "https"})
        request.url = request.url.replace(f"https://{host}", self._url)
        return super().send(request, *given, **more)


@pytest.fixture(scope="module")
def there() -> Iterator[Simulator]:
    with running("flickr") as found:
        yield found


@pytest.fixture
def brand(there: Simulator) -> Any:
    return there.control("person", username="brand")


@pytest.fixture
def client(
    there: Simulator, brand: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[flickrapi.FlickrAPI]:
    session = requests.Session()
    session.mount("https://", _Loopback(there.url))
    monkeypatch.setattr(OAuthFlickrInterface, "session", session)
    token = FlickrAccessToken(brand["token"], brand["token_secret"], "write")
    yield flickrapi.FlickrAPI(
        KEY, SECRET, token=token, store_token=False, format="parsed-json", cache=False
    )
    session.close()


def test_it_hears_answers_changes_and_takes_back(
    client: flickrapi.FlickrAPI, there: Simulator, brand: Any
) -> None:
    photo = brand["photo"]
    asked = there.control("say", who="tom", photo=photo, text="is it down & out?")["id"]
    [item] = client.activity.userPhotos(timeframe="1d")["items"]["item"]
    assert (item["id"], item["activity"]["event"][0]["username"]) == (photo, "tom")
    [heard] = client.photos.comments.getList(photo_id=photo)["comments"]["comment"]
    assert (heard["id"], heard["_content"]) == (asked, "is it down & out?")
    made = client.photos.comments.addComment(photo_id=photo, comment_text="Back at noon, é & 👍")
    number = made["comment"]["id"]
    client.photos.comments.editComment(comment_id=number, comment_text="Back at one")
    shown = client.photos.comments.getList(photo_id=photo)["comments"]["comment"]
    assert [each["_content"] for each in shown] == ["is it down & out?", "Back at one"]
    client.photos.comments.deleteComment(comment_id=number)
    assert len(client.photos.comments.getList(photo_id=photo)["comments"]["comment"]) == 1


def test_it_signs_in(client: flickrapi.FlickrAPI, there: Simulator, brand: Any) -> None:
    assert client.test.login()["user"]["username"]["_content"] == "brand"
    assert client.auth.oauth.checkToken()["oauth"]["user"]["nsid"] == brand["nsid"]
    new = flickrapi.FlickrAPI(KEY, SECRET, store_token=False, cache=False)
    new.get_request_token(oauth_callback="https://desk.example.com/back")
    page = new.auth_url(perms="write").replace("https://www.flickr.com", there.url)
    back = requests.get(page, params={"user": "brand"}, allow_redirects=False, timeout=10)
    new.get_access_token(back.headers["location"].partition("oauth_verifier=")[2])
    assert new.flickr_oauth.token.token == brand["token"]


def test_refusals_are_flickr_s(client: flickrapi.FlickrAPI, there: Simulator, brand: Any) -> None:
    def code(**given: str) -> int:
        with pytest.raises(flickrapi.FlickrError) as caught:
            client.photos.comments.addComment(**given)
        return int(caught.value.code)

    assert code(photo_id="1", comment_text="hello") == 1
    assert code(photo_id=brand["photo"], comment_text=" ") == 8
    there.control("change", pace=0)
    assert code(photo_id=brand["photo"], comment_text="hello") == 9
    there.control("change", pace=10_000, perms={"brand": "read"})
    assert code(photo_id=brand["photo"], comment_text="hello") == 99
    there.control("change", perms={"brand": "write"})
    wrong = flickrapi.FlickrAPI(
        KEY,
        "another-secret",
        token=FlickrAccessToken(brand["token"], brand["token_secret"], "write"),
        store_token=False,
        format="parsed-json",
        cache=False,
    )
    with pytest.raises(flickrapi.FlickrError, match="96"):
        wrong.test.login()
