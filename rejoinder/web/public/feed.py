"""The feed of changes: each revision published and each answer withdrawn (Atom, RFC 4287)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from rejoinder.answers.models import Answer, Leaf
from rejoinder.plumbing.config import config
from rejoinder.web.public import addresses
from rejoinder.web.public.render import House

MOST = 50
TYPE = "application/atom+xml; charset=utf-8"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot carry, section 2.2.
_NO_XML = {code: None for code in range(32) if code not in {9, 10, 13}} | {
    0xFFFE: None,
    0xFFFF: None,
}


def feed(leaves: Sequence[Leaf], house: House) -> bytes:
    """`leaves` newest first."""
    root = ET.Element("feed", xmlns=_ATOM)
    _add(root, "title", house.name)
    _add(root, "id", config().base_url + addresses.ROOT)
    ET.SubElement(root, "link", rel="self", href=config().base_url + addresses.FEED)
    ET.SubElement(root, "link", href=config().base_url + addresses.ROOT)
    _add(root, "updated", _moment(leaves[0].at if leaves else datetime.fromtimestamp(0, UTC)))
    _add(ET.SubElement(root, "author"), "name", house.name)
    for leaf in leaves[:MOST]:
        _entry(root, leaf)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: ET.Element, leaf: Leaf) -> None:
    entry = ET.SubElement(root, "entry")
    revision = leaf.revision
    # The place in the log is the one name of an entry that nothing changes.
    _add(entry, "id", config().base_url + addresses.leaf(leaf.place))
    _add(entry, "updated", _moment(leaf.at))
    _add(entry, "title", revision.title if revision else _title(leaf.answer))
    url = config().base_url + addresses.answer(leaf.answer.slug)
    if revision is None:
        _add(entry, "summary", leaf.answer.withdrawn_why)
    else:
        own = "" if revision.language == leaf.answer.language else revision.language
        url = config().base_url + addresses.answer(leaf.answer.slug, own)
        if revision.what_changed:
            _add(entry, "summary", revision.what_changed)
        _add(entry, "content", revision.text).set(_LANGUAGE, revision.language)
    ET.SubElement(entry, "link", href=url)


def _title(answer: Answer) -> str:
    revision = answer.revisions.filter(published_at__isnull=False).order_by("-number").first()
    return revision.title if revision else answer.slug


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, name)
    child.text = text.translate(_NO_XML)
    return child


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
