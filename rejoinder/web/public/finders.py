"""Where finders report a weakness or a leak: security.txt, a form without an account, their page.

security.txt as RFC 9116 has it. No cookie is set or read here, as on the contact page.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from rejoinder.channels import reference as references
from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.privacy.findings import answering, rules
from rejoinder.privacy.findings.receiving import Report, receive
from rejoinder.privacy.models import Finding
from rejoinder.privacy.models.finding import CREDIT_CAP, WHERE_CAP, WORDS_CAP
from rejoinder.web.frame import words
from rejoinder.web.public import gate, render
from rejoinder.web.public.contact import page
from rejoinder.web.public.stock import the_house

# Section 2.5.5 asks for less than a year ahead; made anew each time, it ends with the desk.
EXPIRES = timedelta(days=90)
View = Callable[..., HttpResponse]
recent = gate.Recent()
_LINK = re.compile(r"https?://", re.IGNORECASE)
_LINKS_ARE_USUAL = 20  # in a report, which shows where; above that it waits, as a machine's does


class Reporting(forms.Form):
    """What was found, where, and how we reach the finder; only the words are needed."""

    where = forms.CharField(
        label=gettext_lazy("Where you found it"),
        help_text=gettext_lazy("An address, an app, a product or a number of ours."),
        required=False,
        max_length=WHERE_CAP,
    )
    words = forms.CharField(
        label=gettext_lazy("What you found, and how it can be seen again"),
        help_text=gettext_lazy(
            "Please show no more of other people's data than it takes. What looks personal is "
            "hidden before it is kept."
        ),
        max_length=WORDS_CAP,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address, if we may ask you more"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    credit_name = forms.CharField(
        label=gettext_lazy("The name to thank you by in public, if you would like that"),
        required=False,
        max_length=CREDIT_CAP,
    )
    # Filled in by machines alone.
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_website(self) -> str:
        """Empty, or nobody reads the rest."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty, and send again."))
        return ""

    @property
    def links(self) -> int:
        """How many addresses beyond what a report usually has."""
        many = len(_LINK.findall(self.cleaned_data.get("words", "")))
        return many if many > _LINKS_ARE_USUAL else 0


def public(view: View) -> View:
    """Open to everybody, in their language."""

    @login_not_required
    @csrf_exempt
    @never_cache
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        asked = request.GET.get("in", "")
        known = {code for code, name in settings.LANGUAGES}
        language = asked if asked in known else translation.get_language() or ""
        with render.spoken(language, the_house()):
            return view(request, *args, **values)

    return opened


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: where to report, until when this holds, in which languages, by which rules."""
    base, here = config().base_url, reverse("finders")
    expires = (clock.now() + EXPIRES).replace(hour=0, minute=0, second=0, microsecond=0)
    languages = ", ".join(code.partition("-")[0] for code, _name in settings.LANGUAGES)
    lines = [
        f"Contact: {base}{here}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {languages}",
        f"Canonical: {base}{reverse('security-txt')}",
        f"Policy: {base}{here}",
        f"Acknowledgments: {base}{here}#thanks",
    ]
    text = "".join(f"{line}\r\n" for line in lines)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@public
def report(request: HttpRequest) -> HttpResponse:
    """What we promise, and the form; sent, it is kept before the page of its reference shows."""
    if request.method != "POST":
        return _shown(Reporting(), gate.new_token())
    form = Reporting(request.POST)
    token = gate.read(request.POST.get("token", ""))
    if not form.is_valid():
        return _shown(form, request.POST.get("token", ""), "", 422)
    if token is None:
        said = _("This page was open for long. Look your words over and send them again.")
        return _shown(form, gate.new_token(), said, 422)
    return _passed(request, form, token)


@public
def follow(request: HttpRequest, reference: str) -> HttpResponse:
    """What became of a report, for who has its reference."""
    spelt = references.understood(reference)
    found = Finding.objects.filter(reference=spelt).first() if spelt else None
    if found is None:
        return page("public/finder_follow.html", {"unknown": True}, 404)
    values = {
        "found": found,
        "state": _state(found),
        "credit": _credit(found),
        "told": found.told.order_by("at", "pk"),
    }
    return page("public/finder_follow.html", values)


def _passed(request: HttpRequest, form: Reporting, token: gate.Token) -> HttpResponse:
    network = gate.network(request.META.get("REMOTE_ADDR", ""))
    verdict = gate.judge(token, clock.now(), recent.times(network), form.links)
    if verdict.wait is None:
        said = _("Very many messages come from your network. Please call us, or try in an hour.")
        return _shown(form, request.POST["token"], said, 429)
    if not verdict.taken:
        said = _(
            "Please press Send again in %(n)d seconds. Your words are kept here. This keeps "
            "machines from filling the queue in which you stand."
        )
        again = gate.waiting(token, verdict.wait)
        return _shown(form, again, said % {"n": round(verdict.wait)}, 200)
    told = {name: form.cleaned_data[name] for name in ("words", "where", "email", "credit_name")}
    try:
        receive(Report(token.reference, **told))
    except DatabaseError:
        said = _("We cannot keep your message at this moment. Please send it again in a minute.")
        return _shown(form, request.POST["token"], said, 503)
    recent.came(network)
    return HttpResponseRedirect(reverse("finder-follow", args=[token.reference]))


def _shown(form: Reporting, token: str, said: str = "", status: int = 200) -> HttpResponse:
    values = {
        "form": form,
        "token": token,
        "words": said,
        "days": rules.WORKING_DAYS,
        "thanked": answering.thanked(),
    }
    return page("public/finder.html", values, status)


def _state(found: Finding) -> str:
    if found.closed_at is not None:
        return _("We looked into it and closed it %(at)s.") % {"at": words.at(found.closed_at)}
    if found.acknowledged_at is not None:
        at = words.at(found.acknowledged_at)
        return _("A person has had your report since %(at)s and looks into it.") % {"at": at}
    by = words.at(answering.due(found))
    return _("We have your report. A person tells you so here before %(by)s.") % {"by": by}


def _credit(found: Finding) -> str:
    return {
        rules.Credit.UNASKED: _("You did not ask to be named."),
        rules.Credit.ASKED: _("You asked to be named; that is decided when it is repaired."),
        rules.Credit.GIVEN: _("You are named among those we thank."),
        rules.Credit.REFUSED: _("You are not named."),
    }[rules.Credit(found.credit)]
