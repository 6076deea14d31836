"""Writing down who called, wrote a letter or came in: L opens the form, Ctrl Enter keeps it."""

import secrets as chance
from datetime import datetime

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from rejoinder.channels import reference as references
from rejoinder.channels.models import Account
from rejoinder.channels.phone import call as calls
from rejoinder.channels.phone import phone
from rejoinder.channels.phone.call import Call
from rejoinder.channels.phone.hours import Slot
from rejoinder.desk import callbacks
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.hear.hand_in import hand_in
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock, secrets
from rejoinder.plumbing.log import LogError
from rejoinder.team import access, audit
from rejoinder.web.frame.acting import actor, needs, posted
from rejoinder.web.public.follow import state
from rejoinder.web.talk.slots import slot as slot_words

KINDS = {
    "call": gettext_lazy("Phone call"),
    "letter": gettext_lazy("Letter"),
    "visit": gettext_lazy("Visit"),
}


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs(access.ANSWER)
def write(request: HttpRequest) -> HttpResponse:
    """The form; kept, it is on the intake log and waits in the same queue."""
    account = Account.objects.filter(channel=phone.Phone.name, disconnected_at=None).first()
    if account is None:
        messages.info(request, _("Connect Phone first: whoever opens a channel keeps it up."))
        return redirect("channels")
    offered = callbacks.offered()
    form = Calling(offered, posted(request))
    if form.is_valid() and (spelt := _kept(request, account, form)):
        return redirect("call", spelt)
    status = 422 if form.errors else 200
    return render(request, "write_call.html", {"form": form}, status=status)


@require_GET
@needs(access.READ)
def call(request: HttpRequest, reference: str) -> HttpResponse:
    """What to tell the caller: the reference and the place; the same when they call again."""
    spelt = references.understood(request.GET.get("reference", "") or reference)
    rows = Conversation.objects.filter(channel__in=["phone", "webform"], thread=spelt or "")
    talk = access.visible(actor(request), rows).select_related("person").first()
    promised = callbacks.standing([talk]).get(talk.pk) if talk else None
    values = {
        "reference": spelt or reference,
        "known": spelt is not None,
        "talk": talk,
        "state": state(talk) if talk else "",
        "promised": slot_words(promised.from_at, promised.to_at) if promised else "",
    }
    return render(request, "call.html", values, status=200 if spelt else 404)


def _kept(request: HttpRequest, account: Account, form: "Calling") -> str:
    """The reference; empty when it could not be kept, and the form says why."""
    told = form.cleaned_data
    spelt = references.spell(chance.randbits(references.BITS))
    written = Call(
        reference=spelt,
        kind=told["kind"],
        text=told["text"],
        name=told["name"],
        contact=told["contact"] if told["consent"] else "",
        slot=form.chosen,
        at=clock.now(),
    )
    number = calls.normal(told["contact"]) if told["consent"] and told["kind"] == "call" else ""
    author = secrets.blind(number, "phone") if number else spelt
    me = actor(request)
    try:
        with transaction.atomic():
            if form.chosen:
                callbacks.promise(account.channel, spelt, form.chosen, me)
            audit.line(me, "wrote down a call", spelt, kind=told["kind"])
            hand_in(account, [calls.post(written, author, phone.page(spelt))])
    except (CannotError, LogError) as error:
        form.add_error(None, str(error))
        return ""
    return spelt


class Calling(forms.Form):
    """Who it was, what they asked, and how they are reached."""

    kind = forms.ChoiceField(
        label=gettext_lazy("How they came"),
        choices=list(KINDS.items()),
        initial="call",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("What they ask"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5, "autofocus": True}),
    )
    name = forms.CharField(
        label=gettext_lazy("Who it is"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    contact = forms.CharField(
        label=gettext_lazy("Their number; of a letter the address"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    consent = forms.BooleanField(
        label=gettext_lazy("They agreed that we keep it to answer them"),
        help_text=gettext_lazy(
            "Say: “May I keep your number to call you back? It is locked away, and opened for that "
            "alone.” Without a yes it is not kept."
        ),
        required=False,
    )

    def __init__(self, offered: list[Slot], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the query dict of a request, or None
        if offered:
            choices = [("", _("No call was promised"))]
            choices += [(start.isoformat(), slot_words(start, end)) for start, end in offered]
            self.fields["slot"] = forms.ChoiceField(
                label=_("We call back"), choices=choices, required=False
            )
        self._offered = {start: (start, end) for start, end in offered}

    def clean(self) -> None:
        """A number is given with a yes, and a call is promised to a number."""
        super().clean()
        told = self.cleaned_data
        if told.get("slot") and not (told.get("consent") and told.get("contact")):
            self.add_error("contact", _("A callback needs their number, and their yes."))

    @property
    def chosen(self) -> Slot | None:
        """The slot that was chosen."""
        start = self.cleaned_data.get("slot", "")
        return self._offered.get(datetime.fromisoformat(start)) if start else None
