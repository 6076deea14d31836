"""What came of a day that people played, from the rows of the desk, as any other drilled day.

So it is scored against hindsight, stands beside policies on the report page, and can be checked
again from its JSON alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from rejoinder.answers.models import Told
from rejoinder.desk.models import Assignment
from rejoinder.drill.day import Day
from rejoinder.drill.hindsight import bound
from rejoinder.drill.play.diary import Diary, Line
from rejoinder.drill.play.people import handles
from rejoinder.drill.play.setting import Setting
from rejoinder.drill.play.sight import CHANNEL, Sight
from rejoinder.drill.play.stage import BRAND
from rejoinder.drill.played import (
    NOT_ASKED,
    POINTER,
    PUBLIC,
    REPLY,
    Decision,
    Done,
    Played,
    Post,
    PostKind,
)
from rejoinder.drill.record import Record
from rejoinder.drill.result import Result, result
from rejoinder.drill.score import score
from rejoinder.listening.models import Mention
from rejoinder.listening.read.words import NEEDS
from rejoinder.outbox.models import Reply, State

POLICY = "manual"
Refusals = list[tuple[float, str]]


def outcome(setting: Setting, diary: Diary, refusals: Refusals) -> Result:
    """The day as it went so far; `refusals` are those of the network, by limits."""
    world, day = setting.world, _as_read(setting.day(), diary)
    played = _played(setting, day, diary, refusals)
    scored = score(world, day, played, bound(world, day))
    return result(
        world, day, played, seed=setting.seed, policy=POLICY, mode="within-the-hour", score=scored
    )


def _as_read(day: Day, diary: Diary) -> Day:
    """The needs as this desk read them; who was never read counts as asking for nothing."""
    seen = np.full(len(day), NEEDS.index("none"), dtype=np.intp)
    rows = Mention.objects.filter(channel=CHANNEL, need__isnull=False).order_by("-id")
    for post, need in rows.values_list("external_id", "need").iterator():
        mention = diary.mention_of.get(post)
        if mention is not None and need is not None:
            seen[mention] = need  # the first word of somebody comes last
    for line in diary.lines:
        if line.read >= 0:
            seen[line.mention] = line.read
    return replace(day, seen_need=seen)


def _played(setting: Setting, day: Day, diary: Diary, refusals: Refusals) -> Played:
    record = Record(len(day), len(setting.world.channels))
    gone = {line.mention: line for line in diary.lines if line.what in _ENDS}
    for mention, line in gone.items():
        if line.what == "not-asked":
            record.help(float(day.at[mention]), mention, NOT_ASKED)
        elif line.what == "saw-the-answer":
            record.help(line.at, mention, PUBLIC)
    published = Sight(day, diary, setting.begins).published()
    moves = [*_answers(setting, day, diary, gone, record), *_updates(setting, published)]
    closed = [
        Decision(line.at, mention, "close", line.what, -1)
        for mention, line in gone.items()
        if line.what != "not-asked"
    ]
    for one in sorted([*(move.decision for move in moves), *closed], key=lambda one: one.at):
        record.decide(one)
    posts = [*(move.post for move in moves), *_refused(setting, refusals)]
    record.posts.extend(sorted(posts, key=lambda one: one.at))
    out_at = np.array([published.get(n, np.inf) for n in range(len(setting.world.questions))])
    return record.played(out_at)


_ENDS = ("gave-up", "saw-the-answer", "not-asked")


class _Move(NamedTuple):
    """Something that was decided, and the post that came of it."""

    decision: Decision
    post: Post


def _answers(
    setting: Setting, day: Day, diary: Diary, gone: Mapping[int, Line], record: Record
) -> Iterator[_Move]:
    """Every reply that is out. It helps whoever waited for it and had no other before."""
    places = setting.world.places()
    names = {ours: places[name] for ours, name in handles(setting.world, BRAND).items()}
    before: set[int] = set()
    for reply in _sent():
        mention = diary.mention_of.get(reply.conversation.thread)
        if mention is None:
            continue
        at, begun = _second(setting, reply.sent_at), _second(setting, reply.begun)
        account, points = names[reply.account.handle], reply.points
        kind: PostKind = "repeat" if mention in before else "pointer" if points else "reply"
        do: Done = "repeat" if mention in before else "point" if points else "answer"
        left = gone.get(mention)
        if mention not in before and (left is None or left.at > begun):
            _help(day, mention, at, points=points, record=record)
        before.add(mention)
        price = setting.world.channels[account].price
        yield _Move(
            Decision(
                begun, mention, do, "asked-again" if do == "repeat" else "next-in-turn", account
            ),
            Post(at, account, mention, kind, 1, price, accepted=True),
        )


def _sent() -> Iterator[Any]:
    """Replies that are out, each with when somebody began it and whether it gives an answer."""
    taken = Assignment.objects.filter(
        conversation=OuterRef("conversation"), at__lte=OuterRef("sent_at")
    )
    rows = Reply.objects.filter(state=State.SENT, conversation__channel=CHANNEL)
    return (
        rows.annotate(
            begun=Coalesce(Subquery(taken.order_by("-at").values("at")[:1]), F("written_at")),
            points=Exists(Told.objects.filter(reply=OuterRef("pk"))),
        )
        .select_related("conversation", "account")
        .order_by("sent_at", "id")
        .iterator()
    )


def _help(day: Day, mention: int, at: float, *, points: bool, record: Record) -> None:
    """A short answer helps where it settles the question."""
    if not points:
        record.help(at, mention, REPLY)
    elif day.settles[mention]:
        record.help(at, mention, POINTER)


def _updates(setting: Setting, published: Mapping[int, float]) -> Iterator[_Move]:
    """Public answers: on the desk's own page they take nothing of any limit."""
    account = setting.world.places()[setting.world.update_channel]
    for question, at in published.items():
        yield _Move(
            Decision(at, -1, "publish", "many-ask", account, question),
            Post(at, account, -1, "update", 0, 0.0, accepted=True, question=question),
        )


def _refused(setting: Setting, refusals: Refusals) -> Iterator[Post]:
    """Posts that the network refused for a limit."""
    places = setting.world.places()
    names = {ours: places[name] for ours, name in handles(setting.world, BRAND).items()}
    for moment, account in refusals:
        at = moment - setting.begins
        yield Post(at, names[account], -1, "reply", 1, 0.0, accepted=False)


def _second(setting: Setting, moment: datetime) -> float:
    return moment.timestamp() - setting.begins
