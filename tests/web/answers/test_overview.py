"""Public answers at the desk: opened, written, read by a second person, published, taken back."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.answers import editions, told
from rejoinder.answers.models import Answer, Revision
from rejoinder.outbox.models import Publication
from rejoinder.plumbing import clock
from tests import people
from tests.answers.newsroom import SHORT, TEXT, TITLE, opened, published, question, written
from tests.web import pages, stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

CAREFUL = "Most 999 calls work."


def fields(answer: Answer, **values: object) -> dict[str, object]:
    """What the editor posts."""
    draft = editions.draft(answer)
    seen = draft.written_at.isoformat() if draft else ""
    return {"title": TITLE, "text": TEXT, "what_changed": "x", "seen": seen, **values}


def url(answer: Answer, name: str = "answer") -> str:
    return reverse(name, args=[answer.public_id])


def test_alice_answers_a_question_and_dan_publishes(alice: Client, dan: Client) -> None:
    named = question()
    talk = stage.says("Tom", "no signal")
    talk.mention_set.update(question_id=named.pk)
    assert "1 people ask" in pages.text(alice.get("/answers"))

    alice.post("/answers/open", {"question": named.pk})
    answer = Answer.objects.get()
    page = alice.get(url(answer))
    assert "No signal in Yorkshire?: revision 1, not published" in pages.text(page)
    assert "Publish revision" not in pages.source(page)
    kept = alice.post(url(answer), fields(answer, do="keep", short="Back by 13:00."))
    assert kept.status_code == 302
    assert "Publish revision 1" in pages.source(dan.get(url(answer)))
    dan.post(url(answer), fields(answer, do="publish", short="Back by 13:00."))

    revision = editions.current(answer)
    assert revision is not None
    assert (revision.title, revision.text, revision.short) == (TITLE, TEXT, "Back by 13:00.")
    page = dan.get(url(answer))
    assert "Revision 1 is public since 09:00." in pages.text(page)
    assert "Write the next revision" in pages.text(page)
    assert 'href="/a/no-signal-in-yorkshire"' in pages.source(page)
    assert "Every question asked in the last seven days" in pages.text(alice.get("/answers"))


def test_an_advisor_cannot_publish_by_posting(alice: Client) -> None:
    answer = opened()

    refused = alice.post(url(answer), fields(answer, do="publish"))

    assert refused.status_code == 403
    assert editions.current(answer) is None


def test_the_editor_shows_what_changed_and_how_it_reads(alice: Client) -> None:
    answer = opened()
    published(answer)
    alice.post(url(answer, "begin-revision"))

    looked = alice.post(
        url(answer),
        fields(
            answer,
            do="look",
            text="Seven in ten people can call again. We commence at 17:00. Ring 07700 900123.",
            short="x" * 400,
        ),
    )

    page = pages.source(looked)
    assert "<del>expect the rest to be back by 13:00.</del>" in page
    assert "<ins>commence at 17:00. Ring 07700 900123.</ins>" in page
    assert "“commence”: simply “start”?" in pages.text(looked)
    assert "Personal data in the text: phone number." in pages.text(looked)
    assert "400 characters" in pages.text(looked)
    draft = editions.draft(answer)
    assert draft is not None
    assert draft.text == TEXT


def test_a_second_person_reads_what_is_careful(alice: Client, bob: Client, dan: Client) -> None:
    answer = opened()
    written(answer, CAREFUL)
    assert "because of: emergency calls" in pages.text(alice.get(url(answer)))
    assert "I read it" not in pages.source(alice.get(url(answer)))

    same = {"text": CAREFUL, "short": SHORT, "what_changed": "Back by 13:00."}
    refused = dan.post(url(answer), fields(answer, do="publish", **same))
    assert refused.status_code == 409
    assert "A second person has to read this first" in pages.notices(refused)
    assert "Why you publish it alone" in pages.text(refused)

    draft = editions.draft(answer)
    assert draft is not None
    old = {"seen": "2026-01-01T00:00:00+00:00"}
    stale = bob.post(url(answer, "check-answer"), old, follow=True)
    assert "wrote on this draft meanwhile" in pages.notices(stale)
    done = bob.post(
        url(answer, "check-answer"), {"seen": draft.written_at.isoformat()}, follow=True
    )
    assert "Bob read it at 09:00 and stands by it." in pages.text(done)


def test_to_publish_what_a_second_person_read_asks_for_no_third(bob: Client, dan: Client) -> None:
    answer = opened()
    half_past = clock.now() + timedelta(minutes=30, seconds=17)
    draft = written(answer, f"{CAREFUL}\n", next_update_at=half_past)
    bob.post(url(answer, "check-answer"), {"seen": draft.written_at.isoformat()})

    form = dan.get(url(answer)).context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value()}
    values["next_update_at"] = f"{form['next_update_at'].value():%Y-%m-%dT%H:%M}"
    sent = dan.post(url(answer), {**values, "do": "publish"})

    assert sent.status_code == 302
    revision = editions.current(answer)
    assert revision is not None
    assert revision.checked_by == people.bob()


def test_who_writes_at_once_keeps_their_words_in_the_fields(
    alice: Client, bob: Client, monday: datetime
) -> None:
    answer = opened()
    began = fields(answer)
    with clock.standing(monday.replace(minute=5)):
        bob.post(url(answer), fields(answer, text="Bob's words."))

    refused = alice.post(url(answer), {**began, "text": "Alice's words."})

    assert refused.status_code == 409
    assert "Bob wrote on this draft meanwhile" in pages.notices(refused)
    assert "Alice&#x27;s words." in pages.source(refused)
    draft = editions.draft(answer)
    assert draft is not None
    assert draft.text == "Bob's words."


def test_it_is_published_on_chosen_accounts_too(dan: Client) -> None:
    answer = opened()
    ours = stage.account("northwind.example", "pretend")

    dan.post(url(answer), fields(answer, do="publish", short="Back.", account=[ours.public_id]))

    row = Publication.objects.get()
    assert (row.subject, row.number, row.text) == (answer.public_id, 1, "Back.")
    assert row.page.endswith(f"/s/{answer.code}")
    assert "<p>Seven in ten" in row.html
    assert "Updated at 09:00" in row.html
    assert "Published on" in pages.text(dan.get(url(answer)))


def test_languages_are_begun_and_say_when_they_are_behind(alice: Client) -> None:
    answer = opened()
    published(answer)

    german = alice.post(url(answer, "begin-revision"), {"language": "de"}, follow=True)

    assert "Deutsch" in pages.text(german)
    assert 'name="follows" value="1"' in pages.source(german)
    published(answer, "Sieben von zehn.", language="de", follows=1)
    published(answer, TEXT + " Sorry.")
    page = alice.get(url(answer) + "?language=de")
    assert "says again revision 1; revision 2 is public" in pages.text(page)
    assert "Behind: de" in pages.text(alice.get("/answers"))


def test_who_was_told_is_listed(alice: Client) -> None:
    answer = opened()
    revision = published(answer)
    talk = stage.says("Tom", "no signal")
    told.by_voice(revision, talk, people.alice())

    page = alice.get(url(answer))
    assert "1 person told" in pages.text(page)
    listed = alice.get(reverse("told", args=[answer.public_id, revision.pk]))
    assert "Tom" in pages.text(listed)


def test_questions_are_given_and_taken_away(alice: Client) -> None:
    answer = opened()
    named = question()

    alice.post(url(answer, "cover-question"), {"question": named.pk})
    assert editions.of_question(named) == answer
    alice.post(url(answer, "cover-question"), {"question": named.pk, "covers": "no"})

    assert editions.of_question(named) is None
    assert alice.post(url(answer, "cover-question"), {"question": "x"}).status_code == 404


def test_a_draft_is_thrown_away_and_an_answer_taken_back(alice: Client, dan: Client) -> None:
    answer = opened()
    published(answer)
    alice.post(url(answer, "begin-revision"))
    alice.post(url(answer, "discard-draft"))
    assert editions.draft(answer) is None

    assert "Say why" in pages.notices(dan.post(url(answer, "withdraw-answer"), {}, follow=True))
    page = dan.post(url(answer, "withdraw-answer"), {"why": "Another network."}, follow=True)

    assert "Taken back at 09:00: Another network." in pages.text(page)
    assert "Write the next revision" not in pages.text(page)
    assert "taken back" in pages.text(dan.get("/answers"))


def test_a_preview_is_the_public_page_of_the_draft(alice: Client) -> None:
    answer = opened()
    written(answer, "Not public yet.")

    page = alice.get(url(answer, "preview-answer"))

    assert "Not public yet." in pages.text(page)
    assert "This is a draft." in pages.text(page)
    assert "Content-Security-Policy" in page.headers
    assert alice.get(url(answer, "preview-answer") + "?language=cy").status_code == 302


@pytest.mark.parametrize("bad", [{"next_update_at": "soon"}, {"title": "x" * 300}, {"text": "\0"}])
def test_what_cannot_be_kept_is_said_beside_its_field(
    alice: Client, bad: dict[str, object]
) -> None:
    answer = opened()

    shown = alice.post(url(answer), fields(answer, **bad))

    assert shown.status_code in {200, 302}
    assert Revision.objects.count() == 1


def test_hostile_words_stay_words(alice: Client) -> None:
    answer = opened("<script>alert(1)</script>")
    written(answer, "<img src=x onerror=alert(1)>", "<b>")

    for path in (url(answer), "/answers", url(answer, "preview-answer")):
        assert "<script>alert" not in pages.source(alice.get(path))
        assert "<img src=x" not in pages.source(alice.get(path))


def test_somebody_without_rights_reads_and_writes_nothing(ann: Client) -> None:
    answer = opened()

    assert ann.get(url(answer)).status_code == 403
    assert ann.post(url(answer), fields(answer)).status_code == 403
    assert people.ann().role == "auditor"
