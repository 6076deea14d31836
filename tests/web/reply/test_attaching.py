"""The pictures beside the reply box, as forms send them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from rejoinder.desk import actions as desk
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Picture, Reply
from tests import people
from tests.web import stage
from tests.web.conftest import Browse
from tests.web.pages import source, text

pytestmark = pytest.mark.usefixtures("monday")
WORDS = "This is where."


@pytest.fixture
def talk(alice: Client) -> Conversation:
    return desk.take(stage.says("Tom", "no signal in Leeds"), people.alice())


def file() -> SimpleUploadedFile:
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Alice's phone"
    Image.new("RGB", (40, 20), "navy").save(written, "JPEG", exif=exif)
    return SimpleUploadedFile("alice at home.jpg", written.getvalue(), "image/jpeg")


def put(client: Client, talk: Conversation, **form: object) -> Picture:
    given = {"text": WORDS, "picture": file(), "alt": ""} | form
    answer = client.post(reverse("attach-picture", args=[talk.public_id]), given)
    assert answer.headers["Location"].endswith("#pictures")
    return Picture.objects.latest("pk")


def page(client: Client, talk: Conversation) -> str:
    return text(client.get(reverse("conversation", args=[talk.public_id])))


def test_it_is_put_in_said_in_words_and_sent_with_one_press(
    alice: Client, talk: Conversation
) -> None:
    row = put(alice, talk)
    shown = page(alice, talk)
    assert "1 picture" in shown
    assert WORDS in shown  # what was written so far
    send = reverse("send", args=[talk.public_id])
    alice.post(send, {"text": WORDS})
    assert not Reply.objects.exists()
    assert "Say in words what each picture shows" in page(alice, talk)
    alice.post(send, {"text": WORDS, f"alt-{row.public_id}": "A map of Leeds"})
    assert Reply.objects.get().pictures.get().alt == "A map of Leeds"
    assert "Picture: A map of Leeds" in page(alice, talk)


def test_nothing_of_the_file_but_its_pixels_is_kept_or_shown(
    alice: Client, talk: Conversation
) -> None:
    row = put(alice, talk, alt="A map")
    shown = alice.get(reverse("our-picture", args=[talk.public_id, row.public_id]))
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert b"Alice" not in shown.content
    assert Image.open(io.BytesIO(shown.content)).size == (40, 20)
    assert "alice at home" not in source(alice.get(reverse("conversation", args=[talk.public_id])))


def test_it_is_taken_out_again_and_the_words_stay(alice: Client, talk: Conversation) -> None:
    row = put(alice, talk)
    alice.post(
        reverse("remove-picture", args=[talk.public_id, row.public_id]), {"text": "Other words"}
    )
    assert not Picture.objects.exists()
    assert "Other words" in page(alice, talk)


def test_what_is_missing_or_no_picture_is_said_and_the_words_stay(
    alice: Client, talk: Conversation
) -> None:
    address = reverse("attach-picture", args=[talk.public_id])
    alice.post(address, {"text": WORDS})
    assert "Choose the file of a picture first." in page(alice, talk)
    alice.post(address, {"text": WORDS, "picture": SimpleUploadedFile("a.jpg", b"MZ\0")})
    shown = page(alice, talk)
    assert "no picture the desk can read" in shown
    assert WORDS in shown


def test_one_of_a_draft_is_its_writer_s_until_it_leaves(
    alice: Client, browse: Browse, talk: Conversation
) -> None:
    row = put(alice, talk, alt="A map")
    address = reverse("our-picture", args=[talk.public_id, row.public_id])
    assert browse(people.bob()).get(address).status_code == 404
    alice.post(reverse("send", args=[talk.public_id]), {"text": WORDS})
    assert browse(people.bob()).get(address).status_code == 200
