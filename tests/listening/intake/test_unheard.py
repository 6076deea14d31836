"""Who asked us not to listen is not kept, unless they speak to us."""

import pytest

from rejoinder.listening.models import Mention
from rejoinder.privacy import objections
from rejoinder.privacy.vault import Person
from tests import people
from tests.listening.said import CHANNEL, delete, hear, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TOM = Person(CHANNEL, "tom")


def kept() -> set[str]:
    return set(Mention.objects.values_list("external_id", flat=True))


def test_what_they_say_about_us_is_not_kept_and_what_they_say_to_us_is() -> None:
    objections.add(TOM, people.dan())
    about, to_us = post("1", tagged=False), post("2", tagged=True)
    hear(about, to_us, post("3", public=False, tagged=False), post("4", "Tina", tagged=False))
    assert kept() == {"2", "3", "4"}


def test_on_another_channel_the_same_name_is_somebody_else() -> None:
    objections.add(TOM, people.dan())
    hear(post("1", tagged=False), channel="bluesky")
    assert kept() == {"1"}


def test_a_deletion_of_what_was_kept_before_is_followed() -> None:
    hear(post("1", tagged=False))
    objections.add(TOM, people.dan())
    hear(delete("1"))
    assert Mention.objects.get().deleted_at is not None


def test_who_takes_it_back_is_heard_again() -> None:
    hear(post("1", tagged=False))
    assert kept() == {"1"}
    objections.add(TOM, people.dan())
    objections.end(TOM)
    hear(post("2", tagged=False))
    assert kept() == {"1", "2"}
