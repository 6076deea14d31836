"""The fields of a revision that is being written."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rejoinder.answers.models import Revision, Subject
from rejoinder.answers.words import WORDS, Words

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LANGUAGES = [
    ("en-gb", "English"),
    ("de", "Deutsch"),
    ("cy", "Cymraeg"),
    ("ga", "Gaeilge"),
    ("fr", "Français"),
    ("es", "Español"),
    ("it", "Italiano"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("tr", "Türkçe"),
]


def subject_labels() -> dict[str, str]:
    """What a public answer is careful about."""
    return {
        Subject.DATA_BREACH: _("a data breach"),
        Subject.EMERGENCY_CALLS: _("emergency calls"),
        Subject.CAUSE: _("the cause"),
        Subject.COMPENSATION: _("compensation"),
    }


def _text(label: "StrOrPromise", cap: int, rows: int = 0, **attrs: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": rows, **attrs}) if rows else forms.TextInput(attrs)
    return forms.CharField(label=label, max_length=cap, required=False, strip=True, widget=widget)


def _moment(label: "StrOrPromise") -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=False, widget=widget)


class Writing(forms.Form):
    """Everything a person fills in, and what they had read when they began (`seen`)."""

    title = _text(gettext_lazy("Question, as people ask it"), WORDS.title, autocomplete="off")
    what_changed = _text(gettext_lazy("What changed"), WORDS.what_changed, rows=2)
    text = _text(gettext_lazy("Text"), WORDS.text, rows=14)
    short = _text(gettext_lazy("Short form, for replies"), WORDS.short, rows=3)
    holds_from = _moment(gettext_lazy("True from"))
    holds_until = _moment(gettext_lazy("True until"))
    next_update_at = _moment(gettext_lazy("Next update by"))
    regulators = _text(gettext_lazy("Regulators told"), WORDS.regulators)
    material = forms.BooleanField(required=False)
    harmful = forms.BooleanField(required=False)
    careful = forms.MultipleChoiceField(
        choices=[(value, value) for value in Subject.values], required=False
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    follows = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def words(self) -> Words:
        """As the actions take them. Ask only for a valid form."""
        given = {
            name: self.cleaned_data[name] for name in self.fields if name not in {"careful", "seen"}
        }
        return Words(**given)


def of(draft: Revision) -> Writing:
    """The form with the words of a draft."""
    moments = ("holds_from", "holds_until", "next_update_at")
    values: dict[str, Any] = {
        name: getattr(draft, name) for name in Writing.base_fields if hasattr(draft, name)
    }
    values |= {name: _here(getattr(draft, name)) for name in moments}
    values |= {"careful": draft.answer.careful, "seen": draft.written_at.isoformat()}
    return Writing(initial=values)


def _here(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None
