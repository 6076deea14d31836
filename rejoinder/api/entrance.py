"""Who asks: a program with a token in its `Authorization` header, for one colleague."""

from typing import cast

from django.http import HttpRequest
from django.utils import translation
from ninja.security import HttpBearer

from rejoinder.team import tokens
from rejoinder.team.models import Advisor


class Entrance(HttpBearer):
    """`Authorization: Bearer rejoinder_…`; no cookie lets anybody in here."""

    def authenticate(self, request: HttpRequest, token: str) -> Advisor | None:
        """The colleague it works for. Raises TooManyCallsError."""
        advisor = tokens.come_in(token)
        if advisor is not None:
            request.user = advisor
            translation.activate(advisor.language)
        return advisor


def actor(request: HttpRequest) -> Advisor:
    """The colleague the program works for."""
    return cast("Advisor", request.user)
