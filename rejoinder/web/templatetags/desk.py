"""Marks, figures and times, the same on every page."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rejoinder.channels import registry
from rejoinder.desk.models import Callback, Snooze
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.outbox.models import Reply
from rejoinder.plumbing import clock
from rejoinder.privacy.find.markers import markers
from rejoinder.web.frame import words
from rejoinder.web.reply import replies
from rejoinder.web.talk import reasons, slept, voice
from rejoinder.web.talk.slots import slot

register = template.Library()

# What was imported may name a platform this desk has no channel for.
_ANY_CHANNEL = "M2.5 3.5h11v7.5H8L5 13.5V11H2.5z"


@register.simple_tag
def need_mark(need: int) -> SafeString:
    """The shape and the word of a need."""
    return _need_mark(need, get_language())


@cache  # a list has one in each line
def _need_mark(need: int, _language: str | None) -> SafeString:
    kind = Need(need).name.lower()
    return format_html(
        '<span class="need need-{}"><svg aria-hidden="true"><use href="#n-{}"/></svg>{}</span>',
        kind,
        kind,
        words.need_labels()[need],
    )


@register.simple_tag
def glyph(channel: str) -> SafeString:
    """The channel's own line drawing, without its word."""
    found = registry.channels().get(channel)
    return format_html(
        '<svg class="glyph" aria-hidden="true" viewBox="0 0 16 16"><path d="{}"/></svg>',
        found.glyph if found else _ANY_CHANNEL,
    )


@register.simple_tag
def channel_mark(channel: str) -> SafeString:
    """The channel's drawing and its word."""
    return format_html('<span class="channel">{}{}</span>', glyph(channel), channel_label(channel))


@register.filter
def channel_label(channel: str) -> str:
    """The channel's word."""
    found = registry.channels().get(channel)
    return found.label if found else channel


@register.simple_tag
def gauge(share: float) -> SafeString:
    """A bar for the eye only; the figures beside it are the message."""
    percent = round(100 * min(1.0, max(0.0, share)), 1)
    return format_html(
        '<svg class="gauge" aria-hidden="true"><rect width="{}%" height="100%"/></svg>', percent
    )


@register.simple_tag
def moment(at: datetime | None, kind: str = "at") -> SafeString:
    """A time people read, with the exact one for machines; `kind` is a word of `words`."""
    if at is None:
        return SafeString("")
    shown = {"at": words.at, "age": words.age, "ago": words.ago}[kind](at)
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), shown)


@register.simple_tag
def reply_words(reply: Reply) -> str:
    """Where a reply of ours is."""
    return replies.state_words(reply)


@register.simple_tag
def promised(callback: Callback) -> str:
    """The time in which somebody was promised a call."""
    return _("Call back %(slot)s") % {"slot": slot(callback.from_at, callback.to_at)}


@register.simple_tag
def due_mark(at: datetime) -> SafeString:
    """When it is due; late ones stand out."""
    late = "bad" if at < clock.now() else ""
    return format_html('<span class="{}">{}</span>', late, words.due(at))


@register.simple_tag
def slept_words(row: Snooze) -> str:
    """Until when it sleeps, or why it is back."""
    return slept.sentence(row)


@register.filter
def at(moment: datetime) -> str:
    """The time in words, for the middle of a sentence."""
    return words.at(moment)


@register.filter
def length_of(stretch: timedelta) -> str:
    """A stretch of time in its largest unit."""
    return words.length(stretch)


@register.filter
def way_words(why: str) -> str:
    """Why the plan has somebody answered in another way; empty where it does not."""
    return words.way_reasons().get(why, "")


@register.filter
def kept_back(talk: Conversation) -> str:
    """Why the plan keeps an answer back, if it does."""
    return words.kept_back(talk)


@register.filter
def figure(value: float) -> str:
    """A number with its thousands apart, in the reader's way."""
    return words.figure(value)


@register.filter
def who(person: Any) -> str:
    """What to call somebody outside: their name, else their handle; an export may tell neither."""
    return words.plain(person.name or person.handle or person.external_id) or _("Somebody")


@register.filter
def because(mention: Mention | None) -> str:
    """Why the reading of a mention says what it says."""
    return reasons.sentence(mention) if mention else ""


@register.filter
def blurred(mention: Mention) -> str:
    """The word that stands for a text of abuse until somebody asks for it."""
    return reasons.blurred(mention)


@register.filter
def told(mention: Mention) -> str:
    """What a post says, in the reader's language where the desk's own words stand in it."""
    return voice.told(mention)


@register.filter
def without_masked(text: str) -> str:
    """What people wrote, with what is hidden left out."""
    parts, at = [], 0
    for span in markers(text):
        parts.append(text[at : span.start])
        at = span.end
    return " ".join("".join([*parts, text[at:]]).split())


@register.filter
def cue_list(cues: str) -> str:
    """Words that stand one to a line, in one."""
    return ", ".join(cues.splitlines())


@register.filter
def masked(text: str) -> SafeString:
    """What people wrote, with what is hidden shown by its kind."""
    spans = list(markers(text))
    if not spans:
        return conditional_escape(text)
    labels, parts, at = reasons.kind_labels(), [], 0
    for span in spans:
        parts.append((text[at : span.start], labels[span.kind]))
        at = span.end
    hidden = format_html_join("", '{}<span class="masked">{}</span>', parts)
    return hidden + conditional_escape(text[at:])
