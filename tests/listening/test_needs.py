"""The need of a conversation is that of its neediest mention that waits."""

from datetime import datetime, timedelta

import pytest

from rejoinder.listening import needs
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.plumbing import clock
from tests.scene import last, wrote

pytestmark = pytest.mark.django_db


def read(talk: Conversation, need: Need) -> Mention:
    mention = last(talk)
    mention.need = need
    mention.save(update_fields=["need"])
    return mention


def renewed(talk: Conversation) -> int:
    needs.renew([talk.pk])
    talk.refresh_from_db()
    return talk.need


def test_the_neediest_counts_and_what_was_not_read_changes_nothing() -> None:
    talk = wrote("Tom", "no signal", thread="t")
    assert renewed(talk) == Need.COMMON
    read(talk, Need.VENT)
    assert renewed(talk) == Need.VENT
    read(wrote("Tom", "I cannot call 999", thread="t"), Need.URGENT)
    read(wrote("Tom", "useless", thread="t"), Need.VENT)
    assert renewed(talk) == Need.URGENT


def test_what_was_answered_or_deleted_counts_no_more() -> None:
    talk = wrote("Tom", "I cannot call 999", thread="t", ago=timedelta(hours=1))
    urgent = read(talk, Need.URGENT)
    later = wrote("Tom", "thanks! one more thing: my bill", thread="t")
    read(later, Need.SPECIFIC)
    later.waiting_since = last(later).created_at
    later.save(update_fields=["waiting_since"])
    assert renewed(later) == Need.SPECIFIC
    later.waiting_since = urgent.created_at
    later.save(update_fields=["waiting_since"])
    assert renewed(later) == Need.URGENT
    urgent.deleted_at = urgent.created_at
    urgent.save(update_fields=["deleted_at"])
    assert renewed(later) == Need.SPECIFIC


def test_nobody_who_does_not_wait_is_changed() -> None:
    talk = wrote("Tom", "I cannot call 999")
    read(talk, Need.URGENT)
    talk.waiting_since = None
    talk.save(update_fields=["waiting_since"])
    assert needs.renew([talk.pk]) == 0
    assert renewed(talk) == Need.COMMON


def test_the_neediest_that_waits_gives_it_and_the_newest_of_those() -> None:
    talk = wrote("Tom", "I cannot call 999", thread="t")
    read(talk, Need.URGENT)
    talk = wrote("Tom", "still not", thread="t")
    newer = read(talk, Need.URGENT)
    talk = wrote("Tom", "useless", thread="t")
    thanks = read(talk, Need.VENT)
    assert needs.giving(talk) == newer
    talk.waiting_since = None
    assert needs.giving(talk) == thanks


def test_a_need_lapses_unless_somebody_still_waits(monday: datetime) -> None:
    talk = wrote("Tom", "is it down?")
    mention = last(talk)
    assert not needs.counts(mention, talk)
    read(talk, Need.COMMON)
    mention.refresh_from_db()
    with clock.standing(monday + timedelta(days=60)):
        assert needs.counts(mention, talk)
        talk.waiting_since = None
        assert not needs.counts(mention, talk)
    with clock.standing(monday):
        assert needs.counts(mention, talk)
