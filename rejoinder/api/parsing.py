"""What programs send, as if somebody had typed it: LF for every line end, and no NUL.

PostgreSQL takes no NUL, and platforms count a CRLF as two (`web/frame/acting.py` does the same).
"""

from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser


class Typed(Parser):
    """Bodies and addresses."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The JSON of a body, cleaned."""
        return clean(super().parse_body(request))

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """What stands in an address, cleaned."""
        return {
            name: clean(value)
            for name, value in super().parse_querydict(data, list_fields, request).items()
        }


def clean(given: Any) -> Any:
    """The same value with all its texts cleaned."""
    if isinstance(given, str):
        return given.replace("\r\n", "\n").replace("\0", "")
    if isinstance(given, list):
        return [clean(each) for each in given]
    if isinstance(given, dict):
        return {name: clean(value) for name, value in given.items()}
    return given
