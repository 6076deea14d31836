"""Somebody else answers whom we are to answer: confirm it, put it right, say thank you.

What is confirmed is said to who asked, in their conversation; thanks, and what was not quite right,
go to who helped, in theirs. Each is words in a draft, which a person sends.
"""

from enum import StrEnum

from django.utils.translation import gettext as _

from rejoinder.desk import drafting, take
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.tone.say import language
from rejoinder.listening.models import Conversation, Mention
from rejoinder.team import access
from rejoinder.team.models import Advisor


class Way(StrEnum):
    """What is said about help."""

    CONFIRM = "confirm"
    CORRECT = "correct"
    THANK = "thank"


_WORDS = {
    ("en", Way.CONFIRM): "{name} is right: ",
    ("en", Way.CORRECT): "Thank you for helping, {name}. One thing is different: ",
    ("en", Way.THANK): "Thank you for helping, {name}, that is right.",
    ("de", Way.CONFIRM): "{name} hat recht: ",
    ("de", Way.CORRECT): "Danke fürs Helfen, {name}. Eines ist anders: ",
    ("de", Way.THANK): "Danke fürs Helfen, {name}, so ist es.",
}


def helps(mention: Mention, talk: Conversation) -> bool:
    """Whether this may be help: said in public by somebody who is neither who asked nor ours."""
    theirs = mention.person_id != talk.person_id and not mention.ours
    return theirs and mention.public and mention.deleted_at is None


def words(way: Way, said: str, name: str) -> str:
    """What the draft begins with, in the language of the help."""
    return _WORDS[language(said), way].format(name=name)


def respond(talk: Conversation, mention: Mention, actor: Advisor, way: Way) -> Conversation:
    """The conversation whose draft has the words now; it is the actor's.

    Raises CannotError when the post is no help, and AlreadyTakenError when a colleague has it.
    """
    access.require(actor, access.DRAFT)
    to = talk if way == Way.CONFIRM else mention.conversation
    same = mention.channel == talk.channel and mention.thread == talk.thread
    if to is None or not same or not helps(mention, talk):
        raise CannotError(_("This post is no help of somebody else’s in this thread any more."))
    take.take(to, actor)
    name = mention.person.name or mention.person.handle
    drafting.add_to_draft(to, actor, words(way, mention.text, name))
    return to
