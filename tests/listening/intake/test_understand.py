"""What is heard is masked and read at a glance before it is kept, and read again when edited."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.models import Account
from rejoinder.desk import queue
from rejoinder.listening import copied, read, watches
from rejoinder.listening.intake import keep, understand
from rejoinder.listening.intake.normalise import normalise
from rejoinder.listening.intake.prepare import prepare
from rejoinder.listening.models import Caught, Conversation, Mention, Need, ReadWith, Watch
from rejoinder.listening.store import store
from rejoinder.plumbing import clock
from rejoinder.privacy.models import Cell
from tests.listening.said import CHANNEL, conversation, delete, edit, minutes_ago, post
from tests.people import alice, dan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

ALARM = "@brand my nan's fall alarm says no network and she is 91 and on her own"
THANKS = "@brand thank you so much for the quick help today, brilliant service"


def hear(*posts: object, ours: bool = False) -> None:
    """Write these down with what is understood of them."""
    said = [normalise(one, None, clock.now()) for one in posts]  # type: ignore[arg-type]  # Post
    understand.understand(CHANNEL, said)
    with store().alone():
        keep.write(prepare(CHANNEL, said))


def test_what_is_personal_is_hidden_and_the_kind_stays() -> None:
    hear(post("1", text="@brand no signal, ring me on 07700 900123 please"))
    assert Mention.objects.get().text == "@brand no signal, ring me on [••• phone number] please"


def test_our_own_words_stay_as_we_said_them() -> None:
    hear(post("1", "brand", "Call us on 07700 900123", ours=True))
    mention = Mention.objects.get()
    assert mention.text == "Call us on 07700 900123"
    assert (mention.need, mention.read_with) == (None, ReadWith.NOTHING)


def test_the_need_makes_the_turn() -> None:
    hear(post("1", text=ALARM), post("2", "Tina", THANKS))
    assert conversation("tom").need == Need.URGENT
    assert conversation("tina").need == Need.NONE
    tom = Mention.objects.get(external_id="1")
    assert (tom.read_with, tom.language) == (ReadWith.FAST, "en")
    reading = tom.reading or {}
    assert reading["why"]
    assert 0.0 <= reading["confidence"]["need"] <= 1.0


def test_the_neediest_of_one_persons_words_counts_until_they_are_answered() -> None:
    hear(post("1", text=ALARM, created_at=minutes_ago(9)))
    hear(post("2", text=THANKS, in_reply_to="1", created_at=minutes_ago(8)))
    assert conversation().need == Need.URGENT
    Conversation.objects.update(waiting_since=None)
    hear(post("3", text=THANKS, in_reply_to="1", created_at=minutes_ago(7)))
    assert conversation().need == Need.NONE


def test_an_edit_is_read_anew_and_a_deletion_leaves_nothing(monday: datetime) -> None:
    hear(post("1", text=THANKS))
    hear(edit("1", ALARM))
    assert conversation().need == Need.URGENT
    assert Mention.objects.get().read_with == ReadWith.FAST
    with clock.standing(monday + timedelta(minutes=1)):
        hear(delete("1"))
    gone = Mention.objects.get()
    assert (gone.text, gone.need, gone.intent, gone.reading) == ("", None, "", None)


def test_a_copy_waits_for_nobody_and_names_its_original() -> None:
    said = [
        normalise(post("1"), None, clock.now()),
        normalise(post("2", "Tina"), None, clock.now()),
    ]
    said[1].copy_of = "1"
    with store().alone():
        keep.write(prepare(CHANNEL, said))
    original = Mention.objects.get(external_id="1")
    assert Mention.objects.get(external_id="2").copy_of == original.pk
    assert conversation("tom").waiting_since is not None
    assert conversation("tina").waiting_since is None
    assert original.copy_of is None


def test_a_reader_that_fails_costs_the_reading_and_never_the_post(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(_: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(read, "fast", fails)
    hear(post("1", text="ring 07700 900123"))
    mention = Mention.objects.get()
    assert mention.text == "ring [••• phone number]"
    assert (mention.need, mention.read_with) == (Need.COMMON, ReadWith.FAST)


@given(st.lists(st.text(), max_size=5))
def test_any_text_is_understood(texts: list[str]) -> None:
    said = [
        normalise(post(str(number), text=text), None, clock.now())
        for number, text in enumerate(texts)
    ]
    understand.understand(CHANNEL, said)
    assert all((one.understood is not None) == bool(one.text) for one in said)


def test_what_was_hidden_is_sealed_and_goes_with_the_post() -> None:
    hear(post("1", text="ring 07700 900123"), post("2", text="no signal"))
    sealed = Cell.objects.get()
    assert (sealed.field, sealed.item) == ("original", f"{CHANNEL} 1")
    assert b"07700" not in bytes(sealed.sealed)
    hear(edit("1", "ring me"))
    assert not Cell.objects.exists()
    hear(edit("1", "ring 07700 900124"))
    hear(delete("1"))
    assert not Cell.objects.exists()


CAMPAIGN = (
    "Dear @brand your new contract is a disgrace and every customer of thirty years should know"
    " that the price goes up each April whatever you say"
)


def test_many_peoples_one_text_is_one_item_with_a_count() -> None:
    hear(post("1", text=CAMPAIGN), post("2", "Tina", CAMPAIGN))
    hear(post("3", "Rosa", f"RT @tom: {CAMPAIGN}"))
    waiting = Conversation.objects.filter(waiting_since__isnull=False)
    assert [talk.person.external_id for talk in waiting] == ["tom"]
    assert Mention.objects.filter(copy_of__isnull=False).count() == 2
    assert [row.copies for row in queue.page(alice(), "queue").rows] == [2]


def test_who_repeats_what_is_gone_waits_in_person() -> None:
    hear(post("1", text=CAMPAIGN))
    hear(delete("1"))
    hear(post("2", "Tina", CAMPAIGN))
    assert Mention.objects.get(external_id="2").copy_of is None
    assert conversation("tina").waiting_since is not None


def test_copies_are_known_after_a_restart() -> None:
    hear(post("1", text=CAMPAIGN))
    copied._copies.cache_clear()
    hear(post("2", "Tina", CAMPAIGN))
    assert Mention.objects.get(external_id="2").copy_of == Mention.objects.get(external_id="1").pk


def test_who_says_the_same_again_asks_again() -> None:
    hear(post("1", text=CAMPAIGN))
    hear(post("1", text=CAMPAIGN), post("2", text=CAMPAIGN))
    assert not Mention.objects.filter(copy_of__isnull=False).exists()


def watch(words: str) -> Watch:
    return watches.write(dan(), None, "Northwind", words, None)


def test_a_watch_catches_what_does_not_name_us() -> None:
    row = watch("northwind NOT sailing")
    hear(
        post("1", text="northwind is down again", tagged=False),
        post("2", "Tina", "a fine northwind for sailing today", tagged=False),
        post("3", "Rosa", "@brand is it me", tagged=True),
    )
    assert list(Caught.objects.values_list("watch", "mention__external_id")) == [(row.pk, "1")]
    waiting = Conversation.objects.filter(waiting_since__isnull=False)
    assert set(waiting.values_list("person__external_id", flat=True)) == {"tom", "rosa"}
    assert Mention.objects.count() == 3  # nothing heard is thrown away


def test_without_a_watch_everything_heard_waits() -> None:
    hear(post("1", text="northwind is down again", tagged=False))
    assert conversation().waiting_since is not None


def test_a_watch_of_one_account_leaves_what_others_hear() -> None:
    one = Account.objects.create(
        channel=CHANNEL, external_id="brand", handle="@brand", connected_at=clock.now()
    )
    watches.write(dan(), None, "Northwind", "northwind", one)
    hear(post("1", text="no signal in Leeds", tagged=False))
    assert conversation().waiting_since is not None


def test_a_watch_sees_what_is_hidden_afterwards() -> None:
    watch("07700*")
    hear(post("1", text="ring 07700 900123", tagged=False))
    assert Caught.objects.count() == 1
    assert "07700" not in Mention.objects.get().text
