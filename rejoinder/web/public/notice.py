"""The public notice: what is read, why, how long it is kept, and what people may ask for."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rejoinder.channels.models import Account
from rejoinder.channels.webform import webform
from rejoinder.privacy import notice
from rejoinder.privacy.retention import periods
from rejoinder.web.public import render
from rejoinder.web.public.contact import page
from rejoinder.web.public.stock import the_house
from rejoinder.web.templatetags.desk import channel_label


@login_not_required
@never_cache
@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """The organisation's own words in the language asked for, else those of the desk."""
    asked = request.GET.get("in", "")
    known = {code for code, _name in settings.LANGUAGES}
    language = asked if asked in known else translation.get_language() or ""
    with render.spoken(language, the_house()):
        return page("public/notice.html", _values())


def _values() -> dict[str, Any]:
    accounts = Account.objects.filter(disconnected_at=None).order_by("channel", "handle")
    kept = periods.kept().channels
    return {
        "own": notice.own(translation.get_language() or ""),
        "accounts": [(channel_label(each.channel), each.handle) for each in accounts],
        "periods": [(channel_label(name), days) for name, days in sorted(kept.items())],
        "may_write": any(each.channel == webform.WebForm.name for each in accounts),
    }
