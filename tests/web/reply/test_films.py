"""A film beside the reply box, as forms send it and browsers play it."""

import errno
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection
from django.test import Client
from django.urls import reverse

from rejoinder.channels.bluesky import channel
from rejoinder.channels.contract import Can, FilmLimit
from rejoinder.desk import actions as desk
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Picture, Reply
from rejoinder.plumbing import uploads
from tests import films, people
from tests.web import stage
from tests.web.conftest import Browse
from tests.web.pages import source, text

pytestmark = pytest.mark.usefixtures("monday")
WORDS, SHOWS = "This is how.", "A hand holds both buttons of a phone"


@pytest.fixture
def talk(alice: Client) -> Conversation:
    return desk.take(stage.says("Tom", "no signal in Leeds"), people.alice())


def file(data: bytes = b"", name: str = "alice at home.mp4") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or films.film(), "video/mp4")


def put(client: Client, talk: Conversation, data: bytes = b"", alt: str = SHOWS) -> str:
    """Press the button; what the page says then."""
    given = {"text": WORDS, "picture": file(data), "alt": alt}
    answer = client.post(reverse("attach-picture", args=[talk.public_id]), given)
    assert answer.headers["Location"].endswith("#pictures")
    return page(client, talk)


def page(client: Client, talk: Conversation) -> str:
    return text(client.get(reverse("conversation", args=[talk.public_id])))


def address(talk: Conversation) -> str:
    return reverse("our-picture", args=[talk.public_id, Picture.objects.get().public_id])


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_it_is_put_in_said_in_words_and_sent(alice: Client, talk: Conversation) -> None:
    shown = put(alice, talk, alt="")
    assert "1 film" in shown
    assert WORDS in shown
    send = reverse("send", args=[talk.public_id])
    alice.post(send, {"text": WORDS})
    assert not Reply.objects.exists()
    assert "Say in words what the film shows" in page(alice, talk)
    alice.post(send, {"text": WORDS, f"alt-{Picture.objects.get().public_id}": SHOWS})
    assert Reply.objects.get().pictures.get().alt == SHOWS
    assert f"Film: {SHOWS}" in page(alice, talk)


def test_nothing_of_it_is_loaded_before_somebody_plays_it(
    alice: Client, talk: Conversation
) -> None:
    put(alice, talk)
    shown = alice.get(reverse("conversation", args=[talk.public_id]))
    assert f'<video controls preload="none" src="{address(talk)}"' in source(shown)
    assert "media-src 'self'" in shown.headers["Content-Security-Policy"]
    assert "alice at home" not in source(shown)


def test_it_is_played_whole_and_in_pieces(alice: Client, talk: Conversation) -> None:
    put(alice, talk)
    kept = bytes(Picture.objects.get().data)
    whole = alice.get(address(talk))
    assert (whole.status_code, whole.headers["Content-Type"]) == (200, "video/mp4")
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert "sandbox" in whole.headers["Content-Security-Policy"]
    assert body(whole) == kept
    assert b"Alice" not in kept
    size = len(kept)
    for asked, first, last in (
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, size - 1),
        ("bytes=-50", size - 50, size - 1),
        (f"bytes=10-{size * 9}", 10, size - 1),
    ):
        part = alice.get(address(talk), headers={"Range": asked})
        assert part.status_code == 206
        assert part.headers["Content-Range"] == f"bytes {first}-{last}/{size}"
        assert part.headers["Content-Length"] == str(last + 1 - first)
        assert body(part) == kept[first : last + 1]
    assert alice.get(address(talk), headers={"Range": f"bytes={size}-"}).status_code == 416
    assert alice.get(address(talk), headers={"Range": "pages=1-2"}).status_code == 200


def test_one_of_a_draft_is_its_writer_s_until_it_leaves(
    alice: Client, browse: Browse, talk: Conversation
) -> None:
    put(alice, talk)
    assert browse(people.bob()).get(address(talk)).status_code == 404
    alice.post(reverse("send", args=[talk.public_id]), {"text": WORDS})
    assert browse(people.bob()).get(address(talk)).status_code == 200


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (films.film()[:-9], "broken"),
        (films.film(video="libx265"), "Use MP4 with H.264 and AAC"),
        (b"PK\x03\x04" + films.film(), "no picture the desk can read"),
    ],
)
def test_what_is_no_film_is_said_and_the_words_stay(
    alice: Client, talk: Conversation, data: bytes, said: str
) -> None:
    shown = put(alice, talk, data)
    assert said in shown
    assert WORDS in shown
    assert not Picture.objects.exists()


def test_the_rest_of_what_is_too_large_is_kept_nowhere(
    alice: Client, talk: Conversation, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """A thousandth of the sizes of life: a film of a gigabyte, where 50 MB are taken."""
    monkeypatch.setitem(uploads.MOST, "picture", 3_000_000)
    written: list[int] = []
    kept = TemporaryFileUploadHandler.receive_data_chunk

    def counting(self: Any, raw: bytes, start: int) -> None:
        written.append(len(raw))
        kept(self, raw, start)

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", counting)
    shown = put(alice, talk, films.film() + bytes(30_000_000))
    assert "50 MB at most" in shown
    assert WORDS in shown
    assert sum(written) <= 3_000_000
    assert max(written) <= 100_000


def test_where_the_disk_has_no_room_it_is_said(
    alice: Client, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Any, raw: bytes, start: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", full)
    shown = put(alice, talk, films.film() + bytes(3_000_000))
    assert "no room left" in shown
    assert WORDS in shown


def test_where_the_database_has_no_room_it_is_said_and_the_words_stay(
    alice: Client, talk: Conversation
) -> None:
    if connection.vendor != "sqlite":
        return  # its words there: FULL in web/reply/attaching.py
    desk.save_draft(talk, people.alice(), WORDS)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count={pages + 4}")
    try:
        shown = put(alice, talk)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count=1073741823")
    assert "no room left" in shown
    assert WORDS in shown
    assert not Picture.objects.exists()


def test_what_a_channel_takes_stands_beside_the_box(
    alice: Client, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "up to 50 MB and 180 seconds" in page(alice, talk)
    limit = FilmLimit(size=1_000_000, seconds=5)
    monkeypatch.setattr(channel, "can", Can(reads_back=True, film=limit))
    shown = page(alice, talk)
    assert "up to 1 MB and 5 seconds" in shown
    assert "A picture: JPEG" not in shown
    too_large = put(alice, talk, films.film()[:48] + bytes(1_000_001))
    assert "A film here has 1 MB at most" in too_large
    monkeypatch.setattr(channel, "can", Can(reads_back=True, pictures=2))
    assert "No film leaves here." in page(alice, talk)
    monkeypatch.setattr(channel, "can", Can(reads_back=True))
    assert "No film leaves here." not in page(alice, talk), "nothing is offered, nothing is said"
