"""The contact page: a question without an account, and a page that follows it.

No cookie is set or read: nothing here is done in anybody's name, so there is nothing to forge.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from rejoinder.channels.contract import Post
from rejoinder.channels.models import Account
from rejoinder.channels.webform import entry, webform
from rejoinder.channels.webform.entry import Entry
from rejoinder.desk import callbacks
from rejoinder.desk.models import Callback
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.hear.hand_in import hand_in
from rejoinder.plumbing import clock, secrets
from rejoinder.plumbing.log import LogError
from rejoinder.web.public import addresses, gate, hours, render
from rejoinder.web.public.contact_form import Contacting
from rejoinder.web.public.stock import the_house

View = Callable[..., HttpResponse]
recent = gate.Recent()


def public(view: View) -> View:
    """Open to everybody, while the form is a channel that somebody keeps up."""

    @login_not_required
    @csrf_exempt
    @never_cache
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        rows = Account.objects.filter(channel=webform.WebForm.name, disconnected_at=None)
        account = rows.first()
        if account is None:
            raise Http404
        with render.spoken(_language(request), the_house()):
            return view(request, account, *args, **values)

    return opened


@public
def ask(request: HttpRequest, account: Account) -> HttpResponse:
    """The form; sent, it is on the intake log before the page of its reference says thank you."""
    if request.method != "POST":
        return _shown(Contacting(callbacks.offered()), gate.new_token())
    form = Contacting(callbacks.offered(), request.POST)
    token = gate.read(request.POST.get("token", ""))
    if not form.is_valid():
        return _shown(form, request.POST.get("token", ""), "", 422)
    if token is None:
        words = _("This page was open for long. Look your words over and send them again.")
        return _shown(form, gate.new_token(), words, 422)
    return _passed(request, account, form, token)


def _passed(
    request: HttpRequest, account: Account, form: Contacting, token: gate.Token
) -> HttpResponse:
    network = gate.network(request.META.get("REMOTE_ADDR", ""))
    verdict = gate.judge(token, clock.now(), recent.times(network), form.links)
    if verdict.wait is None:
        words = _("Very many messages come from your network. Please call us, or try in an hour.")
        return _shown(form, request.POST["token"], words, 429)
    if not verdict.taken:
        words = _(
            "Please press Send again in %(n)d seconds. Your words are kept here. This keeps "
            "machines from filling the queue in which you stand."
        )
        wait = gate.waiting(token, verdict.wait)
        return _shown(form, wait, words % {"n": round(verdict.wait)}, 200)
    try:
        with transaction.atomic():
            if form.chosen and not _is_there(account, token.reference):
                callbacks.promise(account.channel, token.reference, form.chosen, None)
            hand_in(account, [_post(form, token.reference)])
    except CannotError as error:
        return _shown(form, request.POST["token"], str(error), 409)
    except LogError:
        words = _("We cannot keep your message at this moment. Please send it again in a minute.")
        return _shown(form, request.POST["token"], words, 503)
    recent.came(network)
    return HttpResponseRedirect(reverse("contact-follow", args=[token.reference]) + "?sent")


def _is_there(account: Account, thread: str) -> bool:
    """Whether Send was pressed twice."""
    return Callback.objects.filter(channel=account.channel, thread=thread).exists()


def _post(form: Contacting, reference: str) -> Post:
    told = form.cleaned_data
    sent = Entry(
        reference=reference,
        kind=told["kind"],
        text=told["text"],
        name=told["name"],
        email=told["email"],
        phone=told["phone"],
        slot=form.chosen,
        language=translation.get_language() or "",
        at=clock.now(),
    )
    return entry.post(sent, author(told["email"]) or reference, webform.page(reference))


def author(email: str) -> str:
    """What stands for the person of an address; nothing for none."""
    return secrets.blind(entry.normal(email), "webform email") if email else ""


def _shown(form: Contacting, token: str, words: str = "", status: int = 200) -> HttpResponse:
    values = {"form": form, "token": token, "words": words, "hours": hours.sentences()}
    return page("public/contact.html", values, status)


def page(template: str, values: dict[str, Any], status: int = 200) -> HttpResponse:
    """One of the contact pages in the frame of the public pages."""
    languages = [(code, name) for code, name in settings.LANGUAGES]
    shared = {
        "house": the_house(),
        "index_url": addresses.ROOT,
        "feed_url": addresses.FEED,
        "log_url": addresses.LOG,
        "icon_url": addresses.ICON,
        "contact_url": reverse("contact"),
        "languages": languages,
    }
    return HttpResponse(render_to_string(template, {**shared, **values}), status=status)


def _language(request: HttpRequest) -> str:
    """The one asked for on the page, else the browser's, as the middleware found it."""
    asked = request.GET.get("in", "")
    known = {code for code, name in settings.LANGUAGES}
    return asked if asked in known else translation.get_language() or ""
