"""What the crisis room says: the state in a sentence, its timeline, its promises, its policy."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.answers.editions import current
from rejoinder.answers.outcome import TOO_FEW, Outcome
from rejoinder.crisis.alarm.sentence import saw
from rejoinder.crisis.models import Crisis, Did, Entry, Kind, Promise
from rejoinder.crisis.picture.volume import Volume
from rejoinder.crisis.policy import Policy, Tone
from rejoinder.crisis.timeline.clocks import Standing
from rejoinder.plumbing import clock
from rejoinder.web.frame import words


def kind_labels() -> dict[str, str]:
    """What a line of the timeline tells of."""
    return {
        Kind.KNOWN: _("Known"),
        Kind.DECIDED: _("Decided"),
        Kind.SAID: _("Said"),
        Kind.DONE: _("Done"),
    }


def tone_labels() -> dict[str, str]:
    """How we write while the crisis is open."""
    return {
        Tone.USUAL: _("As usual"),
        Tone.PLAIN: _("Plain: short, no jokes, no offers"),
        Tone.CAREFUL: _("Careful: plain, and no word on cause, blame or compensation"),
    }


def waiting(people: int, urgent: int) -> str:
    """How many wait; the first half of the sentence of state."""
    if not people:
        return _("Nobody waits for an answer")
    said = ngettext(
        "%(n)s person waits for an answer", "%(n)s people wait for an answer", people
    ) % {"n": words.figure(people)}
    if not urgent:
        return said
    return _("%(people)s, %(n)s of them urgent") % {"people": said, "n": words.figure(urgent)}


def lately(seen: Volume) -> str:
    """How many mentions came just now, with what is usual if that is known."""
    many = ngettext(
        "%(n)s mention came in the last ten minutes",
        "%(n)s mentions came in the last ten minutes",
        seen.lately,
    ) % {"n": words.figure(seen.lately)}
    if seen.usually is None:
        return many
    usually = {"many": many, "usual": words.figure(round(seen.usually))}
    return _("%(many)s, usually %(usual)s") % usually


def state(people: int, urgent: int, seen: Volume, late: Promise | None) -> str:
    """The sentence at the head of the room; a promise that is late comes first."""
    now = _("%(waiting)s; %(lately)s.") % {
        "waiting": waiting(people, urgent),
        "lately": lately(seen),
    }
    if late is None:
        return now
    return f"{is_late(late)} {now}"


def is_late(promise: Promise) -> str:
    """Which promise, and since when."""
    values = {"at": words.at(promise.due_at), "long": words.age(promise.due_at)}
    if promise.is_update:
        return _("The update promised for %(at)s is %(long)s late.") % values
    return _("What was promised for %(at)s is %(long)s late.") % values


def result(came: Outcome) -> str:
    """The share that did not ask again, "so far" until everybody's day is over."""
    if came.told < TOO_FEW:
        return ""
    share = f"{100 * (came.settled + came.so_far) / came.told:.0f} %"
    return _("%(share)s so far") % {"share": share} if came.so_far else share


def clock_words(promise: Promise) -> str:
    """What is left, or how late it is; the time itself stands before it."""
    now = clock.now()
    standing = promise.standing(now)
    if standing is Standing.KEPT:
        return _("kept")
    if standing is Standing.KEPT_LATE and promise.kept_at:
        return _("kept %(long)s late") % {"long": words.length(promise.kept_at - promise.due_at)}
    if standing is Standing.LATE:
        return _("%(long)s late") % {"long": words.age(promise.due_at)}
    return _("in %(length)s") % {"length": words.length(promise.due_at - now)}


def promise_words(promise: Promise) -> str:
    """What was promised."""
    if not promise.is_update:
        return promise.words
    if promise.answer is None:
        return _("Next update to everybody")
    newest = current(promise.answer)
    return _("Next update of “%(title)s”") % {"title": newest.title if newest else ""}


def entry_words(entry: Entry) -> str:
    """One line of the timeline: a person's words, or what the desk wrote down by itself."""
    if not entry.did:
        return entry.words
    if entry.did == Did.ALARM:
        return _("Alarm: %(seen)s.") % {"seen": saw(entry.detail)}
    if entry.did == Did.STATED and not entry.detail.get("next_at"):
        return _("%(name)s said to everybody: “%(words)s”") % _values(entry)
    sentence = {
        Did.DECLARED: _("%(name)s declared the crisis: %(policy)s"),
        Did.CHANGED_POLICY: _("%(name)s changed the policy: %(policy)s"),
        Did.STATED: _("%(name)s said to everybody: “%(words)s” Next update by %(next)s."),
        Did.PROMISED: _("%(name)s promised by %(due)s: %(words)s"),
        Did.KEPT: _("%(name)s kept what was promised by %(due)s: %(words)s"),
        Did.PUBLISHED: _("%(name)s published revision %(number)s of “%(words)s”"),
        Did.SPREAD: _("“%(words)s”, revision %(number)s, stands on %(account)s"),
        Did.NOT_SPREAD: _("%(account)s refused revision %(number)s: %(words)s"),
        Did.PAUSED: _("%(name)s paused planned posts: %(held)s held, %(leaving)s were leaving"),
        Did.RESUMED: _("%(name)s let planned posts go on: %(held)s waited"),
        Did.LOCKED: _("%(name)s locked %(account)s: %(words)s"),
        Did.UNLOCKED: _("%(name)s unlocked %(account)s"),
        Did.STRANGER: _("A post that we did not make was heard on %(account)s"),
        Did.INCIDENT: _("%(name)s linked an incident: %(words)s"),
        Did.REGULATOR: _("%(name)s told %(whom)s (%(words)s)"),
        Did.STOOD_DOWN: _("%(name)s stood the crisis down: %(words)s"),
    }[Did(entry.did)]
    return sentence % _values(entry)


def policy_words(policy: Policy) -> str:
    """The policy in a line, without who is on call."""
    return _("%(reserve)s times the reserve, pointers from %(askers)s people on, tone %(tone)s") % {
        "reserve": words.figure(policy.reserve),
        "askers": words.figure(policy.askers),
        "tone": tone_labels()[policy.tone].split(":", maxsplit=1)[0].lower(),
    }


def since(crisis: Crisis) -> str:
    """For the rail: "since 11:42"."""
    return _("since %(at)s") % {"at": words.at(crisis.declared_at)}


def _values(entry: Entry) -> dict[str, Any]:
    told = entry.detail
    known = {
        "name": entry.by.name if entry.by else _("The desk"),
        "words": entry.words,
        "next": _moment(told.get("next_at")),
        "due": _moment(told.get("due_at")),
        "account": told.get("account", ""),
        "number": told.get("number", ""),
        "whom": told.get("whom", ""),
        "held": words.figure(told.get("held", 0)),
        "leaving": words.figure(told.get("leaving", 0)),
        "policy": "",
    }
    if "tone" in told:
        known["policy"] = _told_policy(told)
    return known


def _told_policy(told: dict[str, Any]) -> str:
    policy = Policy(told["reserve"], told["askers"], Tone(told["tone"]))
    on_call = ", ".join(told["on_call"])
    if not on_call:
        return f"{policy_words(policy)}."
    return _("%(policy)s; on call: %(names)s.") % {
        "policy": policy_words(policy),
        "names": on_call,
    }


def _moment(given: str | None) -> str:
    return words.at(datetime.fromisoformat(given)) if given else ""
