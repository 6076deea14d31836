"""The page of a reference: the place in the queue, the answer, a word more; and who lost it."""

import logging
from threading import Thread

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.channels import reference as references
from rejoinder.channels.contract import Post
from rejoinder.channels.models import Account
from rejoinder.channels.webform import entry, webform
from rejoinder.desk import callbacks
from rejoinder.desk.asleep import rows
from rejoinder.desk.place import MOST, Place, place
from rejoinder.listening.hear.hand_in import hand_in
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Acknowledgement, Reply, State
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import LogError
from rejoinder.team.notify import mail
from rejoinder.web.frame.words import figure
from rejoinder.web.public import contact, gate
from rejoinder.web.public.contact import page, public
from rejoinder.web.public.contact_form import Adding, Losing
from rejoinder.web.talk.slots import slot

NEWEST = 10  # references that are sent to who lost one
looks = gate.Recent()
_LOG = logging.getLogger(__name__)


@public
def follow(request: HttpRequest, account: Account, reference: str) -> HttpResponse:
    """How far it is; posted to, something is added."""
    spelt = references.understood(reference)
    if spelt is None:
        return _unknown()
    if spelt != reference:
        return HttpResponseRedirect(reverse("contact-follow", args=[spelt]))
    talk = Conversation.objects.filter(channel=account.channel, thread=spelt).first()
    if talk is None:
        return _not_yet(spelt) if "sent" in request.GET else _unknown()
    if request.method != "POST":
        return _followed(talk, spelt, Adding())
    return _added(request, account, talk, spelt)


def _added(request: HttpRequest, account: Account, talk: Conversation, spelt: str) -> HttpResponse:
    form = Adding(request.POST)
    token = gate.read(request.POST.get("token", ""))
    if not form.is_valid() or token is None:
        return _followed(talk, spelt, form, status=422)
    network = gate.network(request.META.get("REMOTE_ADDR", ""))
    if gate.judge(token, clock.now(), contact.recent.times(network), 0).wait is None:
        words = _("Very many messages come from your network. Please call us, or try in an hour.")
        return _followed(talk, spelt, form, words, 429)
    first = Post(
        external_id=spelt,
        author_id=talk.person.external_id,
        handle=talk.person.handle,
        name=talk.person.name,
        public=False,
        url=webform.page(spelt),
        ref={"kind": "question", "language": translation.get_language() or ""},
    )
    more = entry.addition(token.reference, first, form.cleaned_data["text"], clock.now())
    try:
        hand_in(account, [more])
    except LogError:
        words = _("We cannot keep your message at this moment. Please send it again in a minute.")
        return _followed(talk, spelt, form, words, 503)
    contact.recent.came(network)
    return HttpResponseRedirect(reverse("contact-follow", args=[spelt]) + "?added")


@public
def lost(request: HttpRequest, account: Account) -> HttpResponse:
    """References of an address are sent to it; the page says the same whether there are any."""
    if request.method != "POST":
        return page("public/contact_lost.html", {"form": Losing()})
    form = Losing(request.POST)
    if not form.is_valid():
        return page("public/contact_lost.html", {"form": form}, 422)
    email = form.cleaned_data["email"]
    who = contact.author(email)
    if mail.is_set_up() and len(looks.times(who)) < gate.FREE:
        looks.came(who)
        _send_references(email, who, account)
    return page("public/contact_lost.html", {"form": Losing(), "done": True})


def _send_references(email: str, who: str, account: Account) -> None:
    """In a thread of its own: how long the page takes would tell whether there are any."""
    talks = Conversation.objects.filter(channel=account.channel, person__external_id=who)
    threads = list(talks.order_by("-id").values_list("thread", flat=True)[:NEWEST])
    if threads:
        lines = "\n".join(webform.page(each) for each in threads)
        text = _("You asked for the references of what you sent us:") + f"\n\n{lines}\n"
        _post(email, _("Your references"), text)


def _post(email: str, subject: str, text: str) -> None:
    Thread(target=_try, args=(email, subject, text), daemon=True).start()


def _try(email: str, subject: str, text: str) -> None:
    try:
        mail.send(email, subject, text)
    except mail.NotSentError as error:
        _LOG.warning("References that were asked for were not sent: %s", error)


def _followed(
    talk: Conversation, spelt: str, form: Adding, words: str = "", status: int = 200
) -> HttpResponse:
    replies = Reply.objects.filter(conversation=talk, state__in=[State.SENT, State.UNCERTAIN])
    values = {
        "reference": spelt,
        "form": form,
        "token": gate.new_token(),
        "words": words,
        "state": state(talk),
        "slot": _called(talk),
        "acknowledged": Acknowledgement.objects.filter(conversation=talk, state=State.SENT),
        "replies": replies.order_by("written_at", "id"),
    }
    return page("public/contact_follow.html", values, status)


def _called(talk: Conversation) -> str:
    promised = callbacks.standing([talk]).get(talk.pk)
    if promised is None:
        return ""
    return _("We call you on %(slot)s.") % {"slot": slot(promised.from_at, promised.to_at)}


def state(talk: Conversation) -> str:
    """How far it is, in words for the one who waits."""
    if talk.waiting_since is None:
        if rows.asleep().filter(conversation=talk, waited_since__isnull=False).exists():
            return _("Somebody has read your message, and comes back to it.")
        if talk.answered_at:
            return _("We answered. If something is missing, write to us below.")
        return _("We see this as done. If something is missing, write to us below.")
    if talk.holder_id is not None:
        return _("Somebody is reading your message now.")
    stands = place(talk)
    return sentence(stands) if stands else ""


def sentence(stands: Place) -> str:
    """The place in words: 14 before you; two urgent people went first."""
    if stands.before == 0:
        first = _("You are next.")
    elif stands.more:
        first = _("More than %(n)s people are before you.") % {"n": figure(MOST)}
    else:
        words = ngettext(
            "%(n)s person is before you.", "%(n)s people are before you.", stands.before
        )
        first = words % {"n": figure(stands.before)}
    if not stands.urgent_first:
        return first
    words = ngettext(
        "%(n)s person in urgent need came later and goes first.",
        "%(n)s people in urgent need came later and go first.",
        stands.urgent_first,
    )
    return f"{first} {words % {'n': figure(stands.urgent_first)}}"


def _not_yet(spelt: str) -> HttpResponse:
    state = _("We have your message. Your place in the queue stands here in a moment.")
    return page("public/contact_follow.html", {"reference": spelt, "state": state})


def _unknown() -> HttpResponse:
    return page("public/contact_follow.html", {"unknown": True}, 404)
