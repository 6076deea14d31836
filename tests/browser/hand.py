"""What others do while a browser looks at the desk, in a process that has the desk's rows."""

import wave
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, time, timedelta
from inspect import isfunction
from io import BytesIO
from typing import Any

from django.db import transaction
from django.urls import reverse

from rejoinder.answers.models import Told
from rejoinder.budget import forecast as budget
from rejoinder.budget.actions import reserve, spend
from rejoinder.budget.correct import correct
from rejoinder.channels import actions as channels
from rejoinder.crisis.pulse import Pulse
from rejoinder.desk import actions as desk
from rejoinder.desk import consenting, leaving, saved
from rejoinder.desk.experts import areas
from rejoinder.desk.experts import asking as asking_experts
from rejoinder.desk.experts import links as expert_links
from rejoinder.desk.hiding import actions as hiding
from rejoinder.desk.identity import checking, system
from rejoinder.desk.impostors import seeking
from rejoinder.desk.models import Assignment, BusinessArea, Callback, Dialled, Draft, OwnContact
from rejoinder.desk.plan.keep_back import Planner
from rejoinder.listening.intake import triage
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.outbox.models import Moderation, Reply, State
from rejoinder.plumbing import clock, live
from rejoinder.plumbing.config import config
from rejoinder.plumbing.log import open_log
from rejoinder.privacy import contacts, voices
from rejoinder.reporting.digest import choosing
from rejoinder.reporting.digest.sending import Sender as Digests
from rejoinder.reporting.explore import asking, links, times, views
from rejoinder.reporting.zone import today, zone
from rejoinder.team import sign_in
from rejoinder.team.models import Advisor, Organisation, Role
from rejoinder.team.rota import actions as rota
from rejoinder.web.reports.digest_letter import letter
from tests import people
from tests.web import leak, newspage, stage
from tests.web import outage as outages
from tests.web.week import week_of_crisis


def link(name: str, role: str = "advisor", **values: Any) -> str:
    """A one-time link for somebody of the team."""
    Organisation.objects.get_or_create(pk=1, defaults={"name": "Northwind Mobile"})
    advisor = people.colleague(name, Role(role))
    Advisor.objects.filter(pk=advisor.pk).update(**values)
    return sign_in.colleague_link(advisor)


def says(name: str, text: str, need: str = "COMMON", **values: Any) -> str:
    """Somebody outside writes, and open pages are told."""
    talk = stage.says(name, text, need=Need[need], **values)
    live.changed(live.QUEUE, live.conversation(talk.public_id))
    return str(talk.public_id)


def tells(talk: str, number: str) -> None:
    """They told how they are reached, in a private message, and agreed to hear of faults."""
    found = _talk(talk)
    person = found.person
    with transaction.atomic():
        contacts.seal([contacts.Reach(person.channel, person.external_id, "phone", number)])
    Mention.objects.filter(conversation=found).update(public=False)
    until = today() + timedelta(days=90)
    answer = consenting.Answer("phone", "service-notice", until, yes=True)
    consenting.keep(found, people.alice(), answer)


def exposes(name: str, *, hidden: bool) -> list[str]:
    """Somebody wrote a number on our blog, and Dan hid it or not; the conversation and its page."""
    words = "Still no signal. Ring me on [••• phone number], any time."
    talk = stage.says(name, words, channel="wordpress", ref={"post": 1})
    post = Mention.objects.get(conversation=talk)
    if hidden:
        why = hiding.Asking("exposing", "her own number", 30, sure=False)
        row = hiding.hide(post, people.dan(), why)
        Moderation.objects.filter(pk=row.pk).update(state=State.SENT, sent_at=clock.now())
        Mention.objects.filter(pk=post.pk).update(hidden=True)
    page = reverse("who-sees", args=[talk.public_id, post.pk])
    return [str(talk.public_id), page]


def calls(name: str) -> str:
    """Somebody left a message at the exchange, and the desk has fetched it."""
    talk = stage.says(name, "Voicemail, 0:34.", channel="phone", ref={"kind": "call"})
    post = Mention.objects.get(conversation=talk)
    post.media = [{"kind": "audio", "url": "", "alt": "0:34"}]
    post.save()
    with transaction.atomic():
        voices.seal(post, talk.person.external_id, _silence())
    return str(talk.public_id)


def rings(name: str, *, going: bool) -> str:
    """Somebody waits for a call that Olga can make, or is making."""
    talk = stage.says(name, "Please call me after two.", channel="phone", ref={"kind": "callback"})
    with transaction.atomic():
        contacts.seal([contacts.Reach("phone", talk.person.external_id, "phone", "020 7946 0123")])
    account = stage.account(channel="phone")
    account.settings = {
        "hours": "mon-sun 07:00-22:00",
        "calls": "6",
        "exchange": "https://pbx.example.com",
        "outside": "PJSIP/{number}@trunk",
    }
    account.save()
    olga, now = people.olga(), clock.now()
    Advisor.objects.filter(pk=olga.pk).update(extension="PJSIP/101")
    desk.take(talk, olga)
    hour = timedelta(hours=1)
    Callback.objects.create(
        channel="phone",
        thread=talk.thread,
        from_at=now - hour,
        to_at=now + hour,
        promised_at=now - 3 * hour,
    )
    if going:
        Dialled.objects.create(
            conversation=talk, advisor=olga, account=account, stage="them", asked_at=now, since=now
        )
    return str(talk.public_id)


def spams(number: int) -> None:
    """So many accounts that nobody knows send people to one address."""
    told = "You won a phone! See https://prizes.example.net/now"
    first = Mention.objects.get(conversation=stage.says("Prize 0", told))
    talks = [stage.says(f"Prize {each}", told) for each in range(1, number)]
    said = Mention.objects.filter(pk__in=[talk.last_mention_id or 0 for talk in talks])
    said.update(copy_of=first.pk)


def passes_for_us(talk: str) -> None:
    """Somebody who looks like us answers in a conversation, and is looked at."""
    stage.person("Northwind Mobile Help", handle="n0rthwind-help.example")
    told = "Hello! Please send your PIN and we will refund you."
    stage.says("Northwind Mobile Help", told, thread=_talk(talk).thread)
    seeking.run()


def shows(name: str, called: str = "By need", **asks: str) -> str:
    """A view of the team and a link to it, which goes to its maker each week; the link's path."""
    maker = people.colleague(name)
    view = views.save(maker, called, asking.asked(asks or {"by": "need"}), shared=True)
    times.choose(maker, view, maker, 0, 8)
    _link, address = links.make(maker, view, today(), "https://intranet.example.com")
    return address.removeprefix(config().base_url)


def many(number: int) -> None:
    """A long queue."""
    for at in range(number):
        stage.says(f"Person {at}", f"No signal since eleven, street {at}", minutes_ago=at % 500)


def crowd(number: int) -> list[str]:
    """A long queue of all needs, all over an hour old; their names, in the order of the queue."""
    needs = [Need.URGENT, *[Need.SPECIFIC] * 3, *[Need.COMMON] * 6]
    with transaction.atomic():
        for at in range(number):
            text = f"No signal since eleven, street {at}"
            stage.says(f"Person {at}", text, minutes_ago=60 + number - at, need=needs[at % 10])
    rows = Conversation.objects.order_by("need", "waiting_since")
    return [str(name) for name in rows.values_list("public_id", flat=True)]


def taken() -> list[str]:
    """Each conversation that was taken, in the order in which it was taken first."""
    rows = Assignment.objects.order_by("id").values_list("conversation__public_id", flat=True)
    return list(dict.fromkeys(map(str, rows)))


def opens(channel: str, **values: str) -> None:
    """The desk opens a channel that needs no platform."""
    channels.connect(channel, values, witness=lambda _: None)


def triages() -> None:
    """What came to the pages of the desk becomes mentions."""
    with closing(open_log()) as log:
        while triage.run_once(log):
            pass


def asks(name: str, talk: str, text: str) -> str:
    """A colleague asks Erin of billing; the path of the page that Erin's letter leads to."""
    dan, due = people.dan(), clock.now() + timedelta(hours=2)
    area = areas.keep(dan, "Billing", ["billing"])
    erin = areas.add_expert(dan, area, "Erin", "erin@example.com", "en-gb")
    asked = asking_experts.ask(_talk(talk), people.colleague(name), [erin], text, due)
    return expert_links.address(asked.links.get()).removeprefix(config().base_url)


def checks(name: str, talk: str) -> str:
    """A colleague offers somebody a check of who they are; the path of its page."""
    for domain in ("northwind.example", "localhost"):
        OwnContact.objects.get_or_create(
            kind="domain",
            text=domain,
            defaults={"added_by": people.dan(), "added_at": clock.now()},
        )
    system.connect(people.olga(), "https://id.northwind.example/check")
    Mention.objects.filter(conversation=_talk(talk)).update(public=False)
    offered = checking.offer(_talk(talk), people.colleague(name))
    return checking.address(offered).removeprefix(config().base_url)


def works(name: str, hours: str) -> None:
    """Olga writes when a colleague works."""
    rota.set_hours(people.olga(), people.colleague(name), typed=hours)


def takes(name: str, talk: str) -> None:
    """A colleague takes a conversation."""
    desk.take(_talk(talk), people.colleague(name))


def notes(name: str, talk: str, text: str) -> None:
    """A colleague leaves a note."""
    desk.note(_talk(talk), people.colleague(name), text)


def saves(name: str, text: str) -> None:
    """Dan keeps a reply that is written often."""
    saved.keep(people.dan(), name, text)


def hands(giver: str, taker: str, talk: str, note: str) -> None:
    """A colleague hands a conversation over."""
    desk.hand_over(_talk(talk), people.colleague(giver), people.colleague(taker), note)


def answers(name: str, talk: str, text: str) -> None:
    """A colleague answers, and it is out."""
    reply = desk.answer(_talk(talk), people.colleague(name), text)
    at = clock.now() - timedelta(minutes=1)
    Reply.objects.filter(pk=reply.pk).update(state=State.SENT, sent_at=at, due_at=at)


def deletes(talk: str) -> None:
    """The person deletes what they wrote."""
    Mention.objects.filter(conversation=_talk(talk)).update(deleted_at=clock.now(), text="")
    live.changed(live.conversation(talk))


def removes(name: str) -> None:
    """Olga removes a colleague."""
    leaving.remove(people.olga(), people.colleague(name))


def outage(people_asking: int = 400, waiting: int = 40) -> str:
    """A crisis is three hours old."""
    crisis = outages.happen(people_asking, waiting)
    live.changed(live.CRISIS)
    return str(crisis.public_id)


def week() -> str:
    """A week that is over, with a crisis in it; its first day."""
    return week_of_crisis().first.isoformat()


def digests(first: str, area: str, email: str) -> None:
    """On the Monday after a week the digest of an area leaves."""
    ended = datetime.combine(date.fromisoformat(first), time(8), zone()) + timedelta(weeks=1)
    dan, found = people.dan(), BusinessArea.objects.get(name=area)
    with clock.standing(ended - timedelta(hours=1)):
        choosing.choose(dan, found, areas.add_expert(dan, found, "Priya", email, "en-gb"), 0, 8)
    with clock.standing(ended):
        Digests(letter).run()


def leaks() -> str:
    """A gateway told numbers to every website; forty people are listed, most were told."""
    return str(leak.gateway().public_id)


def advertises() -> dict[str, str]:
    """Numbers given for security were wanted for advertising; what to ask the ledger about it."""
    return leak.advertising()


def pulse() -> None:
    """Five seconds are over."""
    Pulse().run()


def answer_of(talk: str) -> list[str]:
    """A public answer to what somebody asks: its row's name and the code of its short link."""
    answer = newspage.day(_talk(talk))
    return [str(answer.public_id), answer.code]


def told() -> list[str]:
    """Who was told an answer by a reply."""
    return [row.person.name for row in Told.objects.exclude(reply=None).select_related("person")]


def scarce(left: int, cap: int = 300) -> None:
    """The account may send `cap` replies a day, and has so many left; the plan is made."""
    account = stage.account()
    limit = budget.left(account)[-1]
    correct(account, people.olga(), limit.name, cap * limit.cost)
    now = clock.now()
    for number in range(cap - left):
        with clock.standing(now - timedelta(minutes=number % 300)):
            reservation = reserve(account, None, None)
            assert reservation
            spend(reservation.pk)
    Planner().run()


def replies() -> list[list[str]]:
    """Every reply: its words and where it is."""
    return [[reply.text, str(reply.state)] for reply in Reply.objects.order_by("id")]


def written() -> list[list[str]]:
    """Every reply: the conversation, who wrote it, and its words without the co-sign."""
    rows = Reply.objects.order_by("id").select_related("conversation", "advisor")
    return [[str(row.conversation.public_id), row.advisor.name, row.text] for row in rows]


def drafts() -> list[list[str]]:
    """Every draft: the conversation, whose it is, and its words."""
    rows = Draft.objects.order_by("id").select_related("conversation", "advisor")
    return [[str(row.conversation.public_id), row.advisor.name, row.text] for row in rows]


def holder(talk: str) -> str:
    """Who has a conversation."""
    return str(_talk(talk).holder or "")


def _silence() -> bytes:
    """A second of nothing, as an exchange writes it."""
    written = BytesIO()
    with wave.open(written, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(16_000))
    return written.getvalue()


def _talk(public_id: str) -> Conversation:
    return Conversation.objects.get(public_id=public_id)


CAN: dict[str, Callable[..., object]] = {
    name: each
    for name, each in globals().copy().items()
    if isfunction(each) and each.__module__ == __name__ and not name.startswith("_")
}
