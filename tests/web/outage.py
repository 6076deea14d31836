"""A made-up outage, three hours old, in rows: what a crisis room has to show."""

import math
import random
from datetime import datetime, timedelta

from rejoinder.answers import actions as answers
from rejoinder.answers.models import Revision, Told
from rejoinder.answers.words import Words
from rejoinder.crisis import actions
from rejoinder.crisis.models import Crisis, Entry, Kind, Promise
from rejoinder.crisis.policy import Policy, Tone
from rejoinder.listening.models import Conversation, Mention, MinuteCount, Need, Question
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from tests import people
from tests.web import stage

MINUTE = timedelta(minutes=1)
LASTED = timedelta(hours=2, minutes=50)
ASKED = ("No signal", "Money back for today", "Does 999 work?", "Voicemail not found")


def weeks(now: datetime, heard_weeks: int = 9) -> None:
    """What was counted in the last weeks: two mentions a minute at noon, none at night."""
    rng = random.Random(7)
    rows = []
    for week in range(1, heard_weeks):
        for minute in range(-10, 12 * 60):
            at = now - timedelta(weeks=week) - minute * MINUTE
            usual = 1 + math.cos((at.hour - 14) / 24 * 2 * math.pi)
            many = sum(rng.random() < usual / 4 for _ in range(4))
            rows.append(MinuteCount(channel=stage.CHANNEL, minute=_whole(at), mentions=many))
    rows.append(MinuteCount(channel=stage.CHANNEL, minute=_whole(now - timedelta(weeks=10))))
    MinuteCount.objects.bulk_create(rows)


def happen(people_asking: int = 400, waiting: int = 40) -> Crisis:
    """The outage began 2 h 50 min ago; most were answered, some wait, two promises are open."""
    now = clock.now()
    weeks(now)
    questions = [
        Question.objects.create(name=name, people=9, first_at=now, last_at=now) for name in ASKED
    ]
    talks = _said(now, people_asking, questions)
    with clock.standing(now - LASTED + 8 * MINUTE):
        crisis = _declared(now)
    _told(questions[:2], talks, now)
    _answered(talks[: len(talks) - waiting], now)
    _written(crisis, now)
    return crisis


def _said(now: datetime, many: int, questions: list[Question]) -> list[Conversation]:
    """Everybody as one conversation with one mention; hardly anybody before it began."""
    rng, ours = random.Random(11), stage.account()
    moments = sorted(_moment(rng, now) for _ in range(many))
    talks, mentions = [], []
    for number, at in enumerate(moments):
        who = stage.person(f"Person {number}")
        talks.append(
            Conversation(
                channel=stage.CHANNEL,
                thread=f"at://{number}",
                person=who,
                account=ours,
                need=rng.choices((Need.URGENT, Need.SPECIFIC, Need.COMMON), (1, 9, 40))[0],
                opened_at=at,
                last_at=at,
                waiting_since=at,
            )
        )
    talks = Conversation.objects.bulk_create(talks)
    for number, talk in enumerate(talks):
        bad = rng.random() < 0.7
        mentions.append(
            Mention(
                channel=stage.CHANNEL,
                external_id=f"at://{number}/1",
                account=ours,
                conversation=talk,
                person_id=talk.person_id,
                thread=talk.thread,
                text="No signal since this morning",
                created_at=talk.opened_at,
                heard_at=talk.opened_at,
                need=talk.need,
                intent="outage" if bad else "sales",
                sentiment="negative" if bad else rng.choice(("neutral", "positive")),
                question_id=rng.choices(questions, (60, 12, 8, 3))[0].pk,
            )
        )
    mentions = Mention.objects.bulk_create(mentions)
    for talk, mention in zip(talks, mentions, strict=True):
        talk.last_mention_id = mention.pk
    Conversation.objects.bulk_update(talks, ["last_mention_id"])
    _count(talks)
    return talks


def _moment(rng: random.Random, now: datetime) -> datetime:
    if rng.random() < 0.1:
        return now - LASTED - 3 * 60 * rng.random() * MINUTE
    return now - LASTED + min(1.0, rng.betavariate(1.5, 2.5)) * LASTED


def _count(talks: list[Conversation]) -> None:
    counted: dict[datetime, int] = {}
    for talk in talks:
        minute = _whole(talk.opened_at)
        counted[minute] = counted.get(minute, 0) + 1
    MinuteCount.objects.bulk_create(
        MinuteCount(channel=stage.CHANNEL, minute=minute, mentions=many)
        for minute, many in counted.items()
    )


def _declared(now: datetime) -> Crisis:
    policy = Policy(reserve=2, askers=5, tone=Tone.CAREFUL)
    began = now - LASTED
    on_call = [people.bob(), people.alice()]
    crisis = actions.declare(
        people.dan(), "Network outage, Yorkshire", policy, on_call=on_call, began_at=began
    )
    first = "We know that calls fail in Yorkshire, and are looking into it."
    actions.state(crisis, people.dan(), first, clock.now() + 45 * MINUTE)
    return crisis


def _told(questions: list[Question], talks: list[Conversation], now: datetime) -> None:
    for number, question in enumerate(questions):
        with clock.standing(now - LASTED + (30 + 40 * number) * MINUTE):
            answer = answers.open_answer(people.bob(), question.name, [question])
            words = Words(title=question.name, text="A mast group is down; repair is under way.")
            draft = answers.write(answer, people.bob(), words)
            answers.check(draft, people.alice())
            said = answers.publish(Revision.objects.get(pk=draft.pk), people.dan())
        rows = Mention.objects.filter(question_id=question.pk).values_list("conversation_id")
        asked = [talk for talk in talks if (talk.pk,) in set(rows)][:-5]
        Told.objects.bulk_create(
            Told(
                revision=said,
                person_id=talk.person_id,
                conversation=talk,
                at=max(talk.opened_at, said.published_at or now) + 4 * MINUTE,
            )
            for talk in asked
        )


def _answered(talks: list[Conversation], now: datetime) -> None:
    rng, ours = random.Random(13), stage.account()
    replies = [
        Reply(
            account=ours,
            conversation=talk,
            mention_id=talk.last_mention_id or 0,
            advisor=people.alice(),
            text="We are on it.",
            key=f"key-{talk.pk}",
            state=State.SENT,
            written_at=talk.opened_at,
            due_at=talk.opened_at,
            sent_at=min(now - MINUTE, talk.opened_at + rng.expovariate(1 / 12) * MINUTE),
        )
        for talk in talks
    ]
    Reply.objects.bulk_create(replies)
    Conversation.objects.filter(pk__in=[talk.pk for talk in talks]).update(waiting_since=None)


def _written(crisis: Crisis, now: datetime) -> None:
    begin = now - LASTED
    lines: list[tuple[int, Kind, str]] = [
        (16, Kind.KNOWN, "Mast group Leeds North lost power; 41 masts are off."),
        (31, Kind.DONE, "Dan told Ofcom. Reference kept in the incident."),
        (96, Kind.KNOWN, "Mast group Leeds North repaired, seven in ten back."),
    ]
    for minutes, kind, words in lines:
        with clock.standing(begin + minutes * MINUTE):
            actions.note(crisis, people.dan(), kind, words)
    with clock.standing(begin + 50 * MINUTE):
        actions.state(
            crisis,
            people.dan(),
            "A mast group is down; the repair is under way.",
            now + 58 * MINUTE,
        )
        actions.promise(
            crisis, people.dan(), "Written word to Ofcom on 999 calls", now - 17 * MINUTE
        )
        granny = actions.promise(
            crisis, people.alice(), "Ring Granny Smith and test the alarm", now + 28 * MINUTE
        )
        paid = actions.promise(crisis, people.bob(), "Say what we pay back", now - 80 * MINUTE)
    Promise.objects.filter(pk=granny.pk).update(
        conversation=Conversation.objects.order_by("pk").first()
    )
    with clock.standing(now - 90 * MINUTE):
        actions.keep(paid, people.bob())
    assert Entry.objects.filter(crisis=crisis).count() > 7


def _whole(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
