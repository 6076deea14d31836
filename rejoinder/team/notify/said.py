"""What a call says, in every language of the desk, so that each is called in their own."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from rejoinder.team.models import Call

LONGEST = 200  # characters of a subject


@dataclass(frozen=True, slots=True)
class Said:
    """What a call says, in one language."""

    subject: str
    text: str


def in_all(say: Callable[[], Said]) -> dict[str, list[str]]:
    """Subject and text by language, as a call keeps them; `say` is asked once in each."""
    return {code: _in(code, say) for code, _name in settings.LANGUAGES}


def of(call: Call, language: str = settings.LANGUAGE_CODE) -> Said:
    """What a call says in this language, or in that of the desk."""
    return Said(*(call.said.get(language) or call.said[settings.LANGUAGE_CODE]))


def _in(language: str, say: Callable[[], Said]) -> list[str]:
    with translation.override(language):
        words = say()
    return [words.subject[:LONGEST], words.text]
