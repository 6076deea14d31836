"""The desk's own addresses, one line each."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter
from django.views.generic import RedirectView

from rejoinder.web.answers import batches, editor, overview
from rejoinder.web.channels import accounts, hooks
from rejoinder.web.crisis import alarms, brakes, report, room
from rejoinder.web.experts import areas, page, referring
from rejoinder.web.frame import about, health
from rejoinder.web.hearing import questions, safety, watches
from rejoinder.web.identity import door, offering
from rejoinder.web.incidents import incident, register
from rejoinder.web.incidents import people as concerned
from rejoinder.web.incidents import report as incident_report
from rejoinder.web.people import calling, coverage, handover, me, opening, rota, sign_in, team
from rejoinder.web.proof import audit, openings
from rejoinder.web.public import contact, follow
from rejoinder.web.queue import inbox, search
from rejoinder.web.reply import guarding, ours, outbox, privately, saved, writing
from rejoinder.web.reports import board, digest_page, digests, themes, waits
from rejoinder.web.retention import holding, keeping
from rejoinder.web.rights import register as requests
from rejoinder.web.rights import request as asked
from rejoinder.web.spending import allowances, drill, plan
from rejoinder.web.talk import (
    blocking,
    calls,
    closing,
    conversation,
    for_you,
    here,
    original,
    parting,
    reach,
    reading,
    snoozing,
    tagging,
)

LIVE = "live"  # answered by the door; the name is here so that pages can tell it


class Secret(StringConverter):
    """The secret of a one-time link: what `secrets.token_urlsafe` makes."""

    regex = "[A-Za-z0-9_-]{16,64}"


class Signed(StringConverter):
    """A number of ours with its signature (`desk/experts/links.py`)."""

    regex = r"[0-9a-f]{32}\.[A-Za-z0-9_-]{43}"


register_converter(Secret, "secret")
register_converter(Signed, "signed")

urlpatterns = [
    # The desk
    path("", inbox.queue, name="inbox"),
    path("mine", inbox.mine, name="mine"),
    path("mine/due", inbox.due, name="due"),
    path("taken", inbox.taken, name="taken"),
    path("waiting-for-them", inbox.waiting_for_them, name="waiting-for-them"),
    path("asleep", snoozing.sleeping, name="asleep"),
    path("for-you", for_you.for_you, name="for-you"),
    path("for-you/<int:number>", for_you.see, name="see-call"),
    path("tags", tagging.listed, name="tags"),
    path("tags/keep", tagging.keep, name="keep-tag"),
    path("tags/<int:number>/rename", tagging.keep, name="rename-tag"),
    path("tags/<int:number>/remove", tagging.remove, name="remove-tag"),
    path("close-reasons", closing.listed, name="close-reasons"),
    path("close-reasons/keep", closing.keep, name="keep-close-reason"),
    path("close-reasons/<int:number>/remove", closing.remove, name="remove-close-reason"),
    path("new", inbox.new, name="new"),
    path("take-next", inbox.take_next, name="take-next"),
    path("search", search.search, name="search"),
    # One conversation
    path("c/<uuid:public_id>", conversation.conversation, name="conversation"),
    path("c/<uuid:public_id>/take", conversation.take, name="take"),
    path(
        "c/<uuid:public_id>/take-out-of-turn",
        conversation.take_out_of_turn,
        name="take-out-of-turn",
    ),
    path("c/<uuid:public_id>/take-over", conversation.take_over, name="take-over"),
    path("c/<uuid:public_id>/let-go", conversation.let_go, name="let-go"),
    path("c/<uuid:public_id>/hand-over", conversation.hand_over, name="hand-over"),
    path("c/<uuid:public_id>/close", conversation.close, name="close"),
    path("c/<uuid:public_id>/join", parting.join, name="join"),
    path("c/<uuid:public_id>/part", parting.part, name="part"),
    path("c/<uuid:public_id>/block", blocking.block, name="block"),
    path("blocks", blocking.listed, name="blocks"),
    path("blocks/<int:number>/review", blocking.review, name="review-block"),
    path("blocks/<int:number>/there", blocking.blocked_there, name="blocked-there"),
    path("blocks/<int:number>/end", blocking.unblock, name="unblock"),
    path("c/<uuid:public_id>/here", here.here, name="here"),
    path("c/<uuid:public_id>/snooze", snoozing.snooze, name="snooze"),
    path("c/<uuid:public_id>/wake", snoozing.wake, name="wake"),
    path("c/<uuid:public_id>/ask", referring.ask, name="ask-expert"),
    path("c/<uuid:public_id>/promises/<int:number>", referring.keep_promise, name="keep-word"),
    path("c/<uuid:public_id>/identity", offering.offer, name="offer-check"),
    path("referrals/<uuid:public_id>/tell", referring.tell_more, name="tell-expert"),
    path("referrals/<uuid:public_id>/take-back", referring.take_back, name="take-back"),
    path("referrals/<uuid:public_id>/use", referring.use, name="use-expert"),
    path("c/<uuid:public_id>/tag", tagging.put, name="put-tag"),
    path("c/<uuid:public_id>/tag/<int:number>/end", tagging.take_away, name="take-tag-away"),
    path("c/<uuid:public_id>/note", writing.note, name="note"),
    path("c/<uuid:public_id>/start", writing.start, name="start"),
    path("c/<uuid:public_id>/draft", writing.draft, name="draft"),
    path("c/<uuid:public_id>/insert", writing.insert, name="insert-answer"),
    path("c/<uuid:public_id>/check", guarding.check, name="check"),
    path("c/<uuid:public_id>/remedy", guarding.remedy, name="remedy"),
    path("c/<uuid:public_id>/send", writing.send, name="send"),
    path("c/<uuid:public_id>/who", privately.choose, name="choose-readers"),
    path("c/<uuid:public_id>/send-later", writing.send_later, name="send-later"),
    path("c/<uuid:public_id>/saved", saved.choose, name="choose-saved"),
    path("c/<uuid:public_id>/saved/<int:number>", saved.use, name="use-saved"),
    path("count", writing.count, name="count"),
    path("saved-replies", saved.saved_replies, name="saved-replies"),
    path("saved-replies/keep", saved.keep, name="keep-saved"),
    path("saved-replies/<int:number>/change", saved.keep, name="change-saved"),
    path("saved-replies/<int:number>/remove", saved.remove, name="remove-saved"),
    path("c/<uuid:public_id>/reading", reading.correct, name="correct"),
    path("c/<uuid:public_id>/original/<int:number>", original.original, name="original"),
    # What was understood
    path("questions", questions.questions, name="questions"),
    path("questions/<int:number>", questions.question, name="question"),
    path("questions/<int:number>/name", questions.name, name="name-question"),
    path("questions/<int:number>/urgent", questions.urgent, name="urgent-question"),
    path("questions/<int:number>/dismiss", questions.dismiss, name="dismiss-question"),
    path("safety", safety.safety, name="safety"),
    path("safety/<int:number>/own", safety.own, name="own-card"),
    path("safety/<int:number>/close", safety.close, name="close-card"),
    # What is said in public; the public pages themselves are the door's
    path("answers", overview.answers, name="answers"),
    path("answers/open", overview.open_one, name="open-answer"),
    path("answers/<uuid:public_id>", editor.answer, name="answer"),
    path("answers/<uuid:public_id>/begin", overview.begin, name="begin-revision"),
    path("answers/<uuid:public_id>/check", overview.check, name="check-answer"),
    path("answers/<uuid:public_id>/discard", overview.discard, name="discard-draft"),
    path("answers/<uuid:public_id>/withdraw", overview.withdraw, name="withdraw-answer"),
    path("answers/<uuid:public_id>/cover", overview.cover, name="cover-question"),
    path("answers/<uuid:public_id>/preview", overview.preview, name="preview-answer"),
    path("answers/<uuid:public_id>/tell", batches.tell, name="tell"),
    path("answers/<uuid:public_id>/tell/begin", batches.begin, name="begin-batch"),
    path("batches/<uuid:public_id>", batches.batch, name="batch"),
    path("batches/<uuid:public_id>/stop", batches.stop, name="stop-batch"),
    path("answers/<uuid:public_id>/told/<int:number>", overview.who_was_told, name="told"),
    # What is looked for
    path("watches", watches.watches, name="watches"),
    path("watches/new", watches.write, name="write-watch"),
    path("watches/<int:number>", watches.change, name="change-watch"),
    path("watches/<int:number>/switch", watches.switch, name="switch-watch"),
    # Crisis
    path("crisis", room.now, name="crisis"),
    path("crisis/wall", room.wall, name="crisis-wall"),
    path("crisis/declare", room.declare, name="declare-crisis"),
    path("crisis/alarm/<uuid:public_id>", room.acknowledge, name="acknowledge-alarm"),
    path("crisis/events", alarms.plan, name="plan-event"),
    path("crisis/events/<int:number>", alarms.call_off, name="call-off-event"),
    path("crisis/alarms", alarms.tune, name="tune-alarms"),
    path("crisis/places", room.set_places, name="set-places"),
    path("crisis/pause", brakes.pause, name="pause-planned"),
    path("crisis/resume", brakes.resume, name="resume-planned"),
    path("crisis/lock", brakes.lock, name="lock-account"),
    path("crisis/lock/<uuid:public_id>/end", brakes.unlock, name="unlock-account"),
    path("crisis/lock/<uuid:public_id>/revoke", brakes.revoke, name="revoke-account"),
    path("crisis/stranger/<int:number>", brakes.see, name="see-stranger"),
    path("crisis/promise/<int:number>", room.keep, name="keep-promise"),
    path("crisis/<uuid:public_id>", room.crisis, name="one-crisis"),
    path("crisis/<uuid:public_id>/report", report.report, name="crisis-report"),
    path("crisis/<uuid:public_id>/report.html", report.as_file, name="crisis-report-file"),
    path("crisis/<uuid:public_id>/report.pdf", report.as_pdf, name="crisis-report-pdf"),
    path("crisis/<uuid:public_id>/policy", room.change_policy, name="change-crisis-policy"),
    path("crisis/<uuid:public_id>/state", room.state, name="state-crisis"),
    path("crisis/<uuid:public_id>/note", room.note, name="note-crisis"),
    path("crisis/<uuid:public_id>/promise", room.promise, name="promise-crisis"),
    path("crisis/<uuid:public_id>/stand-down", room.stand_down, name="stand-down"),
    # Incidents
    path("incidents", register.incidents, name="incidents"),
    path("incidents/open", register.open_one, name="open-incident"),
    path("incidents/<uuid:public_id>", incident.incident, name="incident"),
    path("incidents/<uuid:public_id>/change", incident.change, name="change-incident"),
    path("incidents/<uuid:public_id>/list", concerned.list_people, name="list-incident"),
    path("incidents/<uuid:public_id>/contacts", concerned.contacts, name="incident-contacts"),
    path("incidents/<uuid:public_id>/tell", concerned.tell, name="tell-incident"),
    path("incidents/<uuid:public_id>/explain", concerned.explain, name="explain-incident"),
    path("incidents/<uuid:public_id>/notify", incident.notify, name="notify-incident"),
    path("incidents/<uuid:public_id>/link", incident.link, name="link-incident"),
    path("incidents/<uuid:public_id>/close", incident.close, name="close-incident"),
    path("incidents/<uuid:public_id>/report.pdf", incident_report.as_pdf, name="incident-pdf"),
    path("incidents/<uuid:public_id>/report.json", incident_report.as_json, name="incident-json"),
    # What leaves
    path("outbox", outbox.outbox, name="outbox"),
    path("outbox/<uuid:public_id>/withdraw", outbox.withdraw, name="withdraw"),
    path("outbox/hold", outbox.set_hold, name="set-hold"),
    path("outbox/<uuid:public_id>/time", outbox.change_time, name="change-time"),
    path("outbox/<uuid:public_id>/settle", outbox.settle, name="settle"),
    # Rooms
    path("channels", accounts.channels, name="channels"),
    path("channels/connect/<slug:name>", accounts.connect, name="connect"),
    path("channels/connect/<slug:name>/back", accounts.come_back, name="connect-back"),
    path("channels/<uuid:public_id>/disconnect", accounts.disconnect, name="disconnect"),
    path("channels/<uuid:public_id>/cosign", accounts.cosign, name="cosign"),
    path("own-contacts", ours.own_contacts, name="own-contacts"),
    path("own-contacts/add", ours.add, name="add-own-contact"),
    path("own-contacts/<int:number>/remove", ours.remove, name="remove-own-contact"),
    path("rota", rota.rota, name="rota"),
    path("rota/coverage", coverage.coverage, name="coverage"),
    path("handover", handover.handover, name="handover"),
    path("handover/note", handover.write, name="write-shift-note"),
    path("handover/note/<int:number>/read", handover.read, name="read-shift-note"),
    path("rota/opening", opening.opening, name="opening"),
    path("rota/opening/hours", opening.set_hours, name="set-opening"),
    path("rota/opening/rota", opening.follow_rota, name="follow-rota"),
    path("rota/opening/begin", opening.begin, name="begin-acknowledging"),
    path("rota/opening/end", opening.end, name="end-acknowledging"),
    path("rota/<uuid:public_id>", rota.write, name="write-rota"),
    path("rota/<uuid:public_id>/hours", rota.set_hours, name="set-hours"),
    path("rota/<uuid:public_id>/days", rota.change_days, name="change-days"),
    path("rota/days/<int:number>/drop", rota.drop_change, name="drop-change"),
    path("identity-system", offering.setting, name="identity-system"),
    path("identity-system/connect", offering.connect, name="connect-identity"),
    path("identity-system/disconnect", offering.disconnect, name="disconnect-identity"),
    path("areas", areas.areas, name="areas"),
    path("areas/keep", areas.keep, name="keep-area"),
    path("areas/<int:number>/change", areas.keep, name="change-area"),
    path("areas/<int:number>/end", areas.end, name="end-area"),
    path("areas/<int:number>/digest", digests.choose, name="choose-digest"),
    path("areas/<int:number>/experts", areas.add_expert, name="add-expert"),
    path("experts/<int:number>/remove", areas.remove_expert, name="remove-expert"),
    path("plan", plan.plan, name="plan"),
    path("plan/change", plan.change, name="change-plan"),
    path("plan/preview", plan.preview, name="preview-plan"),
    path("plan/course", plan.choose, name="choose-course"),
    path("calling", calling.calling, name="calling"),
    path("calling/webhooks", calling.make, name="make-hook"),
    path("calling/webhooks/<int:number>/end", calling.end, name="end-hook"),
    path("drill", drill.drill, name="drill"),
    path("drill/speed", drill.speed, name="drill-speed"),
    path("drill/end", drill.end, name="drill-end"),
    path("drill/report", drill.report, name="drill-report"),
    path("allowances", allowances.allowances, name="allowances"),
    path("allowances/<uuid:public_id>/correct", allowances.correct, name="correct-limit"),
    path("team", team.team, name="team"),
    path("team/invite", team.invite, name="invite"),
    path("team/<uuid:public_id>/role", team.change_role, name="change-role"),
    path("team/<uuid:public_id>/link", team.new_link, name="new-link"),
    path("team/<uuid:public_id>/remove", team.remove, name="remove"),
    path("team/<uuid:public_id>/bring-back", team.bring_back, name="bring-back"),
    path("reports", waits.report, name="reports"),
    path("reports/board", board.board, name="board"),
    path("reports/board.pdf", board.as_pdf, name="board-pdf"),
    path("reports/board/write", board.write, name="write-board"),
    path("reports/themes", themes.themes, name="themes"),
    path("reports/themes/begin", themes.begin, name="begin-areas"),
    path("reports/questions", themes.mapped, name="map-questions"),
    path("reports/questions/keep", themes.keep, name="keep-mapping"),
    path("audit", audit.audit, name="audit"),
    path("rights", requests.requests, name="rights"),
    path("rights/open", requests.open_one, name="open-rights-request"),
    path("rights/<uuid:public_id>", asked.request_page, name="rights-request"),
    path("rights/<uuid:public_id>/ask-who", asked.ask_who, name="ask-who"),
    path("rights/<uuid:public_id>/prove", asked.prove, name="prove-who"),
    path("rights/<uuid:public_id>/copy", asked.give_copy, name="give-copy"),
    path("rights/<uuid:public_id>/erase", asked.erase, name="erase-person"),
    path("rights/<uuid:public_id>/silence", asked.silence, name="silence-person"),
    path("rights/<uuid:public_id>/answer", asked.answer, name="answer-rights-request"),
    path("retention", keeping.retention, name="retention"),
    path("retention/preview", keeping.preview, name="preview-retention"),
    path("retention/change", keeping.change, name="change-retention"),
    path("retention/hold", holding.place, name="place-hold"),
    path("retention/hold/<int:number>/end", holding.end, name="end-hold"),
    path("openings", openings.openings, name="openings"),
    path("openings/add", openings.add_openings, name="add-openings"),
    path("me", me.me, name="me"),
    path("me/devices", me.join_device, name="join-device"),
    path("me/devices/<int:number>/leave", me.leave_device, name="leave-device"),
    path("worker.js", me.worker, name="worker"),
    path("order", about.order, name="order"),
    path("keys", about.keys, name="keys"),
    path("live", RedirectView.as_view(pattern_name="inbox"), name=LIVE),
    path("c/<uuid:public_id>/reach", reach.reach, name="reach"),
    path("calls/new", calls.write, name="write-call"),
    path("calls/<str:reference>", calls.call, name="call"),
    # Outside: the contact page and its references, without an account
    path("contact", contact.ask, name="contact"),
    path("contact/lost", follow.lost, name="contact-lost"),
    path("contact/<str:reference>", follow.follow, name="contact-follow"),
    path("expert/<signed:token>", page.expert, name="expert"),
    path("digest/<signed:token>", digest_page.digest, name="digest"),
    path("identity", door.verify, name="verify-us"),
    path("identity/answer", door.answer, name="identity-answer"),
    path("identity/<signed:token>", door.check, name="identity"),
    # Coming in, and machines
    path("sign-in/<secret:secret>", sign_in.by_link, name="sign-in-link"),
    path("welcome/<secret:secret>", sign_in.welcome, name="welcome"),
    path("healthz", health.healthz, name="healthz"),
    path("hooks/<uuid:public_id>", hooks.hook, name="hook"),
    path("readyz", health.readyz, name="readyz"),
]
