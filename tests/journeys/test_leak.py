"""The leak of January, two days of it: alarm, first word, an answer and its revisions on the desk's
own page and on a real WordPress, 400 people pointed to it within the limit, and corrected.
"""

from bisect import bisect_left
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.answers.models import Answer, Told
from rejoinder.budget import rules
from rejoinder.channels import actions as channels
from rejoinder.channels.contract import Limit
from rejoinder.channels.models import Account
from rejoinder.crisis.models import Alarm, Crisis, Did
from rejoinder.desk.models import Batch, BatchItem
from rejoinder.drill.play import script
from rejoinder.listening.models import Mention, Question, ReadWith
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.plumbing.http import Network
from rejoinder.team.models import Advisor
from tests import people
from tests.crisis.crowd import usual_days
from tests.journeys.morning import HOST, Desk, desk
from tests.real.wordpress.server import WordPress, wordpress
from tests.web.pages import text

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]

MORNING = datetime(2026, 1, 25, 8, 30, tzinfo=UTC)
NEXT_DAY = datetime(2026, 1, 26, 10, 0, tzinfo=UTC)
ASKERS, A_MINUTE = 720, 6
ASKED = "Is my number sent to websites?"
QUARTER = Limit(name="15 minutes", cap=100, window=900)
MINUTE = timedelta(minutes=1)
FIRST = "We know that some websites could see your number. We are looking into it."
FIXED = "It was fixed at 14:00. Websites no longer receive your number when you browse."
TOLD = "It began on 10 January and ended on 25 January. The ICO and Ofcom know of it."


@dataclass
class Leak:
    """The desk of that day."""

    desk: Desk
    site: WordPress
    accounts: list[Account]
    alice: Client
    dan: Client


@pytest.fixture(scope="module")
def site() -> Iterator[WordPress]:
    with wordpress() as running:
        yield running


@pytest.fixture
def leak(site: WordPress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Leak]:
    with desk(MORNING, tmp_path, monkeypatch) as running, closing(Network({HOST})) as http:
        usual_days(MORNING, days=7)
        Mention.objects.update(read_with=ReadWith.CAREFUL)
        town = {"url": running.town, "handle": "northwindmobile", "watch": ""}
        blog = {"url": site.url, "user": "desk", "password": site.desk}
        brand = channels.connect("pretend", town, witness=lambda _: None, http=http)
        pages = channels.connect("wordpress", blog, witness=lambda _: None, http=http)
        running.limits(QUARTER)
        rules.adopt(brand, [QUARTER])
        running.team = [people.bob(), people.colleague("Rosa")]
        alice, dan = _signed_in(people.alice()), _signed_in(people.dan())
        yield Leak(running, site, [brand, pages], alice, dan)


def test_two_days_of_a_leak(leak: Leak, capsys: pytest.CaptureFixture[str]) -> None:
    leak.desk.runs(timedelta(minutes=30))
    began, posts = clock.now(), _posts()
    _write_until_the_alarm(leak, posts)
    alarm = Alarm.objects.get(question=None)
    crisis = _declared(leak, alarm)
    _write(leak, posts)

    answer = _answered(leak)
    pointed = _tell_everybody(leak, answer, "pointers")
    assert pointed >= 400

    _revised(leak, answer, FIXED, "It is fixed since 14:00.")
    assert _tell_everybody(leak, answer, "corrections") == pointed
    leak.desk.sleeps_until(NEXT_DAY)
    _revised(leak, answer, TOLD, "Since when it was so, and who was told of it.")
    assert _tell_everybody(leak, answer, "corrections") == pointed

    _stands_on_the_site(leak, answer)
    _a_reader_of_the_site_is_heard(leak, answer)
    _each_revision_was_told_once(answer, pointed)
    assert leak.desk.refusals() == []
    assert Reply.objects.exclude(state=State.SENT).count() == 0
    _stood_down(leak, crisis, pointed)
    with capsys.disabled():
        print(f"\nalarm {alarm.raised_at - began} after it began; {pointed} people told 3 times")


def _write_until_the_alarm(leak: Leak, posts: list[tuple[str, str]]) -> None:
    """From nine on; the desk sees it while they write."""
    for _ in range(30):
        _say(leak, posts, A_MINUTE)
        leak.desk.runs(MINUTE)
        if Alarm.objects.filter(question=None).exists():
            return
    raise AssertionError("half an hour, and no alarm")


def _write(leak: Leak, posts: list[tuple[str, str]]) -> None:
    """While they write Alice names what many ask, and says of one more what it asks."""
    while posts:
        _say(leak, posts, A_MINUTE)
        leak.desk.runs(MINUTE)
        for proposed in Question.objects.filter(name="", dismissed_at=None, people__gte=10):
            leak.alice.post(reverse("name-question", args=[proposed.pk]), {"name": ASKED})
        if Question.objects.exclude(name="").exists():
            _says_what_is_asked(leak)


def _says_what_is_asked(leak: Leak) -> None:
    """Of the newest post that the desk is not sure of."""
    unsure = Mention.objects.filter(channel="pretend", question_id=None, ours=False)
    if (mention := unsure.order_by("-id").select_related("conversation").first()) is not None:
        assert mention.conversation is not None
        values = {"mention": mention.pk, "question": ASKED}
        leak.alice.post(reverse("correct", args=[mention.conversation.public_id]), values)


def _declared(leak: Leak, alarm: Alarm) -> Crisis:
    """Dan declares on the alarm, with the first word to everybody; planned posts are paused."""
    values = {
        "name": "Numbers sent to websites",
        "alarm": str(alarm.public_id),
        "words": FIRST,
        "next": _soon(),
        "publish": "yes",
        "alone": "Nobody else is on duty yet",
        "account": [str(account.public_id) for account in leak.accounts],
        "reserve": "1",
        "askers": "10",
        "tone": "careful",
    }
    leak.dan.post(reverse("declare-crisis"), values)
    crisis = Crisis.objects.get()
    leak.desk.runs(2 * MINUTE)
    assert crisis.entries.filter(did=Did.SPREAD).count() == 2
    assert FIRST in _on_the_site(leak, crisis.answer)
    return crisis


def _answered(leak: Leak) -> Answer:
    """Alice writes the answer to what people ask; Dan reads and publishes it."""
    [question] = Question.objects.exclude(name="")
    leak.alice.post(reverse("open-answer"), {"question": question.pk})
    answer = Answer.objects.get(statements_of=None)
    _publish(leak, answer, FIRST, "")
    return answer


def _revised(leak: Leak, answer: Answer, short: str, what_changed: str) -> None:
    leak.alice.post(reverse("begin-revision", args=[answer.public_id]))
    _publish(leak, answer, short, what_changed)
    leak.desk.runs(2 * MINUTE)


def _publish(leak: Leak, answer: Answer, short: str, what_changed: str) -> None:
    page = reverse("answer", args=[answer.public_id])
    values = {
        "title": ASKED,
        "text": f"{short}\n\nWe are very sorry, and say more here as soon as we know it.",
        "short": short,
        "what_changed": what_changed,
        "careful": "data-breach",
        "regulators": "ICO and Ofcom, 11:40",
        "material": "on",
    }
    leak.alice.post(page, values | {"seen": _seen(leak, page)})
    read = answer.revisions.get(published_at=None).written_at.isoformat()
    leak.dan.post(reverse("check-answer", args=[answer.public_id]), {"seen": read})
    out = {"do": "publish", "account": [str(one.public_id) for one in leak.accounts]}
    answered = leak.dan.post(page, values | out | {"seen": _seen(leak, page)})
    assert answered.status_code == 302, text(answered)


def _tell_everybody(leak: Leak, answer: Answer, kind: str) -> int:
    """Dan looks through everybody, page by page, while replies leave as room allows."""
    before = _sent()
    while ticked := _fit(leak, answer, kind):
        leak.dan.post(reverse("begin-batch", args=[answer.public_id]), {"kind": kind} | ticked)
        done = leak.desk.runs(timedelta(hours=3), lambda: not _open_batches())
        assert done, list(BatchItem.objects.values_list("state", "why").distinct())
    return _sent() - before


def _fit(leak: Leak, answer: Answer, kind: str) -> dict[str, Any]:
    """Everybody on the page, ticked, with the words that stand beside them."""
    page = leak.dan.get(reverse("tell", args=[answer.public_id]), {"kind": kind})
    fit = page.context["fit"]
    texts = {f"text-{one.conversation.pk}": one.text for one in fit}
    return {"tell": [one.conversation.pk for one in fit]} | texts if fit else {}


def _stands_on_the_site(leak: Leak, answer: Answer) -> None:
    """The newest words, below one title; the site keeps each change of them too."""
    assert TOLD in _on_the_site(leak, answer)
    [post] = [row for row in _site_posts(leak) if ASKED in row["title"]["rendered"]]
    kept = leak.site.admin("GET", f"/posts/{post['id']}/revisions").json()
    said = [row["content"]["rendered"] for row in kept]
    for words in (FIXED, TOLD):
        assert any(words in one for one in said)


def _a_reader_of_the_site_is_heard(leak: Leak, answer: Answer) -> None:
    """Who comments below the answer stands in the queue like everybody."""
    [post] = [row for row in _site_posts(leak) if ASKED in row["title"]["rendered"]]
    leak.site.says("Tina", "And on Wi-Fi at home?", post=post["id"])
    leak.desk.runs(2 * MINUTE)
    heard = Mention.objects.get(channel="wordpress", text__contains="Wi-Fi at home")
    assert heard.conversation is not None
    assert heard.conversation.waiting_since is not None


def _each_revision_was_told_once(answer: Answer, pointed: int) -> None:
    for number in (1, 2, 3):
        told = Told.objects.filter(revision__answer=answer, revision__number=number)
        assert told.count() == told.values("person").distinct().count() == pointed
    sent = sorted(at for at in Reply.objects.values_list("sent_at", flat=True) if at)
    for place, at in enumerate(sent):  # never more than the limit in any quarter of an hour
        assert bisect_left(sent, at + timedelta(seconds=QUARTER.window)) - place <= QUARTER.cap


def _stood_down(leak: Leak, crisis: Crisis, pointed: int) -> None:
    at = {name: reverse(name, args=[crisis.public_id]) for name in ("stand-down", "crisis-report")}
    last = {"words": "It is over; the page stays.", "publish": "yes", "alone": "Its last word"}
    leak.dan.post(reverse("state-crisis", args=[crisis.public_id]), last)
    leak.dan.post(at["stand-down"], {"why": "Fixed, and everybody is told."})
    crisis.refresh_from_db()
    assert crisis.stood_down_at is not None
    report = text(leak.dan.get(at["crisis-report"]))
    for words in ("Numbers sent to websites", "The first public word came", ASKED):
        assert words in report
    pdf = leak.dan.get(reverse("crisis-report-pdf", args=[crisis.public_id])).content
    assert pdf.startswith(b"%PDF-")


def _posts() -> list[tuple[str, str]]:
    """Who writes what; all ask the same in many words."""
    known = script.words()
    random = Random(5)
    ways = list(product(known.openers, known.questions[0].asks, known.closers))
    chosen = random.sample(ways, ASKERS)
    texts = (" ".join(part for part in way if part) for way in chosen)
    filled = (said.format(brand="Northwind", place=random.choice(known.places)) for said in texts)
    return [(script.name(number), said) for number, said in enumerate(filled)]


def _say(leak: Leak, posts: list[tuple[str, str]], many: int) -> None:
    for who, said in posts[:many]:
        leak.desk.says(who, f"@northwindmobile {said}")
    del posts[:many]


def _on_the_site(leak: Leak, answer: Answer | None) -> str:
    """What everybody reads there of an answer."""
    assert answer is not None
    row = answer.revisions.order_by("-number")[0]
    rows = [one for one in _site_posts(leak) if row.title in one["title"]["rendered"]]
    return " ".join(one["content"]["rendered"] for one in rows)


def _site_posts(leak: Leak) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = httpx.get(
        f"{leak.site.url}/wp-json/wp/v2/posts?per_page=50", timeout=60
    ).json()
    return found


def _seen(leak: Leak, page: str) -> str:
    """The draft as the page shows it, for the desk to know what its writer had read."""
    return str(leak.alice.get(page).context["form"]["seen"].value())


def _sent() -> int:
    return BatchItem.objects.filter(state=BatchItem.State.SENT).count()


def _open_batches() -> bool:
    return Batch.objects.filter(ended_at=None).exists()


def _soon() -> str:
    return (clock.now() + timedelta(minutes=30)).strftime("%H:%M")


def _signed_in(advisor: Advisor) -> Client:
    client = Client()
    client.force_login(advisor, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
