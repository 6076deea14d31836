"""Each batch is understood before it is kept: masked, read at a glance, copies found.

Outside any transaction, so that nobody waits for it. What goes wrong here costs a post its
reading, never the post: the careful reader comes to it later.
"""

import logging
from collections.abc import Sequence
from functools import cache

from rejoinder.listening import copied, read, watches
from rejoinder.listening.careful.crowd import Crowd
from rejoinder.listening.intake.normalise import Said, Understood
from rejoinder.listening.language import UNKNOWN, languages
from rejoinder.listening.read import Known, Reading
from rejoinder.listening.readings import columns
from rejoinder.privacy.find import Finder

TOLD = 0.9  # how sure a language is that a platform told

_log = logging.getLogger(__name__)


def understand(channel: str, said: Sequence[Said]) -> None:
    """Mask what is personal in the texts of others, and say what was understood; in place."""
    others = [one for one in said if one.text and not one.ours]
    if not others:
        return
    copied.find(channel, others)
    _watch(others)
    _hide(others)
    told = [one.language for one in others]
    for one, found in zip(others, _read([one.text for one in others], told), strict=True):
        if found is not None:
            one.understood = Understood(*columns(found))
            one.language = one.language or _known(found.lang)


def ready() -> None:
    """Load what is loaded once, so that the first mention of a process waits for none of it."""
    _finder().masked(["ready"])
    read.fast(["ready"])


def _watch(said: Sequence[Said]) -> None:
    """Which watches catch what. Where one looks, a post that does not name us, answers nobody and
    is caught by none is about something else: the arena, the gas, the fruit.
    """
    enabled = watches.load()
    for one, caught in zip(said, enabled.caught(said), strict=True):
        one.caught = caught
        about_us = one.tagged or caught or one.in_reply_to
        unasked = not about_us and enabled.looks_at(one.account)
        one.elsewhere = one.elsewhere or unasked


def _hide(said: Sequence[Said]) -> None:
    """Put a marker in the place of what is personal, and keep the original beside it."""
    masked = _finder().masked([one.text for one in said])
    for one, (text, spans) in zip(said, masked, strict=True):
        if spans:
            one.original, one.text = one.text, text


def _read(texts: Sequence[str], told: Sequence[str]) -> Sequence[Reading | None]:
    """`told` are the languages that platforms told; nothing personal stands in the texts."""
    try:
        found = read.fast(texts, Known(_languages(texts, told), [()] * len(texts)))
        return _crowd().take(found)
    except Exception:  # noqa: BLE001  # a post is worth more than its reading
        _log.exception("%d posts were not read at a glance; they will be read later.", len(texts))
        return [None] * len(texts)


def _languages(texts: Sequence[str], told: Sequence[str]) -> list[tuple[str, float]]:
    """What platforms told is believed at a glance."""
    found = [(language, TOLD) for language in told]
    untold = [at for at, language in enumerate(told) if not language]
    for at, one in zip(untold, languages([texts[at] for at in untold]), strict=True):
        found[at] = one
    return found


def _known(language: str) -> str:
    return "" if language == UNKNOWN else language


@cache
def _crowd() -> Crowd:
    """Of the last posts that this process understood."""
    return Crowd()


@cache
def _finder() -> Finder:
    return Finder()
