"""Tom comments on our blog; the desk hears him, Alice answers once, below his words.

And the answer to everybody: a post of the site, brought up to date in its place, its revisions
kept there; whatever kills the sender in between.
"""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from rejoinder.channels import actions as channels
from rejoinder.channels.contract import Channel
from rejoinder.channels.models import Account
from rejoinder.channels.open import open_account
from rejoinder.desk import actions as desk
from rejoinder.listening.hear.listen import run_once
from rejoinder.listening.intake import triage
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox import pause, publish
from rejoinder.outbox.actions import undo_hold
from rejoinder.outbox.models import State
from rejoinder.outbox.reconcile import reconcile
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock, ids
from rejoinder.plumbing.http import Network
from rejoinder.plumbing.log import FileLog
from tests import apart, people
from tests.faults.test_sender import killed
from tests.real.wordpress.server import WordPress

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]

Opened = Callable[[Account], Channel]


@pytest.fixture
def log(tmp_path: Path) -> Iterator[FileLog]:
    kept = FileLog(tmp_path / "intake.sqlite3")
    yield kept
    kept.close()


@pytest.fixture
def opened(http: Network) -> Opened:
    return lambda account: open_account(account, http)


@pytest.fixture
def account(site: WordPress, http: Network, log: FileLog, opened: Opened) -> Account:
    """Our site, connected, and heard up to now."""
    values = {"url": site.url, "user": "desk", "password": site.desk}
    found = channels.connect("wordpress", values, witness=lambda _: None, http=http)
    run_once(log, opened)
    return found


def page(site: WordPress, title: str) -> int:
    """A post of the site to comment on."""
    post = {"title": title, "content": "Ask below.", "status": "publish"}
    return int(site.admin("POST", "/posts", json=post).json()["id"])


def heard(log: FileLog, opened: Opened, words: str) -> Mention:
    run_once(log, opened)
    while triage.run_once(log):
        pass
    return Mention.objects.get(text__contains=words)


def replies(site: WordPress, post: int) -> list[dict[str, Any]]:
    """Our comments below a post, as everybody reads them."""
    found = httpx.get(f"{site.url}/wp-json/wp/v2/comments?post={post}&per_page=100", timeout=60)
    return [row for row in found.json() if row["author_name"] == "Desk"]


def test_a_comment_is_a_mention_and_the_answer_stands_below_it(
    site: WordPress, account: Account, log: FileLog, opened: Opened
) -> None:
    post = page(site, "Outage")
    asked = site.says("Tom", "My phone has no signal since nine, postcode LS1", post=post)
    mention = heard(log, opened, "no signal since nine")
    assert (mention.person.handle, mention.account) == ("Tom", account)
    assert mention.conversation is not None
    conversation = desk.take(mention.conversation, people.alice())
    desk.start_reply(conversation, people.alice())
    reply = desk.answer(conversation, people.alice(), "Sorry, Tom. It is back at noon. ^AK")
    with clock.standing(clock.now() + undo_hold()):
        assert Sender(opened).run_once() == 1
        assert Sender(opened).run_once() == 0
    reply.refresh_from_db()
    assert (reply.state, reply.words) == (State.SENT, "")
    [row] = replies(site, post)
    assert row["parent"] == asked
    assert "It is back at noon" in row["content"]["rendered"]
    # A reader finds it on the page itself, where the receipt says.
    shown = httpx.get(reply.url, follow_redirects=True, timeout=60).text
    assert "It is back at noon" in shown
    # Our own words come in as ours: they open no conversation and wait for nobody.
    assert heard(log, opened, "back at noon").ours
    assert Conversation.objects.count() == 1
    assert Conversation.objects.get().waiting_since is None


def test_what_readers_and_moderators_change_is_followed(
    site: WordPress, account: Account, log: FileLog, opened: Opened
) -> None:
    post = page(site, "Roaming")
    asked = site.says("Tina", "Is roaming down as well", post=post)
    heard(log, opened, "roaming down as well")
    site.admin("POST", f"/comments/{asked}", json={"content": "Is roaming down in Spain"})
    assert heard(log, opened, "down in Spain").edited_at is not None
    site.admin("POST", f"/comments/{asked}", json={"status": "spam"})
    run_once(log, opened)
    triage.run_once(log)
    gone = Mention.objects.get(external_id__endswith=f"#comment-{asked}")
    assert (gone.text, gone.deleted_at is not None) == ("", True)
    held = site.says("Tina", "hold-me Is roaming still down", post=post)
    waiting = heard(log, opened, "still down")
    assert waiting.hidden
    assert waiting.external_id.endswith(f"#comment-{held}")


def test_a_post_that_moved_is_found_by_the_address_that_was_heard(
    site: WordPress, account: Account, log: FileLog, opened: Opened
) -> None:
    post = page(site, "Old address")
    site.says("Tom", "Where did this page go", post=post)
    mention = heard(log, opened, "this page go")
    before = site.admin("GET", f"/posts/{post}").json()["link"]
    site.admin("POST", f"/posts/{post}", json={"slug": "new-address"})
    for address in (mention.url, before):
        found = httpx.get(address, follow_redirects=True, timeout=60)
        assert found.status_code == 200
        assert found.url.path == "/new-address/"
        assert "Where did this page go" in found.text


def test_an_answer_to_everybody_is_a_post_with_its_revisions(
    site: WordPress, account: Account, opened: Opened
) -> None:
    subject, author = ids.new(), people.alice()

    def queue(number: int, html: str) -> None:
        publish.queue(
            account,
            subject=subject,
            number=number,
            title="Is my number affected?",
            text=html,
            html=f"<p>{html}</p>",
            url="https://desk.example.com/answers/7",
            language="en",
            pin=True,
            actor=author,
        )

    queue(1, "We are looking into it.")
    assert Sender(opened).run_once() == 1
    [first] = publish.standing(subject)
    assert first.url.startswith(f"{site.url}/is-my-number-affected-")
    pause.pause(people.dan(), "A crisis")
    queue(2, "No payment data was involved.")
    assert Sender(opened).run_once() == 0
    pause.resume(people.dan(), held=1)
    assert Sender(opened).run_once() == 1
    queue(3, "No payment data was involved; we have told the ICO.")
    assert Sender(opened).run_once() == 1

    [third] = publish.standing(subject)
    assert (third.number, third.external_id, third.url) == (3, first.external_id, first.url)
    shown = httpx.get(third.url, timeout=60).text
    assert "we have told the ICO" in shown
    assert "We are looking into it" not in shown
    number = int(third.external_id.rpartition("=")[2])
    entry = site.admin("GET", f"/posts/{number}?context=edit").json()
    assert (entry["sticky"], entry["title"]["raw"]) == (True, "Is my number affected?")
    revisions = site.admin("GET", f"/posts/{number}/revisions?context=edit").json()
    said = [row["content"]["raw"] for row in revisions]
    # Newest first; sites older than 6.4 keep each state only from the first change on.
    assert "told the ICO" in said[0]
    assert "payment" in said[1]
    assert "ICO" not in said[1]


def test_a_sender_killed_in_between_says_and_publishes_once(
    site: WordPress, tmp_path: Path
) -> None:
    """First with the reply, then with the publication on the site and nothing written here."""
    post = page(site, "Killed")
    asked = site.says("Tom", "no signal, and no answer", post=post)
    env = apart.desk(tmp_path) | {"REJOINDER_ALLOW_PRIVATE": "127.0.0.1"}
    does = "tests.real.wordpress.sending"
    apart.said(env, "-m", does, "prepare", site.url, site.desk, str(asked), "Killed, and back")
    killed(env, "send.answered", "rejoinder.cli", "send")
    killed(env, "send.answered", "rejoinder.cli", "send")
    told = json.loads(apart.said(env, "-m", does, "later", "5", "and the rest"))
    assert told == {"reply": "sent", "publication": "sent"}
    assert [row["parent"] for row in replies(site, post)] == [asked]
    entries = site.admin("GET", "/posts?per_page=100&orderby=id&order=desc").json()
    assert [entry["title"]["rendered"] for entry in entries].count("Killed, and back") == 1


def test_a_reply_in_doubt_is_looked_up_on_the_site(
    site: WordPress, account: Account, log: FileLog, opened: Opened, http: Network
) -> None:
    """The answer of the site is lost on its way: the comment is there once all the same."""
    from rejoinder.plumbing.answer import Answer, NoAnswerError

    class Losing:
        def call(self, method: str, url: str, **more: Any) -> Answer:
            answer = http.call(method, url, **more)
            if method == "POST":
                raise NoAnswerError("The site gave no answer.", may_have_arrived=True)
            return answer

    post = page(site, "Lost")
    site.says("Tom", "Do you get this", post=post)
    mention = heard(log, opened, "Do you get this")
    assert mention.conversation is not None
    conversation = desk.take(mention.conversation, people.alice())
    reply = desk.answer(conversation, people.alice(), "We do.")
    with clock.standing(clock.now() + undo_hold()):
        Sender(lambda row: open_account(row, Losing())).run_once()
        reply.refresh_from_db()
        assert reply.state == State.UNCERTAIN
        clock.turn(timedelta(seconds=1))
        assert reconcile(opened) == 1
    reply.refresh_from_db()
    assert reply.state == State.SENT
    assert len(replies(site, post)) == 1
