"""The words in which consent is asked: by purpose and language, the house's own or the desk's."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from rejoinder.privacy.consents import rules
from rejoinder.privacy.consents import words as asked
from rejoinder.privacy.retention.holds import CannotError
from rejoinder.team import access
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs, say, typed


@require_GET
@needs(access.AUDIT)
def listed(request: HttpRequest) -> HttpResponse:
    """Every question that is asked."""
    return _page(request)


@require_POST
@needs(access.PRIVACY)
def write(request: HttpRequest) -> HttpResponse:
    """Ask in these words from now on."""
    given = [typed(request.POST, name) for name in ("purpose", "language", "text")]
    try:
        asked.write(actor(request), *given)
    except CannotError as error:
        say(request, error)
        return _page(request, 422)
    return redirect("consent-words")


def _page(request: HttpRequest, status: int = 200) -> HttpResponse:
    labels, given = words.purpose_labels(), request.POST
    values = {
        "questions": [
            {
                "purpose": purpose,
                "label": labels[purpose],
                "language": code,
                "spoken": name,
                "text": given["text"]
                if (given.get("purpose"), given.get("language")) == (purpose, code)
                else asked.current(purpose, code),
            }
            for purpose in rules.PURPOSES
            for code, name in settings.LANGUAGES
        ],
        "longest": rules.WORDS,
        "may_change": access.may(actor(request), access.PRIVACY),
    }
    return render(request, "retention/consent_words.html", values, status=status)
