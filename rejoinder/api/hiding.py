"""Who sees a post on a page of ours: hiding it from others, showing it again, what is hidden."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from rejoinder.api import changing, shapes
from rejoinder.api.changing import Once
from rejoinder.api.entrance import actor
from rejoinder.desk.hiding import actions
from rejoinder.listening.models import Mention
from rejoinder.outbox import moderation
from rejoinder.team import access
from rejoinder.team.models import Advisor

router = Router(tags=["hiding"])
_POST = "/conversations/{id}/posts/{number}"


class HidePost(shapes.Why):
    """`sure` says that somebody read it again; looked at once more in 7, 30 or 90 `days`."""

    ground: str
    days: int = Field(30, ge=1, le=366)
    sure: bool = False


class ShowPost(Schema):
    """What we hid needs a reason."""

    why: str = Field("", max_length=300)


class HiddenPost(Schema):
    """A post that others do not see because of us."""

    id: int
    mention: int
    conversation: UUID | None
    ground: str
    why: str
    by: UUID
    hidden_at: datetime | None
    review_at: datetime | None


class HiddenReview(Schema):
    """In how many days it is looked at again: 7, 30 or 90."""

    days: int = Field(ge=1, le=366)


@router.get("/hidden", response=list[HiddenPost], operation_id="hidden-posts")
def listed(request: HttpRequest) -> list[HiddenPost]:
    """What we hid, the one to look at first at the front."""
    me = actor(request)
    access.require(me, access.READ)
    return [
        HiddenPost(
            id=row.pk,
            mention=row.mention_id,
            conversation=row.mention.conversation.public_id if row.mention.conversation else None,
            ground=row.ground,
            why=row.why,
            by=row.advisor.public_id,
            hidden_at=row.sent_at,
            review_at=row.review_at,
        )
        for row in actions.listed(me)
    ]


@router.post(f"{_POST}/hide", response=shapes.Numbered, operation_id="hide-post")
def hide(request: HttpRequest, id: UUID, number: int, given: HidePost, once: Once) -> HttpResponse:  # noqa: A002
    """Let others not see it there; it is done in a moment."""
    asking = actions.Asking(given.ground, given.why, given.days, given.sure)
    return changing.make(request, once, lambda me: actions.hide(_post(me, id, number), me, asking))


@router.post(f"{_POST}/show", response=shapes.Numbered, operation_id="show-post")
def show(request: HttpRequest, id: UUID, number: int, given: ShowPost, once: Once) -> HttpResponse:  # noqa: A002
    """Let others see it there, whoever held it back; it is done in a moment."""
    return changing.make(
        request, once, lambda me: actions.show(_post(me, id, number), me, given.why)
    )


@router.post("/hidden/{number}/review", response=shapes.Done, operation_id="review-hidden")
def review(request: HttpRequest, number: int, given: HiddenReview, once: Once) -> HttpResponse:
    """It still has to be hidden."""

    def do(me: Advisor) -> None:
        access.require(me, access.STEER)
        actions.review(get_object_or_404(moderation.holding(), pk=number), me, given.days)

    return changing.act(request, once, do)


def _post(me: Advisor, talk: UUID, number: int) -> Mention:
    access.require(me, access.ANSWER)
    rows = Mention.objects.select_related("person", "account", "conversation")
    return get_object_or_404(rows, conversation=shapes.find(me, talk), pk=number, ours=False)
