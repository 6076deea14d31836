"""A picture is fetched when somebody asks, through the guarded network, and cleaned."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from rejoinder.listening.models import Mention
from rejoinder.plumbing import clock, http
from rejoinder.plumbing.http import Network
from tests import scanning
from tests.plumbing.test_http import HERE, far_end
from tests.web import stage
from tests.web.pages import source

pytestmark = pytest.mark.usefixtures("monday")


def red() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (8, 8), (200, 0, 0)).save(written, "JPEG", comment=b"hidden words")
    return written.getvalue()


@contextmanager
def served(body: bytes, head: bytes = b"200 OK") -> Iterator[str]:
    length = str(len(body)).encode()
    said = b"HTTP/1.1 " + head + b"\r\nContent-Length: " + length + b"\r\n\r\n" + body
    with far_end(lambda far: far.sendall(said)) as url:
        yield url


@pytest.fixture
def near(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A network that may call this machine."""
    with monkeypatch.context() as patched:
        opened = Network({HERE})
        patched.setattr("rejoinder.web.talk.pictures.network", lambda: opened)
        yield
        opened.close()


def sent(url: str, kind: str = "image") -> tuple[Mention, str]:
    talk = stage.says("Tom", "look at this mast", media=[{"kind": kind, "url": url, "alt": "mast"}])
    said = Mention.objects.get(conversation=talk)
    return said, reverse("picture", args=[talk.public_id, said.pk, 0])


@pytest.mark.usefixtures("near")
def test_it_is_shown_without_what_it_hides_and_kept_by_nobody(alice: Client) -> None:
    with served(red()) as url:
        said, at = sent(url)
        assert said.conversation is not None
        page = source(alice.get(reverse("conversation", args=[said.conversation.public_id])))
        assert f'src="{at}"' in page
        answer = alice.get(at)
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"].startswith("private")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"hidden words" not in answer.content
    assert Image.open(io.BytesIO(answer.content)).size == (8, 8)


@pytest.mark.usefixtures("near")
@pytest.mark.parametrize(
    ("body", "head"),
    [
        (b"<script>alert(1)</script>", b"200 OK"),
        (red(), b"404 Not Found"),
        (b"", b"302 Found\r\nLocation: http://169.254.169.254/"),
    ],
)
def test_what_is_no_picture_is_not_passed_on(alice: Client, body: bytes, head: bytes) -> None:
    with served(body, head) as url:
        assert alice.get(sent(url)[1]).status_code == 404


@pytest.mark.usefixtures("near")
@pytest.mark.parametrize("says", [scanning.infected, lambda _: b"INSTREAM ERROR\0"])
def test_what_the_scanner_stops_is_not_shown(
    alice: Client, says: scanning.Says, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        scanning.scanner(says) as (address, shown),
        scanning.at(address),
        served(red()) as url,
    ):
        assert alice.get(sent(url)[1]).status_code == 404
    assert shown == [red()]
    assert "scanner" in caplog.text


def test_the_house_is_not_asked_on_behalf_of_a_stranger(alice: Client) -> None:
    http.network.cache_clear()
    for url in (
        "http://127.0.0.1:9/x",
        "https://127.0.0.1/x",
        "file:///etc/passwd",
        "javascript:1",
    ):
        Mention.objects.all().delete()
        assert alice.get(sent(url)[1]).status_code == 404


def test_only_pictures_that_stand_and_that_one_may_see(alice: Client, ann: Client) -> None:
    said, at = sent("https://example.com/a.jpg", kind="video")
    assert alice.get(at).status_code == 404
    assert alice.get(at.replace("/0", "/7")).status_code == 404
    Mention.objects.filter(pk=said.pk).update(deleted_at=clock.now())
    assert alice.get(at).status_code == 404
    assert ann.get(at).status_code == 403
