"""Answering a comment once, and finding out whether an earlier try arrived.

A site takes no keys. It refuses the same words of the same author below the same comment, and it
can be asked what stands there.
"""

from datetime import UTC, datetime, timedelta

from rejoinder.channels import hypertext, lenient
from rejoinder.channels.contract import (
    Outgoing,
    Receipt,
    Refused,
    Sent,
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.channels.wordpress import markup, reading, shapes
from rejoinder.channels.wordpress.listening import COMMENTS
from rejoinder.channels.wordpress.site import (
    Query,
    Site,
    fault,
    remedy,
    trouble,
    understood,
    wait,
    words,
)
from rejoinder.plumbing.answer import Answer, NoAnswerError

PAGE = 100
SKEW = timedelta(minutes=5)  # between the site's clock and ours

HELD = "This comment waits for approval on the site. Let others see it, then answer it."
GONE = "This comment is not on the site any more."


def send(site: Site, outgoing: Outgoing) -> Sent:
    """Comment below the comment. Nothing that happens on the way is raised."""
    try:
        parent = _parent(site, reading.number(outgoing.to))
    except TroubleError as error:  # before anything was posted
        return TryLater(error.after, error.words)
    if isinstance(parent, Refused):
        return parent
    body = {"post": parent.post, "parent": parent.id, "content": markup.markup(outgoing.text)}
    try:
        answer = site.ask("POST", COMMENTS, json=body)
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
    if fault(answer).code == "comment_duplicate":
        return _stands(site, outgoing, answer)
    return _outcome(answer, site)


def find(site: Site, outgoing: Outgoing) -> Receipt | None:
    """Our comment with these words below that one, no older than it. Raises TroubleError."""
    query: Query = {
        "context": "edit",
        "status": "all",
        "parent": reading.number(outgoing.to),
        "author": site.place.us,
        "orderby": "id",
        "order": "desc",
        "per_page": PAGE,
        "_fields": "id,post,parent,date_gmt,content",
    }
    since = outgoing.created_at - SKEW
    for comment in site.read(COMMENTS, list[shapes.Comment], query):
        at = reading.moment(comment.date_gmt) or datetime.max.replace(tzinfo=UTC)
        if at >= since and reading.text(comment) == hypertext.words(markup.markup(outgoing.text)):
            return receipt(comment, site)
    return None


def outcome_of_refusal(answer: Answer) -> Sent:
    """What an answer that is no success means for whatever was posted."""
    status = answer.status
    if status == 429:
        return TryLater(wait(answer), words(answer), limited=True)
    if 300 <= status < 400:
        return TryLater(300, "The site has moved. Correct its address.")
    if status in {401, 408} or fault(answer).code == "rest_no_route":
        return TryLater(60, f"{words(answer)} {remedy(answer)}".strip())
    if 400 <= status < 500:
        return Refused(words(answer))
    return Uncertain(f"The site answered {status}: {words(answer)}")


def there(site: Site, number: int) -> shapes.Comment | Refused:
    """A comment as it stands now: its number, post and status. Raises TroubleError."""
    query: Query = {"context": "edit", "_fields": "id,post,status"}
    answer = site.look(f"{COMMENTS}/{number}", query)
    if answer.status == 404 and fault(answer).code != "rest_no_route":
        return Refused(GONE)
    if answer.status != 200:
        raise trouble(answer)
    comment = understood(answer, shapes.Comment)
    return Refused(GONE) if comment.status in {"spam", "trash"} else comment


def _parent(site: Site, number: int) -> shapes.Comment | Refused:
    """What we answer: our answer is public at once, so must it be."""
    comment = there(site, number)
    if isinstance(comment, shapes.Comment) and comment.status == "hold":
        return Refused(HELD)
    return comment


def _stands(site: Site, outgoing: Outgoing, answer: Answer) -> Sent:
    """The site has these words there: an earlier try of ours, or an older comment of ours."""
    try:
        return find(site, outgoing) or Refused(words(answer))
    except TroubleError:
        return Uncertain(words(answer))


def _outcome(answer: Answer, site: Site) -> Sent:
    if answer.status != 201:
        if 200 <= answer.status < 300:
            return Uncertain("The site answered something that cannot be read.")
        return outcome_of_refusal(answer)
    try:
        return receipt(lenient.decode(answer.body, shapes.Comment), site)
    except lenient.UnreadableError:
        return Uncertain("The site answered something that cannot be read.")


def receipt(comment: shapes.Comment, site: Site) -> Receipt:
    """What the desk remembers of a comment of ours."""
    return Receipt(
        external_id=reading.name(site.place.name, comment.id),
        url=reading.page(comment, site.place),
        ref={"post": comment.post},
    )
