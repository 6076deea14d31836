"""Requests in, findings out."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rejoinder.privacy.leakcheck import known as numbers
from rejoinder.privacy.leakcheck import names, unpack
from rejoinder.privacy.leakcheck.judge import Found, Judge, name_before
from rejoinder.privacy.leakcheck.known import Known
from rejoinder.privacy.leakcheck.listed import FLAGS, NOTHING
from rejoinder.privacy.leakcheck.names import Said
from rejoinder.privacy.leakcheck.partners import Partners
from rejoinder.privacy.leakcheck.places import Place, places
from rejoinder.privacy.leakcheck.shapes import (
    CLASSES,
    CONTEXT,
    HEX,
    MSISDN,
    OPAQUE,
    PLAIN,
    Finding,
    Request,
)

HOME = ("GB",)
MASK = "•"

_RANK = {kind: place for place, kind in enumerate(CLASSES)}
_DEEPEST = 2  # packings within packings
_REPEATED = 500  # characters; what is longer does not come again
_REMEMBERED = 1 << 14  # values: browsers say the same in every request
_LEAST = 6  # characters or digits; fewer are no identifier
_PROFILE = ('"http', "http")  # the address of what a model of phone can do, the same for all


class Checker:
    """Finds subscriber identifiers.

    `known` are numbers that are looked for anywhere and as hashes; `countries` (ISO 3166) those
    whose mobile numbers are recognised without a plus; `partners` may be told.
    """

    def __init__(
        self,
        known: Known | None = None,
        countries: Sequence[str] = HOME,
        partners: Partners | None = None,
    ) -> None:
        self._known = known or Known()
        self._judge = Judge(countries, self._known)
        self._partners = partners or Partners()
        self._again = lru_cache(_REMEMBERED)(self._once)

    def check(self, requests: Sequence[Request]) -> list[tuple[Finding, ...]]:
        """For each request its findings, each once, the plainest first."""
        return [() if self._partners.allow(one) else tuple(self._check(one)) for one in requests]

    def _check(self, request: Request) -> Iterator[Finding]:
        seen = set()
        contains = self._partners.contained(request)
        for place in places(request):
            for found in self._in_place(place):
                name = self._shown(found.name or place.name)
                finding = Finding(
                    self._shown(request.host), place.where, name, found.kind, found.encoding,
                    contains,
                )  # fmt: skip
                if finding not in seen:
                    seen.add(finding)
                    yield finding

    def _in_place(self, place: Place) -> list[Found]:
        """One for each class and name in the place; by the name alone when the value is silent."""
        kept: dict[tuple[str, str], Found] = {}
        for found in self._by_value(place):
            kept.setdefault((found.kind, found.name), found)
        if not kept and _speaks_alone(place):
            return [Found(place.said.kind, OPAQUE)]
        return sorted(kept.values(), key=lambda one: _RANK[one.kind])

    def _by_value(self, place: Place) -> Sequence[Found]:
        if len(place.value) < _LEAST:
            return ()
        if len(place.value) > _REPEATED:
            return tuple(self._read(place.value, place.said, form=place.form))
        return self._again(place.value, place.said, place.form)

    def _once(self, value: str, said: Said, form: bool) -> Sequence[Found]:  # noqa: FBT001  # a key
        return tuple(self._read(value, said, form=form))

    def _read(self, value: str, said: Said, *, form: bool) -> Iterator[Found]:
        for unquoted in unpack.unquoted(value, form=form):
            for found in self._in_text(unquoted.text, said):
                plain = found.encoding not in _PACKED and unquoted.encoding != PLAIN
                yield found._replace(encoding=unquoted.encoding) if plain else found

    def _in_text(self, text: str, said: Said, depth: int = 0) -> Iterator[Found]:
        for inner, at in unpack.packed(text):
            if inner.text or self._may_say(inner.raw):
                yield from self._packed(inner, name_before(text, at), said, depth)
        plain = list(self._judge.plain(text, said, sure=depth > 0))
        yield from plain or self._judge.swapped(text, said)

    def _packed(self, inner: unpack.Text, name: str, said: Said, depth: int) -> Iterator[Found]:
        own = names.parameter(name) if name else said
        if not inner.text:
            yield from (one._replace(name=name) for one in self._in_bytes(inner, own))
        elif depth < _DEEPEST:
            for found in self._in_text(inner.text, own, depth + 1):
                encoding = found.encoding if found.encoding in _PACKED else inner.encoding
                yield found._replace(encoding=encoding, name=found.name or name)

    def _may_say(self, raw: bytes) -> bool:
        return numbers.is_size(len(raw)) or bool(unpack.in_bytes(raw))

    def _in_bytes(self, inner: unpack.Text, said: Said) -> Iterator[Found]:
        if numbers.is_size(len(inner.raw)) and (name := self._known.hashed(inner.raw)):
            yield Found(MSISDN, name)
        elif inner.encoding != HEX and (kind := self._judge.in_bytes(inner.raw, said)):
            yield Found(kind, inner.encoding)

    def _shown(self, name: str) -> str:
        """A name that is no identifier itself."""
        whole = Place("", "", name)
        return MASK if self._by_value(whole) else name


_PACKED = frozenset(("base64", "base64url", "hex", "tbcd", "md5", "sha1", "sha256"))


def _speaks_alone(place: Place) -> bool:
    value = place.value.strip()
    empty = NOTHING if place.said.kind == CONTEXT else NOTHING | FLAGS
    if not place.said.alone or not value or value.lower() in empty or value.startswith(_PROFILE):
        return False
    return place.where == "header" or len(value) >= _LEAST
