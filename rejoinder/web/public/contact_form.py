"""The fields of the contact page."""

import re
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from rejoinder.channels.phone.hours import Slot
from rejoinder.channels.webform.entry import Kind
from rejoinder.web.talk.slots import slot as slot_words

KINDS: dict[Kind, Any] = {
    "question": _("Answer me in writing"),
    "callback": _("Call me back"),
    "privacy": _("A question about my data, to the data-protection office"),
}
_PHONE = re.compile(r"\+?[\d\s()/.-]{6,24}")
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


class Contacting(forms.Form):
    """What somebody asks, and how they can be reached; only their words are needed."""

    kind = forms.ChoiceField(
        choices=list(KINDS.items()),
        initial="question",
        widget=forms.RadioSelect,
        label=_("What would you like?"),
    )
    text = forms.CharField(
        label=_("Your words"),
        help_text=_("What happened, and since when. No passwords, please."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    name = forms.CharField(
        label=_("Your name, if you like"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address, if the answer should come there too"),
        help_text=_("It also finds your reference again, should you lose it."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Your phone number, if we may call you"),
        required=False,
        max_length=25,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    # Filled in by machines alone; people are told to leave it empty, should they come upon it.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, offered: Sequence[Slot], data: object = None) -> None:
        """Slots in which we call; without any, no call is offered."""
        super().__init__(data)  # type: ignore[arg-type]  # the query dict of a request, or None
        self._offered = {start.isoformat(): (start, end) for start, end in offered}
        kind = cast("forms.ChoiceField", self.fields["kind"])
        if not offered:
            kind.choices = [each for each in KINDS.items() if each[0] != "callback"]
            return
        choices: list[tuple[str, Any]] = [("", _("Choose a time, if we should call"))]
        choices += [(start.isoformat(), slot_words(start, end)) for start, end in offered]
        self.fields["slot"] = forms.ChoiceField(
            label=_("When we call you"), choices=choices, required=False
        )

    def clean(self) -> None:
        """Who is called back says when, and where."""
        super().clean()
        told = self.cleaned_data
        if told.get("kind") != "callback":
            return
        if not told.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("We need your number to call you."))
        if not told.get("slot"):
            self.add_error("slot", _("Choose a time."))

    @property
    def chosen(self) -> Slot | None:
        """When a call is asked for."""
        called = self.cleaned_data.get("kind") == "callback"
        return self._offered.get(self.cleaned_data.get("slot", "")) if called else None

    def clean_phone(self) -> str:
        """Digits and what people write between them."""
        phone: str = self.cleaned_data["phone"].strip()
        if phone and not _PHONE.fullmatch(phone):
            raise forms.ValidationError(_("This is no phone number."))
        return phone

    def clean_website(self) -> str:
        """Empty, or nobody reads the rest."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty, and send again."))
        return ""

    @property
    def links(self) -> int:
        """How many addresses of the web the words hold."""
        return len(_LINK.findall(self.cleaned_data.get("text", "")))


class Adding(forms.Form):
    """Something more to what was sent."""

    text = forms.CharField(
        label=_("Add something"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )


class Losing(forms.Form):
    """Who lost their reference."""

    email = forms.EmailField(
        label=_("The e-mail address you gave"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
