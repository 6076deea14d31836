"""Writes docs/reference/ from the code: `make docs`. A test fails when a page is out of date."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rejoinder.settings")

REFERENCE = Path(__file__).parent / "reference"
MADE = "<!-- Made by `make docs` from the code; edit the code instead. -->\n\n"


BEGIN, END = "<!-- channels: made by `make docs` -->", "<!-- end of channels -->"


def pages() -> dict[str, str]:
    """Every page of the reference by file name."""
    made: dict[str, Callable[[], str]] = {
        "settings.md": settings,
        "commands.md": commands,
        "channels.md": channels,
        "rights.md": rights,
        "personal.md": personal,
        "reading.md": reading,
        "leakcheck.md": leakcheck,
        "writing.md": writing,
        "drill.md": drill,
    }
    schemas = {"drill.schema.json": drill_schema, "world.schema.json": world_schema}
    schemas |= {"openapi.json": api}
    return {name: MADE + make() for name, make in made.items()} | {
        name: make() for name, make in schemas.items()
    }


def api() -> str:
    """The document of the API (OpenAPI 3.1)."""
    from rejoinder.api import v1

    document = v1.api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def settings() -> str:
    """One row for each setting."""
    from rejoinder.plumbing.config import PREFIX, Config

    def default(name: str) -> str:
        value = Config.model_fields[name].default
        return "" if value in (None, "") else f"`{value}`".replace(str(Path.home()), "~")

    rows = (
        (f"`{PREFIX}{name.upper()}`", str(field.description), default(name))
        for name, field in Config.model_fields.items()
    )
    return (
        "# Settings\n\nFrom the environment; with `_FILE` at the end of the name, from the file "
        "that it names. A desk needs none of them.\n\n"
        + _table(("setting", "what it is", "default"), rows)
    )


def commands() -> str:
    """The help of each command, as it prints it."""
    from rejoinder.cli import commands as all_commands

    parts = ["# Commands\n"]
    for command in all_commands():
        parser = argparse.ArgumentParser(
            prog=f"rejoinder {command.NAME}", description=command.HELP, add_help=False
        )
        command.arguments(parser)
        os.environ["COLUMNS"] = "88"
        parts.append(f"## {command.NAME}\n\n```\n{parser.format_help()}```\n")
        parts.append(f"Example: `{command.EXAMPLE}`\n")
    return "\n".join(parts)


def channels() -> str:
    """What each channel can do, and the limits a new account starts from."""
    from rejoinder.channels.registry import channels as found

    kinds = found().values()
    abilities = list(next(iter(kinds)).can.__struct_fields__)
    can = _table(
        ("channel", *(name.replace("_", " ") for name in abilities)),
        ((k.label, *("yes" if getattr(k.can, a) else "–" for a in abilities)) for k in kinds),
    )
    limits = _table(
        ("channel", "limit", "at most", "in", "a reply costs", "window"),
        (
            (k.label, x.name, f"{x.cap:g} {x.unit}", _span(x.window), f"{x.cost:g}", x.alignment)
            for k in kinds
            for x in k.limits()
        ),
    )
    return f"# Channels\n\n{can}\n## Limits a new account starts from\n\n{limits}"


def overview() -> str:
    """What each channel can do, for whoever chooses one: the table in README.md."""
    from rejoinder.channels.registry import channels as found

    columns = {
        "answers in public": "reply",
        "in private": "private",
        "changes": "edit",
        "takes back": "delete",
        "hides": "hide",
        "publishes": "publish",
        "hears untagged": "untagged",
        "shows pictures": "media_in",
        "sends pictures": "pictures",
        "sends films": "film",
        "by hand": "by_hand",
    }
    kinds = (kind for kind in found().values() if not kind.practice)
    rows = (
        (k.label, *("yes" if getattr(k.can, a) else "–" for a in columns.values())) for k in kinds
    )
    return _table(("channel", *columns), rows)


def readme(text: str) -> str:
    """README.md with the table as it is now, between its marks."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n{overview()}{END}{rest.partition(END)[2]}"


def rights() -> str:
    """Who may do what."""
    from rejoinder.team.access import RIGHTS

    every = sorted({right for held in RIGHTS.values() for right in held})
    rows = ((role, *("yes" if r in held else "–" for r in every)) for role, held in RIGHTS.items())
    return "# Rights\n\n" + _table(("role", *every), rows)


def reading() -> str:
    """What a reading may say: its closed lists."""
    from rejoinder.listening.read.lapse import LASTS
    from rejoinder.listening.read.reasons import REASONS
    from rejoinder.listening.read.words import INTENTS, SAFETY, SENTIMENTS
    from rejoinder.privacy.find.kinds import KINDS

    needs = _table(
        ("need", "lapses after"),
        ((need, _span(lasts.total_seconds())) for need, lasts in LASTS.items()),
    )
    lists = {
        "intent": INTENTS,
        "sentiment": SENTIMENTS,
        "safety": SAFETY,
        "personal": sorted(KINDS),
    }
    rows = ((name, ", ".join(f"`{one}`" for one in found)) for name, found in lists.items())
    reasons = _table(
        ("reason", "as it is said"),
        ((f"`{code}`", words.replace("{words}", "…")) for code, words in REASONS.items()),
    )
    return (
        "# Readings\n\nWhat `rejoinder read` and the pages may say of a post; "
        "[how posts are judged](../labelling.md) says what each word means.\n\n## Needs\n\n"
        "In the order of the queue. A common need lapses earlier when what it was about ends.\n\n"
        f"{needs}\n## Lists\n\n{_table(('field', 'values'), rows)}\n## Reasons\n\n{reasons}"
    )


def drill() -> str:
    """What a drill can be told and what it may say: its closed lists, and the reference world."""
    import msgspec

    from rejoinder.drill.limits import PRESETS
    from rejoinder.drill.policies.named import POLICIES
    from rejoinder.drill.reasons import REASONS
    from rejoinder.drill.world import WEIGHTINGS, World
    from rejoinder.listening.read.words import NEEDS

    named = ((f"`{name}`", _sentence(made().__class__)) for name, made in POLICIES.items())
    limits = (
        (f"`{name}`", rule.account, rule.name, f"{rule.cap:,}", rule.alignment)
        for name, rules in PRESETS.items()
        for rule in rules
    )
    worth = ((f"`{name}`", *(f"{one:g}" for one in by.values())) for name, by in WEIGHTINGS.items())
    world = msgspec.json.format(msgspec.json.encode(World()), indent=1).decode()
    return (
        "# Drills\n\nWhat [a drill](../drills.md) can be told and what it may say. Schemas: "
        "[a world](world.schema.json), [what `--json` prints](drill.schema.json).\n\n"
        f"## Policies\n\n{_table(('policy', 'what it does'), named)}\n"
        f"## Limits by name\n\n{_table(('name', 'account', 'limit', 'cap', 'window'), limits)}\n"
        "## What an answer is worth\n\nWithin the hour; half of it later.\n\n"
        f"{_table(('weighting', *NEEDS), worth)}\n## Reasons\n\n"
        + _table(("reason", "in words"), ((f"`{code}`", said) for code, said in REASONS.items()))
        + f"\n## The reference world\n\n```json\n{world}\n```\n"
    )


def drill_schema() -> str:
    """The JSON schema of what `rejoinder drill --json` prints."""
    from rejoinder.drill.result import Result

    return _schema(Result)


def world_schema() -> str:
    """The JSON schema of a world."""
    from rejoinder.drill.world import World

    return _schema(World)


def _schema(shape: type) -> str:
    import msgspec

    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(shape)}
    return msgspec.json.format(msgspec.json.encode(made), indent=1).decode() + "\n"


def _sentence(of: type) -> str:
    return (of.__doc__ or "").partition("\n")[0]


def personal() -> str:
    """The kinds of personal data, and what an original may be opened for."""
    from rejoinder.privacy.find.kinds import KINDS, Span
    from rejoinder.privacy.find.markers import mask
    from rejoinder.privacy.purpose import PURPOSES

    kinds = _table(
        ("kind", "its marker", "what counts"),
        ((f"`{kind}`", mask("x", [Span(0, 1, kind)]), what) for kind, (_, what) in KINDS.items()),
    )
    rows = ((f"`{name}`", purpose.words, f"`{purpose.dpv}`") for name, purpose in PURPOSES.items())
    purposes = _table(("purpose", "why", "W3C Data Privacy Vocabulary"), rows)
    return (
        "# Personal data\n\nWhat is found in posts, as `rejoinder mask` names it; "
        "[why so](../decisions/0029-personal-data.md). Where two kinds overlap, the first of this "
        f"list counts.\n\n{kinds}\n## Purposes\n\n"
        "What an original may be opened for; each opening "
        f"and each refusal is an audit line first.\n\n{purposes}"
    )


def leakcheck() -> str:
    """What `rejoinder leakcheck` may say: its closed lists, and the header names it knows."""
    from rejoinder.privacy.leakcheck.listed import HEADERS
    from rejoinder.privacy.leakcheck.shapes import CLASSES, ENCODINGS, PLACES

    lists = "\n".join(
        f"## {field}\n\n" + _table((field, "what it is"), ((f"`{n}`", x) for n, x in of.items()))
        for field, of in (("where", PLACES), ("class", CLASSES), ("encoding", ENCODINGS))
    )
    known = (
        (kind, ", ".join(f"`{name}`" for name, of in HEADERS.items() if of == kind))
        for kind in CLASSES
    )
    return (
        "# Leak check\n\nWhat `rejoinder leakcheck` says of a finding; "
        "[how it decides](../decisions/0040-leak-check.md). The identifier itself is never said: a "
        "name or a host that holds it is `•`. `contains` is there when a partner's host stands "
        f"within an address that is not the partner's.\n\n{lists}\n"
        f"## Headers that are known by name\n\n{_table(('class', 'names'), known)}"
    )


def writing() -> str:
    """What the guard finds, what tone hints speak of, and the variables of saved replies."""
    from rejoinder.desk import guard, tone
    from rejoinder.desk.wording import VARIABLES

    def sent(kind: guard.Kind) -> str:
        if kind in guard.FINAL:
            return "never"
        return "by a second press" if kind in guard.ASKS_ONCE else "for a reason"

    found = [
        (
            f"`{kind}`",
            means,
            "public" if kind in guard.IN_PUBLIC else "everywhere",
            sent(kind),
        )
        for kind, means in guard.MEANS.items()
    ]
    return (
        "# Writing\n\nWhat is looked at in a reply before it leaves: the guard stops it, hints on "
        "tone never do.\n\n## The guard\n\n"
        + _table(("found", "means", "in", "sent all the same"), found)
        + "\n## Tone hints\n\n"
        + _table(("hint", "means"), ((f"`{kind}`", means) for kind, means in tone.MEANS.items()))
        + "\n## Variables of saved replies\n\n"
        + _table(("variable", "means"), ((f"`{{{name}}}`", m) for name, m in VARIABLES.items()))
    )


def _span(seconds: float) -> str:
    for length, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= length:
            return f"{seconds / length:g} {name}{'s' if seconds > length else ''}"
    return f"{seconds:g} seconds"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [names, ["---"] * len(names), *(list(row) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main() -> int:
    import django

    django.setup()
    REFERENCE.mkdir(exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
    front = REFERENCE.parents[1] / "README.md"
    front.write_text(readme(front.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
