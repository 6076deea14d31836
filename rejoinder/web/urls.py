"""The desk's own addresses, one line each."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter
from django.views.generic import RedirectView

from rejoinder.web import (
    about,
    alarms,
    allowances,
    answer_editor,
    answers,
    audit,
    batches,
    brakes,
    channels,
    conversation,
    crisis,
    crisis_report,
    drill,
    health,
    inbox,
    me,
    original,
    outbox,
    plan,
    questions,
    reading,
    safety,
    search,
    sign_in,
    team,
    watches,
    writing,
)

LIVE = "live"  # answered by the door; the name is here so that pages can tell it


class Secret(StringConverter):
    """The secret of a one-time link: what `secrets.token_urlsafe` makes."""

    regex = "[A-Za-z0-9_-]{16,64}"


register_converter(Secret, "secret")

urlpatterns = [
    # The desk
    path("", inbox.queue, name="inbox"),
    path("mine", inbox.mine, name="mine"),
    path("taken", inbox.taken, name="taken"),
    path("waiting-for-them", inbox.waiting_for_them, name="waiting-for-them"),
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
    path("c/<uuid:public_id>/note", writing.note, name="note"),
    path("c/<uuid:public_id>/start", writing.start, name="start"),
    path("c/<uuid:public_id>/draft", writing.draft, name="draft"),
    path("c/<uuid:public_id>/insert", writing.insert, name="insert-answer"),
    path("c/<uuid:public_id>/send", writing.send, name="send"),
    path("count", writing.count, name="count"),
    path("c/<uuid:public_id>/reading", reading.correct, name="correct"),
    path("c/<uuid:public_id>/original/<int:number>", original.original, name="original"),
    # What was understood
    path("questions", questions.questions, name="questions"),
    path("questions/<int:number>", questions.question, name="question"),
    path("questions/<int:number>/name", questions.name, name="name-question"),
    path("questions/<int:number>/dismiss", questions.dismiss, name="dismiss-question"),
    path("safety", safety.safety, name="safety"),
    path("safety/<int:number>/own", safety.own, name="own-card"),
    path("safety/<int:number>/close", safety.close, name="close-card"),
    # What is said in public; the public pages themselves are the door's
    path("answers", answers.answers, name="answers"),
    path("answers/open", answers.open_one, name="open-answer"),
    path("answers/<uuid:public_id>", answer_editor.answer, name="answer"),
    path("answers/<uuid:public_id>/begin", answers.begin, name="begin-revision"),
    path("answers/<uuid:public_id>/check", answers.check, name="check-answer"),
    path("answers/<uuid:public_id>/discard", answers.discard, name="discard-draft"),
    path("answers/<uuid:public_id>/withdraw", answers.withdraw, name="withdraw-answer"),
    path("answers/<uuid:public_id>/cover", answers.cover, name="cover-question"),
    path("answers/<uuid:public_id>/preview", answers.preview, name="preview-answer"),
    path("answers/<uuid:public_id>/tell", batches.tell, name="tell"),
    path("answers/<uuid:public_id>/tell/begin", batches.begin, name="begin-batch"),
    path("batches/<uuid:public_id>", batches.batch, name="batch"),
    path("batches/<uuid:public_id>/stop", batches.stop, name="stop-batch"),
    path("answers/<uuid:public_id>/told/<int:number>", answers.who_was_told, name="told"),
    # What is looked for
    path("watches", watches.watches, name="watches"),
    path("watches/new", watches.write, name="write-watch"),
    path("watches/<int:number>", watches.change, name="change-watch"),
    path("watches/<int:number>/switch", watches.switch, name="switch-watch"),
    # Crisis
    path("crisis", crisis.now, name="crisis"),
    path("crisis/wall", crisis.wall, name="crisis-wall"),
    path("crisis/declare", crisis.declare, name="declare-crisis"),
    path("crisis/alarm/<uuid:public_id>", crisis.acknowledge, name="acknowledge-alarm"),
    path("crisis/events", alarms.plan, name="plan-event"),
    path("crisis/events/<int:number>", alarms.call_off, name="call-off-event"),
    path("crisis/alarms", alarms.tune, name="tune-alarms"),
    path("crisis/pause", brakes.pause, name="pause-planned"),
    path("crisis/resume", brakes.resume, name="resume-planned"),
    path("crisis/lock", brakes.lock, name="lock-account"),
    path("crisis/lock/<uuid:public_id>/end", brakes.unlock, name="unlock-account"),
    path("crisis/lock/<uuid:public_id>/revoke", brakes.revoke, name="revoke-account"),
    path("crisis/stranger/<int:number>", brakes.see, name="see-stranger"),
    path("crisis/promise/<int:number>", crisis.keep, name="keep-promise"),
    path("crisis/<uuid:public_id>", crisis.crisis, name="one-crisis"),
    path("crisis/<uuid:public_id>/report", crisis_report.report, name="crisis-report"),
    path("crisis/<uuid:public_id>/report.html", crisis_report.as_file, name="crisis-report-file"),
    path("crisis/<uuid:public_id>/report.pdf", crisis_report.as_pdf, name="crisis-report-pdf"),
    path("crisis/<uuid:public_id>/policy", crisis.change_policy, name="change-crisis-policy"),
    path("crisis/<uuid:public_id>/state", crisis.state, name="state-crisis"),
    path("crisis/<uuid:public_id>/note", crisis.note, name="note-crisis"),
    path("crisis/<uuid:public_id>/promise", crisis.promise, name="promise-crisis"),
    path("crisis/<uuid:public_id>/stand-down", crisis.stand_down, name="stand-down"),
    # What leaves
    path("outbox", outbox.outbox, name="outbox"),
    path("outbox/<uuid:public_id>/withdraw", outbox.withdraw, name="withdraw"),
    path("outbox/<uuid:public_id>/settle", outbox.settle, name="settle"),
    # Rooms
    path("channels", channels.channels, name="channels"),
    path("channels/connect/<slug:name>", channels.connect, name="connect"),
    path("channels/<uuid:public_id>/disconnect", channels.disconnect, name="disconnect"),
    path("plan", plan.plan, name="plan"),
    path("plan/change", plan.change, name="change-plan"),
    path("plan/preview", plan.preview, name="preview-plan"),
    path("plan/course", plan.choose, name="choose-course"),
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
    path("audit", audit.audit, name="audit"),
    path("me", me.me, name="me"),
    path("order", about.order, name="order"),
    path("keys", about.keys, name="keys"),
    path("live", RedirectView.as_view(pattern_name="inbox"), name=LIVE),
    # Coming in, and machines
    path("sign-in/<secret:secret>", sign_in.by_link, name="sign-in-link"),
    path("welcome/<secret:secret>", sign_in.welcome, name="welcome"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
