"""The pages on which an answer is told to many: looked through, begun, watched, stopped."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.answers.models import Answer
from rejoinder.channels.contract import Limit
from rejoinder.desk.batch.feed import Feeder
from rejoinder.desk.models import Batch, BatchItem
from rejoinder.listening.models import Conversation, Need
from rejoinder.outbox import actions as outbox
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from tests import scene
from tests.answers.newsroom import SHORT, asks, opened, published, question
from tests.desk.batch.test_batch import Spare
from tests.web.pages import notices, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture(autouse=True)
def network() -> Iterator[None]:
    with scene.networks(Limit(name="hour", cap=50, window=3600)):
        yield


@pytest.fixture
def answer() -> Answer:
    found = opened("No signal", question())
    published(found)
    for name in ("Tom", "Tina"):
        asks(name, question(), "still nothing in Leeds")
    return found


def talks() -> list[int]:
    return list(Conversation.objects.order_by("id").values_list("pk", flat=True))


def test_everybody_is_shown_with_the_words_and_what_it_takes(answer: Answer, dan: Client) -> None:
    Conversation.objects.filter(person__name="Tina").update(need=Need.URGENT)

    page = text(dan.get(reverse("tell", args=[answer.public_id])))
    assert "2 people wait for this answer." in page
    assert "still nothing in Leeds" in page
    assert "1: In urgent need: a person answers them." in page
    assert "1 of 50 replies left; 1 min at least." in page
    assert "Point people to the answer" in text(dan.get(reverse("answer", args=[answer.public_id])))


def test_who_raised_it_before_is_told_what_the_area_said(answer: Answer, dan: Client) -> None:
    Conversation.objects.filter(person__name="Tom").update(waiting_since=None)
    page = text(dan.get(reverse("question", args=[question().pk])))
    assert "Tell those who raised it before" in page

    told = dan.get(reverse("tell", args=[answer.public_id]), {"kind": "news"})
    page = text(told)
    assert "1 person asked this in the last four weeks and never heard this answer." in page
    assert "Point people to the answer" in page
    sent = {"kind": "news", "tell": talks(), **{f"text-{pk}": SHORT for pk in talks()}}
    dan.post(reverse("begin-batch", args=[answer.public_id]), sent)
    (item,) = BatchItem.objects.all()
    assert item.person.name == "Tom"
    assert "News" in text(dan.get(reverse("batch", args=[item.batch.public_id])))


def test_only_who_is_ticked_is_told_in_the_words_that_stand_there(
    answer: Answer, dan: Client
) -> None:
    tom, _ = talks()
    sent = {"kind": "pointers", "tell": [tom], f"text-{tom}": f"Hello Tom. {SHORT}"}

    page = dan.post(reverse("begin-batch", args=[answer.public_id]), sent, follow=True)
    assert "They are told as room allows." in notices(page)
    assert [item.text for item in BatchItem.objects.all()] == [f"Hello Tom. {SHORT}"]
    Feeder(Spare()).run()
    clock.turn(outbox.undo_hold())
    Sender(scene.opened).run_once()
    Feeder(Spare()).run()
    shown = text(dan.get(reverse("batch", args=[Batch.objects.get().public_id])))
    assert "Everybody is told, " in shown
    assert "Told 1" in shown


def test_nobody_ticked_is_nobody_told(answer: Answer, dan: Client) -> None:
    page = dan.post(reverse("begin-batch", args=[answer.public_id]), {"tell": "x"}, follow=True)

    assert "Nobody is chosen whom this batch may tell." in notices(page)
    assert not Batch.objects.exists()


def test_it_is_stopped_with_a_reason(answer: Answer, dan: Client) -> None:
    dan.post(reverse("begin-batch", args=[answer.public_id]), {"tell": talks()})
    address = reverse("stop-batch", args=[Batch.objects.get().public_id])

    assert "Say why" in notices(dan.post(address, {"why": " "}, follow=True))
    page = dan.post(address, {"why": "the mast fell again"}, follow=True)
    assert "Stopped. 2 people are not told." in notices(page)
    assert "the mast fell again" in text(page)
    assert "Stop the batch" not in text(page)


def test_who_heard_an_older_version_is_offered_the_correction(answer: Answer, dan: Client) -> None:
    dan.post(reverse("begin-batch", args=[answer.public_id]), {"tell": talks()})
    Feeder(Spare()).run()
    clock.turn(outbox.undo_hold())
    Sender(scene.opened).run_once()
    published(answer, "All can call again.", "All can call again.", material=True)

    page = text(dan.get(reverse("tell", args=[answer.public_id]) + "?kind=corrections"))
    assert "2 people were told an older version." in page
    assert "What we told you has changed, and we are sorry. All can call again." in page
    assert "Pointers, revision 1" in page
