"""Publishing an answer as a post of the site, and keeping that post up to date.

A site takes no keys, but lets one choose the last part of the address: it ends with our key, by
which a post is found before it is made again.
"""

from html import escape
from typing import Any

from msgspec.structs import replace

from rejoinder.channels import hypertext, lenient
from rejoinder.channels.contract import (
    Publication,
    Receipt,
    Refused,
    Sent,
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.channels.wordpress import markup, reading, shapes
from rejoinder.channels.wordpress.sending import outcome_of_refusal
from rejoinder.channels.wordpress.site import Query, Site, fault, trouble, understood
from rejoinder.plumbing.answer import Answer, NoAnswerError

POSTS = "/wp/v2/posts"
STANDS = "id,link,status,sticky"
FIELDS = f"{STANDS},title,content"


def publish(site: Site, publication: Publication, key: str) -> Sent:
    """Make the post, or write the post anew that was made before. Raises nothing."""
    try:
        made = None if publication.external_id else _made(site, publication, key, STANDS)
    except TroubleError as error:  # before anything was posted
        return TryLater(error.after, error.words)
    if made is not None:
        return _standing(made, site)
    try:
        answer = site.ask("POST", _route(publication), json=_body(publication, key))
        if fault(answer).code == "rest_cannot_assign_sticky":
            return _unpinned(site, publication, key)
    except NoAnswerError as error:
        return Uncertain(error.words) if error.may_have_arrived else TryLater(10, error.words)
    return _outcome(answer, site)


def find(site: Site, publication: Publication, key: str) -> Receipt | None:
    """The post, if it says what it should. Raises TroubleError."""
    if publication.external_id:
        entry = _before(site, reading.number(publication.external_id))
    else:
        entry = _made(site, publication, key, FIELDS)
    if entry is None or not _says(entry, publication):
        return None
    return _receipt(entry, site)


def name(where: str, entry: int) -> str:
    """A post of the site as the desk knows it."""
    return f"{where}?p={entry}"


def content(publication: Publication) -> str:
    """The post's markup: the answer, and the way to the desk's own page of it."""
    inner = publication.html or f"<p>{escape(publication.text)}</p>"
    if publication.url:
        link = escape(publication.url)
        inner += f'\n<p><a href="{link}">{link}</a></p>'
    language = escape(publication.language)
    return f'<div lang="{language}">\n{inner}\n</div>' if language else inner


def _unpinned(site: Site, publication: Publication, key: str) -> Sent:
    body = _body(replace(publication, pin=False), key)
    outcome = _outcome(site.ask("POST", _route(publication), json=body), site)
    if isinstance(outcome, Receipt):
        return replace(outcome, words="It is out, but this user may not keep it at the top.")
    return outcome


def _route(publication: Publication) -> str:
    before = reading.number(publication.external_id)
    return f"{POSTS}/{before}" if before else POSTS


def _body(publication: Publication, key: str) -> dict[str, Any]:
    body: dict[str, Any] = {
        "title": markup.markup(publication.title),
        "content": content(publication),
        "excerpt": markup.markup(publication.summary),
    }
    if publication.pin or publication.ref.get("pinned"):
        body["sticky"] = publication.pin
    if publication.external_id:
        return body  # not its status: whoever took it down on the site knew why
    return body | {"status": "publish", "slug": markup.slug(publication.title, key)}


def _made(site: Site, publication: Publication, key: str, fields: str) -> shapes.Entry | None:
    query: Query = {
        "slug": markup.slug(publication.title, key),
        "status": "publish",
        "context": "edit" if fields == FIELDS else "view",
        "_fields": fields,
    }
    return next(iter(site.read(POSTS, list[shapes.Entry], query)), None)


def _before(site: Site, number: int) -> shapes.Entry | None:
    answer = site.look(f"{POSTS}/{number}", {"context": "edit", "_fields": FIELDS})
    if answer.status == 404:
        return None
    if answer.status != 200:
        raise trouble(answer)
    return understood(answer, shapes.Entry)


def _says(entry: shapes.Entry, publication: Publication) -> bool:
    """Whether a reader reads the same; a site may tidy up the markup."""
    asked = (
        hypertext.words(markup.markup(publication.title)),
        hypertext.words(content(publication)),
    )
    return (hypertext.words(entry.title.raw), hypertext.words(entry.content.raw)) == asked


def _outcome(answer: Answer, site: Site) -> Sent:
    if answer.status not in {200, 201}:
        if 200 <= answer.status < 300:
            return Uncertain("The site answered something that cannot be read.")
        return outcome_of_refusal(answer)
    try:
        return _standing(lenient.decode(answer.body, shapes.Entry), site)
    except lenient.UnreadableError:
        return Uncertain("The site answered something that cannot be read.")


def _standing(entry: shapes.Entry, site: Site) -> Receipt | Refused:
    """A post that nobody sees was not published, though the site took it."""
    if entry.status not in {"publish", ""}:
        return Refused(f"The post is on the site, but not public there: {entry.status}.")
    return _receipt(entry, site)


def _receipt(entry: shapes.Entry, site: Site) -> Receipt:
    return Receipt(
        external_id=name(site.place.name, entry.id), url=entry.link, ref={"pinned": entry.sticky}
    )
