"""The way through the desk: heard once the page was read, answered by hand where it stands."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.channels import open as opening
from rejoinder.channels.models import Account
from rejoinder.listening.hear import hand_in
from rejoinder.listening.hear.frames import unpack
from rejoinder.listening.intake import triage
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox import actions
from rejoinder.outbox.models import State
from rejoinder.outbox.reply import by_hand_page
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import FileLog
from tests import people
from tests.channels.feeds.test_receiving import FORM, PAGE, SOURCE, TARGET, Web

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    found = Web(PAGE.format("x", TARGET))
    monkeypatch.setattr(opening, "network", lambda: found)
    return found


@pytest.fixture
def log(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileLog]:
    kept = FileLog(tmp_path / "log.db")
    monkeypatch.setattr(hand_in, "log", lambda: kept)
    yield kept
    kept.close()


@pytest.fixture
def account() -> Account:
    settings = {"title": "Blogs", "feeds": "blog.example.com/feed", "site": "www.brand.example"}
    found = Account(channel="feeds", external_id="blogs", handle="Blogs", settings=settings)
    found.connected_at = clock.now()
    found.save()
    return found


def tells(account: Account, source: str = SOURCE) -> int:
    """A stranger tells the desk of a page."""
    answer = Client(enforce_csrf_checks=True).post(
        reverse("hook", args=[account.public_id]),
        urlencode({"source": source, "target": TARGET}),
        content_type=FORM["content-type"],
    )
    assert not answer.cookies
    return answer.status_code


def test_a_page_that_links_to_us_is_answered_where_it_stands(
    account: Account, log: FileLog, web: Web
) -> None:
    assert tells(account) == 200
    assert triage.run_once(log) == 1
    mention = Mention.objects.get()
    assert (mention.channel, mention.url) == ("feeds", SOURCE)
    conversation = Conversation.objects.get()
    reply = actions.queue_reply(
        conversation,
        mention,
        people.alice(),
        "It is back since noon. We are sorry.",
        account=account,
        due_at=clock.now() + timedelta(seconds=8),
    )
    assert reply.by_hand
    assert by_hand_page(reply) == SOURCE
    assert Sender(opening.open_account).run_once() == 1
    reply.refresh_from_db()
    assert reply.state == State.UNCERTAIN, "it waits for somebody to write it there"
    actions.settle(reply, people.alice(), arrived=True)
    assert reply.state == State.SENT
    assert web.asked == [SOURCE]


def test_told_again_it_stays_one_mention(account: Account, log: FileLog, web: Web) -> None:
    assert [tells(account), tells(account)] == [200, 200]
    triage.run_once(log)
    assert Mention.objects.count() == 1


def test_what_is_not_believed_is_not_heard(account: Account, log: FileLog, web: Web) -> None:
    assert tells(account, "https://localhost/secret?" + TARGET) == 200
    web.answer = type(web.answer)(500, {}, b"")
    assert tells(account) == 400
    posts = [post for _, frame in log.read(0, 9) for post in unpack(frame)[0].posts]
    assert len(posts) == 1


def test_fifty_megabytes_are_not_read(account: Account, log: FileLog, web: Web) -> None:
    answer = Client().post(
        reverse("hook", args=[account.public_id]),
        b"x" * 50_000_000,
        content_type=FORM["content-type"],
    )
    assert answer.status_code == 413
    assert web.asked == []
