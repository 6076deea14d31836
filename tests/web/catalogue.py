"""The words of the desk and their German: gathers them from the sources, checks, compiles.

python -m tests.web.catalogue    brings django.po and django.mo up to the sources
"""

import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2] / "rejoinder"
GERMAN = ROOT / "web" / "locale" / "de" / "LC_MESSAGES" / "django.po"

# What marks words to translate, and which argument they are. The last four are ours: what an
# audit line says was done is kept in English and shown in the reader's language.
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": (1, 2),
    "line": (2,),
    "begin": (3,),
    "tell": (3,),
    "_tell": (3,),
}
Message = tuple[str, ...]


def words() -> dict[Message, list[str]]:
    """Every message of the sources (singular, and plural if it has one) with where it stands."""
    found: dict[Message, list[str]] = {}
    for path in sorted([*ROOT.rglob("*.py"), *ROOT.rglob("*.html")]):
        for message in _of(path):
            found.setdefault(message, []).append(str(path.relative_to(ROOT)))
    for message in _forms():
        found.setdefault(message, []).append("channels")
    return found


def _of(path: Path) -> Iterator[Message]:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # What stands between the messages is blotted out, but its indentation confuses Python.
        source = "\n".join(line.strip() for line in templatize(source).splitlines())
    file = io.BytesIO(source.encode())
    # Babel gives one argument bare, several as a tuple, and None for what is no plain text.
    calls: Iterable[Any] = extract_python(file, dict(KEYWORDS), [], {"encoding": "utf-8"})
    for _, name, given, _ in calls:
        arguments = given if isinstance(given, tuple) else (given,)
        chosen = [arguments[at - 1] for at in KEYWORDS[name] or (1,) if at <= len(arguments)]
        message = tuple(each for each in chosen if isinstance(each, str) and each)
        if message and len(message) == len(chosen):
            yield message


def _forms() -> Iterator[Message]:
    """What the channels that come with the desk call things; others bring English."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from rejoinder.channels import registry

    for channel in registry.channels().values():
        for field in channel.form:
            yield from ((text,) for text in (field.label, field.help) if text)
        yield from ((step.words,) for step in channel.steps)
        for limit in channel.limits():
            yield from ((limit.name,), (limit.unit,))


def catalogue() -> Catalog:
    """The German words as they are kept."""
    with GERMAN.open("rb") as file:
        return read_po(file, locale="de")


def compiled(kept: Catalog) -> bytes:
    """The form that a desk reads."""
    buffer = io.BytesIO()
    write_mo(buffer, kept)
    return buffer.getvalue()


def update() -> list[str]:
    """Write both files anew from the sources; the messages that lack German words."""
    known = catalogue() if GERMAN.exists() else Catalog("de")
    fresh = Catalog(
        "de",
        header_comment="# The desk in German. Kept by `python -m tests.web.catalogue`.",
        project="Rejoinder",
        version="1",
        msgid_bugs_address="issues",
        last_translator="Rejoinder",
        language_team="German",
        charset="utf-8",
        fuzzy=False,
    )
    missing = []
    for message, places in sorted(words().items()):
        key = message if len(message) > 1 else message[0]
        old = known.get(message[0])
        german = old.string if old else ""
        fresh.add(key, german, locations=[(place, 0) for place in sorted(set(places))])
        if not translated(german):
            missing.append(message[0])
    fresh.creation_date = fresh.revision_date = known.creation_date
    with GERMAN.open("wb") as file:
        write_po(file, fresh, width=100, include_lineno=False, sort_output=True)
    GERMAN.with_suffix(".mo").write_bytes(compiled(catalogue()))
    return missing


def translated(german: object) -> bool:
    """Whether every form of a message has words."""
    return all(german) if isinstance(german, (tuple, list)) else bool(german)


if __name__ == "__main__":
    lacking = update()
    sys.stdout.write("".join(f"no German yet: {each}\n" for each in lacking))
    sys.exit(1 if lacking else 0)
