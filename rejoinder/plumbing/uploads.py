"""Files that are uploaded: what is too large or has no room is passed over, never kept."""

from typing import Any

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from rejoinder.plumbing import film

TOO_LARGE, NO_ROOM = "too large", "no room"
# The largest that each field takes, in bytes; the other fields have ends of their own.
MOST = {"picture": film.MOST, "film": film.MOST}
_NOTED = "rejoinder.upload"


class Bounded(TemporaryFileUploadHandler):
    """As Django's, on the disk. The rest of what is passed over is read from the line, and
    forgotten, so that whoever sent it gets an answer.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        most = MOST.get(self.field_name or "")
        if most and start + len(raw_data) > most:
            self._pass_over(TOO_LARGE)
        try:
            return super().receive_data_chunk(raw_data, start)
        except OSError:
            self._pass_over(NO_ROOM)

    def _pass_over(self, why: str) -> None:
        self.file.close()
        if self.request is not None:
            self.request.META[_NOTED] = why
        raise SkipFile


def passed_over(request: HttpRequest) -> str:
    """Why a file of this request was not kept; empty when all were. Look at POST first."""
    return str(request.META.get(_NOTED, ""))
