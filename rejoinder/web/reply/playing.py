"""A film of ours as browsers play it: in the pieces that they ask for (RFC 9110, 14)."""

import re
from collections.abc import Iterator

from django.db.models import BinaryField, F, Func, Value
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from rejoinder.outbox.models import Picture
from rejoinder.plumbing.film import MEDIA_TYPE

_PIECE = 1_000_000  # bytes that are in memory at once
_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")
_LAST = re.compile(r"bytes=-(\d{1,12})")


def play(request: HttpRequest, row: Picture) -> HttpResponseBase:
    """The film, or the part of it that is asked for."""
    rows = Picture.objects.filter(pk=row.pk)
    size = int(rows.annotate(size=Length("data")).values_list("size", flat=True).get())
    asked = request.headers.get("Range", "")
    first, last = _part(asked, size)
    if first > last:
        answer: HttpResponseBase = HttpResponse(status=416)
        answer["Content-Range"] = f"bytes */{size}"
        return answer
    whole = not asked or (first, last) == (0, size - 1)
    answer = StreamingHttpResponse(
        _pieces(row, first, last), status=200 if whole else 206, content_type=MEDIA_TYPE
    )
    answer["Content-Length"] = str(last - first + 1)
    answer["Accept-Ranges"] = "bytes"
    if not whole:
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    return answer


def _part(asked: str, size: int) -> tuple[int, int]:
    """First and last byte; what is no range, or several, is the whole."""
    if found := _RANGE.fullmatch(asked):
        last = int(found[2]) if found[2] else size - 1
        return int(found[1]), min(last, size - 1)
    if found := _LAST.fullmatch(asked):
        return max(0, size - int(found[1])), size - 1
    return 0, size - 1


def _pieces(row: Picture, first: int, last: int) -> Iterator[bytes]:
    for start in range(first, last + 1, _PIECE):
        length = min(_PIECE, last + 1 - start)
        piece = Func(
            F("data"),
            Value(start + 1),
            Value(length),
            function="SUBSTR",
            output_field=BinaryField(),
        )
        rows = Picture.objects.filter(pk=row.pk).annotate(piece=piece)
        yield bytes(rows.values_list("piece", flat=True).first() or b"")
