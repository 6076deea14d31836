"""Asking Instagram for what a list or a delivery does not tell.

https://developers.facebook.com/docs/instagram-platform/instagram-api-with-facebook-login/mentions
"""

from rejoinder.channels import lenient
from rejoinder.channels.contract import Post, TroubleError
from rejoinder.channels.graph import session
from rejoinder.channels.graph.session import Session
from rejoinder.channels.instagram import reading, shapes
from rejoinder.channels.instagram.reading import Us
from rejoinder.plumbing.answer import Answer

COMMENT = "id,text,timestamp,from,username,user,parent_id,hidden"
REFUSED = 100  # the code of what is not there to be asked for


class Asking:
    """One account's questions; each link is asked for once."""

    def __init__(self, way: Session, us: Us) -> None:
        self._way = way
        self._us = us
        self._links: dict[str, str] = {}

    def link(self, media: str) -> str:
        """The page of a picture of ours; empty where it is not told."""
        if media not in self._links:
            self._links[media] = self._link(media) if is_number(media) else ""
        return self._links[media]

    def comment(self, number: str, media: str) -> Post | None:
        """A comment that names us; None where it is not told. Raises TroubleError."""
        below_ours = self._way.look(number, {"fields": f"{COMMENT},media{{id,permalink}}"})
        if below_ours.status == 200:
            own = lenient.understood(below_ours, shapes.Comment, self._way.who.name)
            return reading.comment(own, self._us, own.media.permalink if own.media else "")
        # Who wrote it is not among the documented fields, and told all the same to some.
        name = f"mentioned_comment.comment_id({number})"
        answer = self._asked(f"{name}{{id,text,timestamp,username,media{{id,permalink}}}}")
        if session.fault(answer).code == REFUSED and not session.is_gone(answer):
            answer = self._asked(f"{name}{{id,text,timestamp,media{{id}}}}")
        told = self._told(answer)
        said = told.mentioned_comment if told else None
        return reading.mention(said, self._us, media) if said else None

    def caption(self, media: str) -> Post | None:
        """A picture whose caption names us; None where it is not told. Raises TroubleError."""
        fields = "id,caption,timestamp,username,media_type,media_url"
        told = self._told(self._asked(f"mentioned_media.media_id({media}){{{fields}}}"))
        shown = told.mentioned_media if told else None
        return reading.caption(shown, self._us, named=True) if shown else None

    def _told(self, answer: Answer) -> shapes.Named | None:
        """None where it is gone, or will not be told, as where comments were switched off since."""
        if answer.status == 200:
            return lenient.understood(answer, shapes.Named, self._way.who.name)
        if session.fault(answer).code == REFUSED:
            return None
        raise session.trouble(answer, self._way.who)

    def _asked(self, fields: str) -> Answer:
        return self._way.look(self._us.id, {"fields": fields})

    def _link(self, media: str) -> str:
        try:
            return self._way.read(media, shapes.Media, {"fields": "id,permalink"}).permalink
        except TroubleError:
            return ""  # the comment matters more than where it stands


def is_number(text: str) -> bool:
    """Whether this is an id, as all of Instagram's are."""
    return text.isascii() and text.isdecimal()
