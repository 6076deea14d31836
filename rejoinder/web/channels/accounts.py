"""The channels: what is heard, what is in trouble, connecting and disconnecting."""

from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rejoinder.channels import actions, allowing, registry
from rejoinder.channels.contract import Channel, Field, TroubleError
from rejoinder.channels.models import Account
from rejoinder.desk import cosign as cosigns
from rejoinder.plumbing.config import config
from rejoinder.team import access, audit
from rejoinder.web.channels import drawn
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs, posted

WAITING = "connecting"  # in the session: what waits for the platform's answer, by its state
AT_ONCE = 3


@require_GET
@needs(access.READ)
def channels(request: HttpRequest) -> HttpResponse:
    """Every connected account and how it is heard."""
    accounts = list(Account.objects.filter(disconnected_at=None).order_by("channel", "handle"))
    values = {
        "sentence": _sentence(accounts),
        "accounts": [
            (each, words.ago(each.heard_at) if each.heard_at else "", _hook(each))
            for each in accounts
        ],
        "kinds": [(each.name, each.label) for each in _offered()],
        "may_connect": access.may(actor(request), access.CONNECT),
    }
    return render(request, "channels.html", values)


def _hook(account: Account) -> str:
    """Where its platform, or who tells of a page, sends to; empty where nothing is taken."""
    channel = registry.channels().get(account.channel, Channel)
    if channel.receive is Channel.receive:
        return ""
    return config().base_url.rstrip("/") + reverse("hook", args=[account.public_id])


def _offered() -> list[type[Channel]]:
    """What can be connected; a pretence only where people practise."""
    found = registry.channels().values()
    return [each for each in found if config().demo or not each.practice]


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs(access.CONNECT)
def connect(request: HttpRequest, name: str) -> HttpResponse:
    """The channel's own form; what the platform answers stands beside it."""
    channel = registry.channels().get(name)
    if channel is None:
        raise Http404
    form = Connecting(channel, posted(request))
    if form.is_valid() and (done := _begun(request, form, channel)):
        return done
    steps = drawn.steps(channel, _back(name))
    values = {"label": channel.label, "form": form, "steps": steps}
    return render(request, "connect.html", values, status=422 if form.errors else 200)


@never_cache
@require_GET
@needs(access.CONNECT)
def come_back(request: HttpRequest, name: str) -> HttpResponse:
    """From the platform's own page, with its answer: connected, or why not."""
    if name not in registry.channels():
        raise Http404
    waiting = request.session.get(WAITING, {})
    sealed = waiting.pop(request.GET.get("state", ""), "")
    request.session[WAITING] = waiting
    try:
        account = allowing.finish(name, sealed, request.GET.dict(), witness=_witness(request, name))
    except TroubleError as trouble:
        messages.error(request, trouble.words)
        return redirect("connect", name)
    return _connected(request, account)


@require_POST
@needs(access.CONNECT)
def cosign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Whether replies end with the sign of whoever wrote them."""
    account = get_object_or_404(Account, public_id=public_id)
    cosigns.switch(actor(request), account, signs=request.POST.get("signs") == "yes")
    return redirect("channels")


@require_POST
@needs(access.CONNECT)
def disconnect(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Stop hearing an account and forget its credentials."""
    account = get_object_or_404(Account, public_id=public_id)
    me = actor(request)
    actions.disconnect(account, witness=lambda row: audit.line(me, "disconnected", row.handle))
    messages.success(request, _("%(handle)s is disconnected.") % {"handle": account.handle})
    return redirect("channels")


def _begun(request: HttpRequest, form: "Connecting", channel: type[Channel]) -> HttpResponse | None:
    """On to the platform's own page, or connected at once; None when there was trouble."""
    name, given = channel.name, form.cleaned_data
    try:
        pending = allowing.begin(name, given, back=_back(name))
        if pending is None:
            witness = _witness(request, name)
            return _connected(request, actions.connect(name, given, witness=witness))
    except TroubleError as trouble:
        form.add_error(None, trouble.words)
        return None
    waiting = list(request.session.get(WAITING, {}).items())[1 - AT_ONCE :]
    request.session[WAITING] = {**dict(waiting), pending.state: pending.sealed}
    host = urlsplit(pending.url).hostname
    values = {"label": channel.label, "url": pending.url, "host": host}
    return render(request, "connect_there.html", values)


def _connected(request: HttpRequest, account: Account) -> HttpResponse:
    messages.success(request, _("%(handle)s is connected.") % {"handle": account.handle})
    return redirect("channels")


def _witness(request: HttpRequest, name: str) -> actions.Witness:
    me = actor(request)
    return lambda row: audit.line(me, "connected", row.handle, channel=name)


def _back(name: str) -> str:
    return config().base_url + reverse("connect-back", args=[name])


def _sentence(accounts: list[Account]) -> str:
    if not accounts:
        return _("No account is connected yet. Connect one, and the desk begins to hear.")
    troubled = sum(1 for account in accounts if account.trouble)
    if not troubled:
        return _("Everything connected is heard.")
    sentence = ngettext("%(n)d account is in trouble.", "%(n)d accounts are in trouble.", troubled)
    return sentence % {"n": troubled}


class Connecting(forms.Form):
    """The fields a channel asks for."""

    def __init__(self, channel: type[Channel], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the query dict of a request, or None
        for field in channel.form:
            self.fields[field.name] = _field(field)


def _field(field: Field) -> forms.CharField:
    # A browser must not offer somebody's own password for the organisation's account.
    secret = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(
        label=_(field.label),
        help_text=_(field.help) if field.help else "",
        required=field.required,
        initial=field.default,
        max_length=2000,
        widget=secret if field.secret else forms.TextInput(attrs={"autocomplete": "off"}),
    )
