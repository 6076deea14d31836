"""What the editor of answers shows: fields by name, what changed, what is ticked."""

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rejoinder.answers.compare import Part
from rejoinder.answers.outcome import Outcome
from rejoinder.outbox.models import Publication
from rejoinder.web.answers import sentences

register = template.Library()


@register.filter
def words(names: str) -> list[str]:
    """The names in a text."""
    return names.split()


@register.filter
def field(form: forms.Form, name: str) -> BoundField:
    """A field of a form."""
    return form[name]


@register.filter
def chosen(form: forms.Form, name: str) -> Any:
    """What is ticked in a field, posted or begun with."""
    return form[name].value() or []


@register.filter
def compared(parts: Sequence[Part]) -> SafeString:
    """Words that are new and words that went, each said to be so without colours."""
    return format_html_join("", "{}", ((_part(each),) for each in parts))


@register.filter
def settled(outcome: Outcome) -> str:
    """How many of those who were told did not ask again."""
    return sentences.settled(outcome)


@register.filter
def publication_state(publication: Publication) -> str:
    """Where it is on its way to an account."""
    return sentences.publication_state(publication)


def _part(part: Part) -> SafeString | str:
    if part.kind == "same":
        return part.text
    # The space stays outside, so that lines are drawn under words alone.
    bare = part.text.lstrip()
    space = part.text[: len(part.text) - len(bare)]
    return format_html("{}<{}>{}</{}>", space, SafeString(part.kind), bare, SafeString(part.kind))
