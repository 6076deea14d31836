"""Alice asks billing, Erin answers from her e-mail, and Tom hears by the time he was promised."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client
from django.urls import reverse

from rejoinder.desk import actions as desk
from rejoinder.desk.experts import areas, mailing, standing
from rejoinder.desk.holding import Work
from rejoinder.desk.models import BusinessArea, Promise, Referral, ReferralWord
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.privacy.vault import Person
from rejoinder.team.models import AuditLine
from rejoinder.team.notify import mail
from tests import people
from tests.conftest import MONDAY
from tests.team.notify.test_calls import Post
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

DUE = "2026-03-02T10:00"
PROMISED = "2026-03-02T10:30"


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    handler = Post()
    server = Controller(handler, hostname="127.0.0.1", port=handler.port)
    server.start()
    url = f"smtp://desk%40example.com@127.0.0.1:{handler.port}"
    set_to = config().model_copy(update={"smtp_url": url})
    monkeypatch.setattr(mail, "config", lambda: set_to)
    yield handler
    server.stop()


@pytest.fixture
def billing() -> BusinessArea:
    return area("Billing", "Erin")


@pytest.fixture
def talk() -> Conversation:
    said = "my bill doubled, call me on ••• phone number"
    return desk.take(stage.says("Tom Sample", said), people.alice())


def area(name: str, *experts: str) -> BusinessArea:
    made = areas.keep(people.dan(), name, ["billing"])
    for one in experts:
        areas.add_expert(people.dan(), made, one, f"{one.lower()}@example.com", "en-gb")
    return made


def ask(browser: Client, talk: Conversation, to: BusinessArea, **values: str) -> Any:
    given = {
        "whom": f"area-{to.pk}",
        "text": "Was he charged twice? He is on 07700 900123.",
        "due": DUE,
        "promise": PROMISED,
    }
    return browser.post(reverse("ask-expert", args=[talk.public_id]), given | values, follow=True)


def content(letter: Message) -> str:
    """The words of an e-mail that came."""
    return bytes(letter.get_payload(decode=True)).decode()


def link(post: Post, place: int = -1) -> str:
    """The path in an e-mail that came."""
    mailing.deliver()
    words = content(post.came[place])
    found = re.search(r"https?://[^/\s]+(/expert/\S+)", words)
    assert found, words
    return found[1]


def test_an_answer_comes_back_as_a_draft_with_its_expert(
    alice: Client, post: Post, billing: BusinessArea, talk: Conversation
) -> None:
    page = ask(alice, talk, billing)
    assert "With Billing, due 10:00, in 1 h" in text(page)
    assert "You hear from us by 10:30." in source(page)
    desk.save_draft(talk, people.alice(), "")
    stranger, at = Client(), link(post)

    opened = stranger.get(at)
    done = stranger.post(at, {"do": "answer", "text": "He was; it goes back by Friday."})

    assert post.came[0]["To"] == "erin@example.com"
    assert "my bill doubled" in text(opened)
    assert "Was he charged twice?" in text(opened)
    assert "Thank you" in text(done)
    page = alice.get(reverse("conversation", args=[talk.public_id]))
    assert ">He was; it goes back by Friday.</textarea>" in source(page)
    assert "This draft is from Erin of Billing, 09:00." in text(page)
    assert AuditLine.objects.filter(action="an expert answered, of").exists()


def test_the_page_has_no_cookie_no_script_no_name_and_no_number(
    alice: Client, post: Post, billing: BusinessArea, talk: Conversation
) -> None:
    ask(alice, talk, billing)

    opened = Client().get(link(post))

    assert not opened.cookies
    assert "<script" not in source(opened)
    assert "Tom" not in source(opened)
    assert "900123" not in source(opened)
    assert "my bill" not in content(post.came[0])
    assert opened.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in opened.headers["Cache-Control"]


def test_a_link_that_is_forged_over_or_taken_back_shows_nothing(
    alice: Client, post: Post, billing: BusinessArea, talk: Conversation
) -> None:
    ask(alice, talk, billing)
    at = link(post)
    forged = at[:-1] + ("A" if at[-1] != "A" else "B")

    assert Client().get(forged).status_code == 404
    with clock.standing(MONDAY + timedelta(days=1, hours=1)):
        late = Client().get(at)
        written = Client().post(at, {"do": "answer", "text": "late"})
    alice.post(reverse("take-back", args=[Referral.objects.get().public_id]))
    gone = Client().get(at)

    assert (late.status_code, written.status_code, gone.status_code) == (410, 410, 410)
    assert "bill doubled" not in source(late) + source(written) + source(gone)
    assert not ReferralWord.objects.exists()


def test_the_first_answer_shuts_the_links_of_the_others(
    alice: Client, post: Post, talk: Conversation
) -> None:
    ask(alice, talk, area("Network", "Erin", "Nils"))
    first, second = link(post, 0), link(post, 1)

    Client().post(first, {"do": "answer", "text": "It is mast 114."})
    again = Client().post(second, {"do": "answer", "text": "No, 115."})

    assert first != second
    assert again.status_code == 410
    assert list(ReferralWord.objects.values_list("text", flat=True)) == ["It is mast 114."]


def test_an_expert_asks_back_and_hears_more(
    alice: Client, post: Post, billing: BusinessArea, talk: Conversation
) -> None:
    ask(alice, talk, billing)
    at = link(post)

    Client().post(at, {"do": "ask", "text": "Which month?"})
    page = alice.get(reverse("conversation", args=[talk.public_id]))
    row = Referral.objects.get()
    alice.post(reverse("tell-expert", args=[row.public_id]), {"text": "March."})

    assert "Erin asks back" in text(page)
    assert link(post) == at
    assert len(post.came) == 2
    assert "March." in text(Client().get(at))


def test_not_mine_goes_to_another_area_and_shuts_the_first_link(
    alice: Client, post: Post, billing: BusinessArea, talk: Conversation
) -> None:
    network = area("Network", "Nils")
    ask(alice, talk, billing)
    at = link(post)

    Client().post(at, {"do": "pass", "whom": f"area-{network.pk}", "text": "a mast, not a bill"})

    page = alice.get(reverse("conversation", args=[talk.public_id]))
    assert "With Network, due 10:00" in text(page)
    assert "Erin passed it on to Network" in text(page)
    assert "a mast, not a bill" in text(Client().get(link(post)))
    assert post.came[-1]["To"] == "nils@example.com"
    assert Client().get(at).status_code == 410


def test_much_writing_within_an_hour_is_refused(
    alice: Client, post: Post, billing: BusinessArea, talk: Conversation
) -> None:
    ask(alice, talk, billing)
    at = link(post)

    codes = [Client().post(at, {"do": "ask", "text": f"and {n}?"}).status_code for n in range(11)]

    assert codes == [302] * 10 + [429]


def test_what_is_late_is_said_and_reminded_of_once(
    alice: Client, post: Post, billing: BusinessArea, talk: Conversation
) -> None:
    ask(alice, talk, billing)
    link(post)

    with clock.standing(MONDAY + timedelta(minutes=77)):
        mailing.deliver()
        mailing.deliver()
        page = alice.get(reverse("mine"))

    assert "With Billing, due 10:00, 17 min late" in text(page)
    assert [one["Subject"] for one in post.came] == [
        "Alice asks Billing",
        "Still open: Alice asks Billing",
    ]


def test_the_promise_is_kept_by_the_reply_after_the_answer_and_by_no_other(
    alice: Client, post: Post, billing: BusinessArea, talk: Conversation
) -> None:
    ask(alice, talk, billing)
    at = link(post)

    holding = _sent(talk, "You hear from us by 10:30.")
    assert Promise.objects.get().kept_at is None
    with clock.standing(MONDAY + timedelta(minutes=40)):
        Client().post(at, {"do": "answer", "text": "It goes back."})
        _sent(talk, "It goes back.")

    kept_at = Promise.objects.get().kept_at
    assert kept_at
    assert holding.written_at < kept_at


def test_a_conversation_that_nobody_has_waits_again_with_who_asked(
    alice: Client, post: Post, billing: BusinessArea, talk: Conversation
) -> None:
    ask(alice, talk, billing)
    at = link(post)
    Conversation.objects.filter(pk=talk.pk).update(
        holder=None, held_at=None, waiting_since=None, answered_at=MONDAY
    )

    Client().post(at, {"do": "answer", "text": "It goes back."})

    talk.refresh_from_db()
    assert talk.holder == people.alice()
    assert talk.waiting_since == MONDAY
    draft = desk.draft(talk, people.alice())
    assert draft
    assert "It goes back." in draft.text or Referral.objects.get().used_at is None


def test_what_somebody_wrote_on_is_not_overwritten(
    alice: Client, post: Post, billing: BusinessArea, talk: Conversation
) -> None:
    ask(alice, talk, billing)
    desk.save_draft(talk, people.alice(), "Good morning.")
    Client().post(link(post), {"do": "answer", "text": "It goes back."})
    row = Referral.objects.get()

    alice.post(reverse("use-expert", args=[row.public_id]))
    alice.post(reverse("use-expert", args=[row.public_id]))

    draft = desk.draft(talk, people.alice())
    assert draft
    assert draft.text == "Good morning.\n\nIt goes back."


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"text": " "}, "Write what you want to know."),
        ({"whom": "area-0"}, "Choose whom to ask."),
        ({"due": "2026-03-02T08:00"}, "Ask for a moment to come"),
        ({"promise": "2026-03-02T09:30"}, "Promise a moment after"),
        ({"due": "noon"}, "Write a time such as 14:30."),
    ],
)
@pytest.mark.usefixtures("post")
def test_what_cannot_be_asked_is_refused_with_the_reason(
    alice: Client, billing: BusinessArea, talk: Conversation, values: dict[str, str], says: str
) -> None:
    assert says in notices(ask(alice, talk, billing, **values))
    assert not Referral.objects.exists()


def test_only_who_has_the_conversation_or_steers_asks(
    bob: Client, post: Post, billing: BusinessArea, talk: Conversation
) -> None:
    assert "Alice has this conversation." in notices(ask(bob, talk, billing))


def test_without_a_mail_server_nobody_is_asked(
    alice: Client, billing: BusinessArea, talk: Conversation
) -> None:
    assert "REJOINDER_SMTP_URL" in notices(ask(alice, talk, billing))


def test_an_expert_who_is_removed_has_no_page_any_more(
    alice: Client, dan: Client, post: Post, billing: BusinessArea, talk: Conversation
) -> None:
    ask(alice, talk, billing)
    at = link(post)

    dan.post(reverse("remove-expert", args=[billing.experts.get().pk]))

    assert Client().get(at).status_code == 410
    assert not areas.to_ask()


def test_what_was_asked_about_somebody_goes_with_them(
    alice: Client, post: Post, billing: BusinessArea, talk: Conversation
) -> None:
    ask(alice, talk, billing)
    Client().post(link(post), {"do": "ask", "text": "Which month?"})
    tom = Person(talk.person.channel, talk.person.external_id)

    told = [each["text"] for each in Work().export(tom)]
    Work().erase(tom)

    assert "Which month?" in told
    assert any("Was he charged twice?" in each for each in told)
    assert not Referral.objects.exclude(text="").exists()
    assert not ReferralWord.objects.exclude(text="").exists()


def test_a_lead_keeps_areas(dan: Client) -> None:
    dan.post(reverse("keep-area"), {"name": "Shops", "intents": ["sales", "nonsense"]})
    made = BusinessArea.objects.get()
    page = dan.post(reverse("keep-area"), {"name": "Shops"}, follow=True)
    given = {"name": "Sara", "email": "no address", "language": "de"}
    wrong = dan.post(reverse("add-expert", args=[made.pk]), given, follow=True)
    dan.post(reverse("add-expert", args=[made.pk]), given | {"email": "sara@example.com"})

    assert made.intents == ["sales"]
    assert "There is an area “Shops” already." in notices(page)
    assert "This is no e-mail address." in notices(wrong)
    assert made.experts.get().language == "de"
    dan.post(reverse("end-area", args=[made.pk]))
    assert not areas.kept()


def _sent(talk: Conversation, text: str) -> Reply:
    mention = desk.to_answer(talk)
    reply = Reply.objects.create(
        conversation=talk,
        mention=mention,
        advisor=people.alice(),
        account=stage.account(),
        text=text,
        written_at=clock.now(),
        due_at=clock.now(),
        state=State.SENT,
        sent_at=clock.now(),
    )
    standing.after(reply)
    return reply
