"""The five steps of setting up, and which of them are done."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rejoinder.channels.models import Account
from rejoinder.listening.models import Watch
from rejoinder.team import organisation
from rejoinder.team.models import Advisor
from rejoinder.team.rota import opening
from rejoinder.web.templatetags.desk import channel_label


@dataclass(frozen=True, slots=True)
class Step:
    """One of them. `so_far` says what is there in a sentence; empty while it is not done."""

    name: str
    title: str
    so_far: str

    @property
    def done(self) -> bool:
        return bool(self.so_far)


def steps() -> Sequence[Step]:
    """In the order in which they help."""
    return [
        Step("organisation", _("Your organisation"), _organisation()),
        Step("channels", _("Where people speak to you"), _channels()),
        Step("people", _("Who answers"), _people()),
        Step("hours", _("When somebody is there"), _hours()),
        Step("watches", _("What is said without your name"), _watches()),
    ]


def _organisation() -> str:
    row = organisation.standing()
    if not row.name:
        return ""
    return _("%(name)s, on the clock of %(zone)s.") % {
        "name": row.name,
        "zone": row.time_zone.replace("_", " "),
    }


def _channels() -> str:
    rows = Account.objects.filter(disconnected_at=None).order_by("id")
    named = [f"{row.handle} ({channel_label(row.channel)})" for row in rows[:5]]
    return f"{', '.join(named)}." if named else ""


def _people() -> str:
    names = Advisor.objects.filter(is_active=True).order_by("id").values_list("name", flat=True)
    shown = list(names[:20])
    return f"{', '.join(shown)}." if len(shown) > 1 else ""


def _hours() -> str:
    return _("The hours are written.") if opening.opening().is_kept else ""


def _watches() -> str:
    names = Watch.objects.filter(enabled=True).order_by("id").values_list("name", flat=True)
    shown = [f"“{name}”" for name in names[:5]]
    return f"{', '.join(shown)}." if shown else ""
