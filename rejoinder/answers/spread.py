"""Publishing a revision on the accounts that can: a post of a blog, a post that is pinned."""

from collections.abc import Sequence

from rejoinder.answers.models import Answer, Revision
from rejoinder.channels.models import Account
from rejoinder.outbox import publish
from rejoinder.outbox.models import Publication
from rejoinder.outbox.publish import CannotPublishError, accounts
from rejoinder.team.models import Advisor

__all__ = ["CannotPublishError", "accounts", "on_by_default", "out", "spread"]


def spread(
    revision: Revision, chosen: Sequence[Account], actor: Advisor, *, html: str, url: str
) -> list[str]:
    """Queue it for each account: the short form as text, the whole as HTML, the page as link.

    Where a platform pins posts it is pinned: who comes to look sees it first. Returns why some
    could not take it; the others are on their way.
    """
    refused = []
    for account in chosen:
        try:
            publish.queue(
                account,
                subject=revision.answer.public_id,
                number=revision.number,
                title=revision.title,
                text=revision.short or revision.title,
                html=html,
                summary=revision.short,
                url=url,
                language=revision.language,
                pin=True,
                actor=actor,
            )
        except CannotPublishError as error:
            refused.append(str(error))
    return refused


def out(answer: Answer) -> list[Publication]:
    """Where this answer stands on accounts of ours, in any number, newest first."""
    rows = Publication.objects.filter(subject=answer.public_id)
    return list(rows.select_related("account").order_by("-number", "account"))


def on_by_default(revision: Revision) -> set[int]:
    """The accounts, by row, on which an earlier number of the answer was published."""
    rows = Publication.objects.filter(subject=revision.answer.public_id)
    return set(rows.values_list("account", flat=True))
