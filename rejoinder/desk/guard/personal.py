"""Personal data in what everybody would read. Pure."""

from collections.abc import Collection, Iterator, Sequence

from rejoinder.desk.guard.kinds import Finding, Kind, Published, Written
from rejoinder.privacy.find.kinds import ADDRESS, EMAIL, NAME, POSTCODE, Span

_SHORT = 3  # letters; a shorter word of a name says too little


def found(one: Written, spans: Sequence[Span], published: Published) -> Iterator[Finding]:
    """What the finder found, but for what is published and what people are called here anyway."""
    places = [_plain(place) for place in published.places]
    known = {word for name in (*one.to, *one.ours) for word in _words(name)}
    for span in spans:
        text = _plain(one.text[span.start : span.end])
        if not _stands(span.kind, text, places, known, published.domains):
            yield Finding(Kind.PERSONAL, span.start, span.end, span.kind)


def _stands(
    kind: str,
    text: str,
    places: Sequence[str],
    known: Collection[str],
    domains: Sequence[str],
) -> bool:
    if kind in {ADDRESS, POSTCODE}:
        return any(text in place or place in text for place in places if place)
    if kind == NAME:
        return all(word in known for word in _words(text))
    return kind == EMAIL and text.rpartition("@")[2] in _plain_all(domains)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace(",", " ").split())


def _plain_all(texts: Sequence[str]) -> set[str]:
    return {_plain(text) for text in texts}


def _words(name: str) -> list[str]:
    return [word for word in _plain(name).replace(".", " ").split() if len(word) >= _SHORT]
