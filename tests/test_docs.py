"""What is documented exists, and what exists is documented."""

import re
from pathlib import Path

import pytest

from docs.generate import BEGIN, END, REFERENCE, pages, readme
from rejoinder.channels.registry import channels
from rejoinder.cli import commands

ROOT = Path(__file__).parents[1]
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


@pytest.mark.parametrize("name", sorted(path.name for path in REFERENCE.iterdir()))
def test_the_reference_is_up_to_date(name: str) -> None:
    assert (REFERENCE / name).read_text(encoding="utf-8") == pages()[name], "run `make docs`"


def test_the_table_of_channels_in_the_readme_is_up_to_date() -> None:
    front = (ROOT / "README.md").read_text(encoding="utf-8")
    assert front.count(BEGIN) == front.count(END) == 1
    assert readme(front) == front, "run `make docs`"


def test_the_reference_has_every_page() -> None:
    assert {path.name for path in REFERENCE.iterdir()} == set(pages())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in local if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_commands_that_are_named_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    rooms = "|".join(path.name for path in (ROOT / "rejoinder").iterdir() if path.is_dir())
    named = re.findall(rf"`((?:{rooms})/[\w./]+\.\w+)`", text)
    assert [name for name in named if not (ROOT / "rejoinder" / name).exists()] == []
    known = {command.NAME for command in commands()}
    assert set(re.findall(r"`rejoinder ([a-z-]+)", text)) <= known


def test_every_dependency_has_its_decision() -> None:
    decisions = "\n".join(p.read_text() for p in (ROOT / "docs" / "decisions").glob("*.md"))
    project = (ROOT / "pyproject.toml").read_text()
    asked = re.findall(r'^    "([A-Za-z][\w-]*)[\[~>=<"]', project.split("[tool.")[0], re.MULTILINE)
    assert asked
    assert [name for name in asked if name.lower() not in decisions.lower()] == []


def test_the_make_targets_that_are_named_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for document in DOCUMENTS:
        named = set(re.findall(r"`make ([a-z-]+)", document.read_text(encoding="utf-8")))
        assert named <= targets, document


def test_every_key_of_the_pages_is_told() -> None:
    templates = (ROOT / "rejoinder" / "web" / "templates").rglob("*.html")
    keys = {
        key for path in templates for key in re.findall(r'data-key="([^"{]+)"', path.read_text())
    }
    told = re.findall(r"<kbd>([^<]+)</kbd>", (ROOT / "docs" / "use.md").read_text())
    names = {name.lower() for name in told} | {"escape" for name in told if name == "Esc"}
    assert keys
    assert {key.lower() for key in keys} <= names


def test_the_glyph_of_a_channel_is_its_own() -> None:
    glyphs = [channel.glyph for channel in channels().values()]
    assert len(set(glyphs)) == len(glyphs)
