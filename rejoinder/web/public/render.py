"""The HTML of the public pages, in the language of the answer and the organisation's time."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rejoinder.answers.layout import Section, sections
from rejoinder.answers.models import Answer, Revision
from rejoinder.channels.models import Account
from rejoinder.plumbing.config import config
from rejoinder.team.cosigns import Signer
from rejoinder.team.models import Organisation
from rejoinder.web.public import addresses


@dataclass(frozen=True, slots=True)
class House:
    """Whose pages these are: name, zone, language, where else people reach it, the style."""

    name: str
    zone: str
    language: str
    accounts: Sequence[Account] = ()
    style: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One published revision in the list of versions."""

    revision: Revision
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class Other:
    """The same answer in another language."""

    language: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A revision as its page shows it: what else there is, and what is newer."""

    answer: Answer
    revision: Revision
    newest: Revision
    versions: Sequence[Revision]  # of this language, newest first
    own: Revision | None  # what is public in the answer's own language
    languages: Sequence[str]
    place: int | None  # of its entry in the log; None for a preview
    preview: bool = False

    @property
    def is_newest(self) -> bool:
        return self.revision == self.newest

    @property
    def stale(self) -> bool:
        """An edition that says again an older revision of the answer."""
        mine = self.revision.language != self.answer.language
        return mine and self.own is not None and (self.revision.follows or 0) < self.own.number


def answer(shown: Shown, house: House) -> str:
    """The page of an answer or of one of its revisions."""
    revision = shown.revision
    lead, *rest = sections(revision.text)
    own = "" if revision.language == shown.answer.language else revision.language
    values = {
        "shown": shown,
        "revision": revision,
        "lead": lead,
        "sections": rest,
        "versions": [_version(each, shown, own) for each in shown.versions],
        "others": [_other(each, shown.answer) for each in shown.languages if each != own],
        "newest_url": addresses.answer(shown.answer.slug, own),
        "own_url": addresses.answer(shown.answer.slug),
        "canonical": config().base_url + addresses.answer(shown.answer.slug, own),
        "short_url": config().base_url + addresses.short(shown.answer.code),
        "entry_url": None if shown.place is None else addresses.leaf(shown.place),
        "structured": structured(shown, [lead, *rest]),
    }
    with spoken(revision.language, house):
        return _page("public/answer.html", values, house)


def post(revision: Revision) -> str:
    """The words of a revision as HTML for a blog that has its own frame, with when and what
    changed; its headings stand below the title there.
    """
    lead, *rest = sections(revision.text)
    with spoken(revision.language, House("", organisation().time_zone, organisation().language)):
        values = {"revision": revision, "lead": lead, "sections": rest}
        return render_to_string("public/post.html", values)


def organisation() -> Organisation:
    """Whose pages these are."""
    return Organisation.objects.first() or Organisation(name="Rejoinder")


def index(rows: Sequence[Revision], house: House) -> str:
    """All answers, newest first."""
    with spoken(house.language, house):
        listed = [(row, addresses.answer(row.answer.slug)) for row in rows]
        return _page("public/index.html", {"listed": listed}, house)


def who(signers: Sequence[Signer], house: House) -> str:
    """Who signs our replies."""
    with spoken(house.language, house):
        return _page("public/who.html", {"signers": signers}, house)


def missing(house: House) -> str:
    """There is no such page."""
    with spoken(house.language, house):
        return _page("public/missing.html", {}, house)


def structured(shown: Shown, parts: Sequence[Section]) -> SafeString:
    """FAQPage of schema.org as JSON that may stand inside a script element.

    Only for what still holds: an old version or a withdrawn answer is no answer.
    """
    if shown.answer.withdrawn_at or not shown.is_newest or shown.preview:
        return SafeString("")
    whole = "\n\n".join(f"{part.heading}\n{part.text}".strip() for part in parts)
    asked = [(part.heading, part.text) for part in parts if part.heading.endswith("?")]
    questions = [(shown.revision.title, whole.strip()), *asked]
    value = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": shown.revision.language,
        "dateModified": _iso(shown.revision.published_at),
        "mainEntity": [
            {
                "@type": "Question",
                "name": name,
                "acceptedAnswer": {"@type": "Answer", "text": text},
            }
            for name, text in questions
        ],
    }
    return _inside_script(value)


@contextmanager
def spoken(language: str, house: House) -> Iterator[None]:
    """Words and times of the page: its own language where the desk speaks it, else the house's."""
    spoken_here = {code.partition("-")[0]: code for code, name in settings.LANGUAGES}
    near = spoken_here.get(language.partition("-")[0].lower())
    with translation.override(near or house.language), timezone.override(ZoneInfo(house.zone)):
        yield


def on(moment: datetime) -> str:
    """The time and its whole day: a page stays as it is when the day is over."""
    # The form is a message too: days and months stand differently in other languages.
    return date_format(timezone.localtime(moment), _("H:i, l j F Y"))


def on_or_at(moment: datetime, said: datetime | None) -> str:
    """The time; with its day unless something was said on that day."""
    here = timezone.localtime(moment)
    same = said is not None and timezone.localtime(said).date() == here.date()
    return date_format(here, "H:i") if same else on(moment)


def _page(template: str, values: Mapping[str, Any], house: House) -> str:
    shared = {
        "house": house,
        "index_url": addresses.ROOT,
        "feed_url": addresses.FEED,
        "log_url": addresses.LOG,
        "icon_url": addresses.ICON,
    }
    return render_to_string(template, {**shared, **values})


def _version(revision: Revision, shown: Shown, language: str) -> Version:
    number = None if revision == shown.newest else revision.number
    url = addresses.answer(shown.answer.slug, language, number)
    return Version(revision, url, revision == shown.revision)


def _other(language: str, answer: Answer) -> Other:
    tag = language or answer.language
    info = translation.get_language_info(tag) if _is_known(tag) else {"name_local": tag}
    return Other(tag, info["name_local"], addresses.answer(answer.slug, language))


def _is_known(tag: str) -> bool:
    try:
        translation.get_language_info(tag)
    except KeyError:
        return False
    return True


def _inside_script(value: Mapping[str, Any]) -> SafeString:
    """JSON in which nothing can end a script element or begin a comment (HTML, 4.12.1.3)."""
    text = json.dumps(value, ensure_ascii=False)
    for letter, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(letter, code)
    return mark_safe(text)  # noqa: S308  # what could end the element is written as its number


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
