"""Changing a comment of ours in its place, taking it back, and hiding another's."""

from rejoinder.channels import lenient
from rejoinder.channels.contract import (
    Hiding,
    Receipt,
    Refused,
    Sent,
    Standing,
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.channels.wordpress import markup, reading, sending, shapes
from rejoinder.channels.wordpress.listening import COMMENTS
from rejoinder.channels.wordpress.site import Site, fault, words
from rejoinder.plumbing.answer import Answer, NoAnswerError

UNCHANGED = "rest_comment_failed_edit"
GONE = {"rest_comment_invalid_id", "rest_already_trashed"}


def edit(site: Site, standing: Standing) -> Sent:
    """Looked at first: a site changes what lies in its bin, and calls that done. Raises nothing."""
    comment = _there(site, standing.external_id)
    if not isinstance(comment, shapes.Comment):
        return comment
    answer = _asked(site, "POST", standing, {"content": markup.markup(standing.reply.text)})
    if not isinstance(answer, Answer):
        return answer
    if answer.status != 200:
        return sending.outcome_of_refusal(answer)
    try:
        return sending.receipt(lenient.decode(answer.body, shapes.Comment), site)
    except lenient.UnreadableError:
        return Uncertain("The site answered something that cannot be read.")


def delete(site: Site, standing: Standing) -> Sent:
    """What is gone already is what was wanted. Raises nothing."""
    answer = _asked(site, "DELETE", standing)
    if not isinstance(answer, Answer):
        return answer
    if fault(answer).code == "rest_trash_not_supported":  # the site keeps no bin
        answer = _asked(site, "DELETE", standing, force="true")
        if not isinstance(answer, Answer):
            return answer
    if answer.status == 200 or fault(answer).code in GONE:
        return Receipt(standing.external_id, ref=standing.ref)
    return sending.outcome_of_refusal(answer)


def hide(site: Site, hiding: Hiding) -> Sent:
    """Held for a moderator, or approved: a site lists both to the desk. Raises nothing.

    Looked at first: to hold what somebody threw away would fetch it back out of the bin.
    """
    comment = _there(site, hiding.external_id)
    if not isinstance(comment, shapes.Comment):
        return comment
    done = Receipt(hiding.external_id, ref=hiding.ref)
    if reading.is_shown(comment) is not hiding.hidden:
        return done
    answer = _asked(site, "POST", hiding, {"status": "hold" if hiding.hidden else "approved"})
    if not isinstance(answer, Answer):
        return answer
    if answer.status == 200:
        return done
    if fault(answer).code == UNCHANGED:  # somebody else was faster, or the site could not
        return Uncertain(words(answer))
    return sending.outcome_of_refusal(answer)


def _there(site: Site, external_id: str) -> shapes.Comment | Refused | TryLater:
    try:
        return sending.there(site, reading.number(external_id))
    except TroubleError as error:  # before anything was changed
        return TryLater(error.after, error.words)


def _asked(
    site: Site,
    verb: str,
    standing: Standing | Hiding,
    said: dict[str, str] | None = None,
    **query: str,
) -> Answer | TryLater | Uncertain:
    number = reading.number(standing.external_id)
    try:
        return site.ask(verb, f"{COMMENTS}/{number}", query=dict(query), json=said)
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
