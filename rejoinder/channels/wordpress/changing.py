"""Changing a comment of ours in its place, and taking it back."""

from rejoinder.channels import lenient
from rejoinder.channels.contract import Receipt, Sent, Standing, TryLater, Uncertain
from rejoinder.channels.wordpress import markup, reading, sending, shapes
from rejoinder.channels.wordpress.listening import COMMENTS
from rejoinder.channels.wordpress.site import Site, fault
from rejoinder.plumbing.answer import Answer, NoAnswerError

GONE = {"rest_comment_invalid_id", "rest_already_trashed"}


def edit(site: Site, standing: Standing) -> Sent:
    """Raises nothing."""
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


def _asked(
    site: Site, verb: str, standing: Standing, said: dict[str, str] | None = None, **query: str
) -> Answer | TryLater | Uncertain:
    number = reading.number(standing.external_id)
    try:
        return site.ask(verb, f"{COMMENTS}/{number}", query=dict(query), json=said)
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
