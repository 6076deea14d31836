"""What every change has in common: done once for a key, and only where nothing moved meanwhile.

The key, the change and its audit line are one transaction. Whoever asks again with the same key is
told the same: a line that broke cannot close, send or tag twice.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import Field, Header, Schema

from rejoinder.api import problems, shapes
from rejoinder.api.entrance import actor
from rejoinder.api.problems import ProblemError
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.team.models import Advisor, ApiCall


class Keys(Schema):
    """The headers of a change."""

    idempotency_key: str = Field(
        alias="Idempotency-Key",
        min_length=8,
        max_length=200,
        description="Chosen by the caller, one for each change; kept for two days.",
    )
    if_match: str = Field(
        "",
        alias="If-Match",
        max_length=100,
        description="The ETag of the conversation; 412 when something moved meanwhile.",
    )


Once = Annotated[Keys, Header()]


def once(
    request: HttpRequest,
    keys: Keys,
    do: Callable[[], dict[str, Any]],
    *,
    check: Callable[[], object] = lambda: None,
    body: Callable[[], bytes] | None = None,
) -> HttpResponse:
    """Do it, or say again what came of it. What `do` returns is kept: no words of people.

    `check` looks whether it may be done at all, under the same locks; `body` is what was asked,
    where that came as a file.
    """
    advisor = actor(request)
    asked = _fingerprint(request, body() if body else request.body)
    with transaction.atomic():
        row, first = _row(advisor, keys.idempotency_key, asked)
        if not first:
            return _again(row, asked)
        check()
        row.status, row.said = _done(do)
        row.save(update_fields=["status", "said"])
    return _answer(row)


def on_conversation(
    request: HttpRequest,
    keys: Keys,
    public_id: UUID,
    act: Callable[[Conversation, Advisor], object],
) -> HttpResponse:
    """The same for one conversation; tells how it stands afterwards."""
    me = actor(request)
    talk = shapes.find(me, public_id)

    def do() -> dict[str, Any]:
        act(talk, me)
        return shapes.standing(shapes.find(me, public_id))

    return once(request, keys, do, check=lambda: unmoved(talk, keys.if_match))


def act(
    request: HttpRequest, keys: Keys, do: Callable[[Advisor], object], **told: Any
) -> HttpResponse:
    """The same for what has nothing to tell but that it is done, or what is `told`."""
    me = actor(request)

    def done() -> dict[str, Any]:
        do(me)
        return told or {"done": True}

    return once(request, keys, done)


def make(request: HttpRequest, keys: Keys, do: Callable[[Advisor], Any]) -> HttpResponse:
    """The same for what makes or changes a row: tells its number."""
    me = actor(request)
    return once(request, keys, lambda: numbered(do(me)))


def numbered(row: Any) -> dict[str, Any]:
    """A row as the API names it: by its public number where it has one."""
    public = getattr(row, "public_id", None)
    return {"id": str(public) if public else row.pk}


def make_secretly(
    request: HttpRequest, keys: Keys, do: Callable[[Advisor], tuple[dict[str, Any], dict[str, str]]]
) -> HttpResponse:
    """The same for what tells something once and keeps it nowhere: `do` gives what is told each
    time, and what is told the first time only.
    """
    me = actor(request)
    secret: dict[str, str] = {}

    def made() -> dict[str, Any]:
        told, hidden = do(me)
        secret.update(hidden)
        return told

    answer = once(request, keys, made)
    if secret and answer.status_code == 200:
        answer = JsonResponse(json.loads(answer.content) | secret)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _row(advisor: Advisor, key: str, asked: str) -> tuple[ApiCall, bool]:
    """The row of this key. On PostgreSQL a second caller waits here until the first is done."""
    token = advisor.works_by or 0
    try:
        with transaction.atomic():
            made = ApiCall.objects.create(token_id=token, key=key, asked=asked, at=clock.now())
    except IntegrityError:
        return ApiCall.objects.get(token_id=token, key=key), False
    return made, True


def _done(do: Callable[[], dict[str, Any]]) -> tuple[int, dict[str, Any]]:
    try:
        return 200, do()
    except problems.REFUSALS as error:
        found = problems.refused(error)
        return int(found["status"]), found


def _again(row: ApiCall, asked: str) -> HttpResponse:
    if row.asked != asked:
        words = _("This key was used for another change. Choose a new one for each.")
        raise ProblemError(422, "key-used", words)
    answer = _answer(row)
    answer.headers["Idempotency-Replayed"] = "true"
    return answer


def _answer(row: ApiCall) -> HttpResponse:
    if row.status != 200:
        return problems.answer(row.said)
    answer = JsonResponse(row.said)
    if version := row.said.get("version"):
        answer.headers["ETag"] = str(version)
    return answer


def unmoved(talk: Conversation, version: str) -> None:
    """Raises ProblemError (412) unless the conversation is as it was at that version."""
    if not version or version == "*":
        return
    locked = Conversation.objects.select_for_update(of=("self",)).get(pk=talk.pk)
    if shapes.version(locked) != version:
        words = _("Something moved meanwhile. Read the conversation again, then decide.")
        raise ProblemError(412, "moved", words)


def _fingerprint(request: HttpRequest, body: bytes) -> str:
    about = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(about + body).hexdigest()
