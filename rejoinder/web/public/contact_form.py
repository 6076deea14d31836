"""The fields of the contact page."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rejoinder.channels.webform.entry import Kind

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
        choices=[(name, label) for name, label in KINDS.items() if name != "callback"],
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
