"""Words underlined in what people wrote, and the place of a mistake in a watch."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rejoinder.listening.watch.parse import ParseError
from rejoinder.web.templatetags.desk import masked

register = template.Library()

_SHOWN = 400  # code points of a post
_AROUND = 30  # code points on either side of a mistake


@register.filter
def underlined(text: str, spans: Sequence[tuple[int, int]]) -> SafeString:
    """What people wrote with these places underlined; what is hidden stays hidden."""
    parts: list[SafeString] = []
    at = 0
    for start, end in spans:
        if end > _SHOWN:
            break
        parts += [masked(text[at:start]), format_html('<u class="caught">{}</u>', text[start:end])]
        at = end
    rest = text[at:]
    if len(text) > _SHOWN:
        rest = f"{text[at:_SHOWN]}…"
    return format_html_join("", "{}", ((part,) for part in (*parts, masked(rest))))


@register.filter
def pointed(mistake: ParseError, words: str) -> SafeString:
    """What stands around the column, and the character there marked."""
    at = mistake.column - 1
    before, here, after = words[max(0, at - _AROUND) : at], words[at : at + 1], words[at + 1 :]
    return format_html(
        '<code class="watch-words" aria-hidden="true">{}<mark>{}</mark>{}</code>',
        before,
        here.strip() or "␣",
        after[:_AROUND],
    )
