"""An incident as a file: a PDF for people, JSON for machines. Neither names the people concerned
but by pseudonym.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rejoinder.crisis.report.document import Document, Section, Table
from rejoinder.plumbing import clock
from rejoinder.privacy.incidents import standing
from rejoinder.privacy.incidents.standing import Clock, Picture
from rejoinder.privacy.models import Incident
from rejoinder.team import access
from rejoinder.team.models import Advisor, Organisation
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs
from rejoinder.web.incidents import notices, plain, sentences


@require_GET
@needs(access.AUDIT)
def as_pdf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """For whoever prints it, or files it."""
    from rejoinder.crisis.report.pdf import pdf  # 80 MB that nothing else needs

    found = get_object_or_404(Incident, public_id=public_id)
    made = pdf(document(found, standing.picture(found), actor(request)))
    return _file(found, HttpResponse(made, content_type="application/pdf"), "pdf")


@require_GET
@needs(access.AUDIT)
def as_json(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """All that the register has, with the pseudonyms of the people concerned."""
    found = get_object_or_404(Incident, public_id=public_id)
    told = plain.values(found, standing.picture(found))
    return _file(found, JsonResponse(told, json_dumps_params={"ensure_ascii": False}), "json")


def document(found: Incident, seen: Picture, reader: Advisor) -> Document:
    """What the register has, in words."""
    organisation = Organisation.objects.first() or Organisation()
    foot = _("Made by Rejoinder for %(name)s, %(at)s. Times are those of %(zone)s.") % {
        "name": f"{reader.name}, {organisation.name}".rstrip(", "),
        "at": notices.at(clock.now()),
        "zone": timezone.get_current_timezone_name(),
    }
    told = sentences.told(seen.told, at_least=seen.at_least)
    lead = [sentences.opened(found), told, sentences.until_told(found, seen)]
    return Document(
        title=found.name,
        lead=" ".join(filter(None, lead)),
        sections=[
            _known(found),
            _clocks(seen),
            *(_notices(one) for one in seen.clocks if one.notices),
            _people(found, told),
        ],
        foot=foot,
        language=get_language() or "en",
    )


def _known(found: Incident) -> Section:
    missing = _("not known yet")
    rows = [
        [_("Began"), notices.at(found.began_at) or missing],
        [_("Became known"), notices.at(found.aware_at)],
        [_("Repaired"), notices.at(found.fixed_at) or missing],
        [_("Risk for the people concerned"), sentences.risk_labels()[found.risk]],
        [_("What happened"), found.facts or missing],
        [_("What it may lead to"), found.effects or missing],
        [_("What was done or is planned"), found.remedy or missing],
    ]
    heads = [_("Fact"), _("What is known")]
    table = Table(_("The incident"), heads, rows, frozenset({0, 1}), 1)
    return Section(_("What is known"), tables=[table])


def _clocks(seen: Picture) -> Section:
    rows = [
        [
            one.duty.rule.law,
            one.duty.rule.whom,
            sentences.period(one),
            sentences.standing(one),
            one.duty.version.source,
        ]
        for one in seen.clocks
    ]
    heads = [_("Law"), _("Whom"), _("Time"), _("How it stands"), _("Source")]
    if not rows:
        return Section(
            _("Clocks"), [_("As it is known now, no rule of this desk asks for a notice.")]
        )
    table = Table(_("Whom to tell, and by when"), heads, rows, frozenset(range(5)), 4)
    return Section(_("Clocks"), tables=[table])


def _notices(one: Clock) -> Section:
    rows = [
        [
            notices.at(notice.sent_at),
            notice.by.name,
            notice.reference,
            notice.words if notice.needed else f"{_('Not needed')}: {notice.words}",
        ]
        for notice in one.notices
    ]
    heads = [_("At"), _("Who"), _("Reference"), _("What was written")]
    title = _("Notices to: %(whom)s (%(law)s)") % {
        "whom": one.duty.rule.whom,
        "law": one.duty.rule.law,
    }
    return Section(title, tables=[Table(title, heads, rows, frozenset(range(4)), 3)])


def _people(found: Incident, told: str) -> Section:
    said = [told]
    if found.why_not_told:
        said.append(f"{_('Why people are not told:')} {found.why_not_told}")
    rows = [
        [notices.at(row.at), sentences.way_labels()[row.way], row.by.name, words.figure(row.many)]
        for row in found.told.select_related("by").order_by("pk")
    ]
    heads = [_("At"), _("How they were told"), _("Who"), _("People")]
    tables = [Table(_("Who was told, and how"), heads, rows, frozenset(range(3)), 1)]
    return Section(_("People concerned"), said, tables=tables if rows else [])


def _file(found: Incident, answer: HttpResponse, ending: str) -> HttpResponse:
    day = timezone.localtime(found.aware_at).strftime("%Y-%m-%d")
    name = f"{day}-{slugify(found.name) or 'incident'}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
