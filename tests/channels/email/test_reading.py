"""Messages as people, machines and enemies write them."""

from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.email import reading
from tests.channels.email.fake import US, letter, read

BOUNCE = b"""From: MAILER-DAEMON@mx.example.com\r
To: help@northwind.example\r
Return-Path: <>\r
Auto-Submitted: auto-replied\r
Content-Type: multipart/report; report-type=delivery-status; boundary=b\r
MIME-Version: 1.0\r
\r
--b\r
Content-Type: text/plain\r
\r
Sorry.\r
--b\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mx.example.com\r
\r
Final-Recipient: rfc822; tom@example.com\r
Action: failed\r
Status: 5.1.1\r
Diagnostic-Code: smtp; 550 5.1.1 tom@example.com unknown\r
\r
--b\r
Content-Type: text/rfc822-headers\r
\r
Message-ID: <18e.1@desk.rejoinder.invalid>\r
Subject: Re: No signal\r
\r
--b--\r
"""


def test_subject_and_words_are_one_text_and_a_reply_has_its_words_alone() -> None:
    first = read(letter("No signal since nine.", own="a@x", Subject="No signal")).post
    assert first is not None
    assert first.text == "No signal\n\nNo signal since nine."
    again = read(letter("Still none.", own="b@x", to="a@x", Subject="Re: No signal")).post
    assert again is not None
    assert (again.text, again.in_reply_to, again.root) == ("Still none.", "a@x", "a@x")


def test_the_thread_is_named_by_its_first_message() -> None:
    post = read(letter("x", own="c@x", to="b@x", root="a@x")).post
    assert post is not None
    assert (post.in_reply_to, post.root, post.ref["references"]) == (
        "b@x",
        "a@x",
        ["a@x", "b@x", "c@x"],
    )


def test_an_address_stands_nowhere_but_among_the_contacts() -> None:
    found = read(letter("hello", own="a@x", Subject="tom@example.com 07700 900123 lost"))
    assert found.post is not None
    assert found.post.contacts[0].value == "tom@example.com"
    rest = str((found.post.ref, found.post.handle, found.post.author_id, found.post.name))
    assert "tom@" not in rest
    assert "900123" not in rest


def test_who_wants_the_answer_elsewhere_gets_it_there() -> None:
    found = read(letter("x", own="a@x", Reply_To="Rosa <rosa@example.com>"))
    assert found.sender == "rosa@example.com"


def test_html_becomes_words() -> None:
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = "tom@example.com"
    message.set_content("<p>No <b>signal</b></p><script>alert(1)</script>", subtype="html")
    found = read(message).post
    assert found is not None
    assert found.text.startswith("No signal")
    assert "<" not in found.text


def test_what_came_with_it_is_named_and_not_kept() -> None:
    message = letter("see the picture", own="a@x")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="mast.png")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="bill.pdf")
    found = read(message).post
    assert found is not None
    assert [(each.kind, each.alt, each.url) for each in found.media] == [
        ("image", "mast.png", ""),
        ("file", "bill.pdf", ""),
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto-Submitted", "auto-replied"),
        ("Auto-Submitted", "auto-generated; owner=x"),
        ("Precedence", "bulk"),
        ("X-Autoreply", "yes"),
        ("Return-Path", "<>"),
        ("List-Id", "<news.example.com>"),
    ],
)
def test_what_a_machine_wrote_is_known(name: str, value: str) -> None:
    found = read(letter("I am away until Monday.", own="a@x", **{name: value})).post
    assert found is not None
    assert found.automatic


def test_what_a_person_wrote_is_theirs() -> None:
    found = read(letter("No signal", own="a@x", Auto_Submitted="no")).post
    assert found is not None
    assert not found.automatic


def test_a_bounce_names_our_message_and_says_why() -> None:
    found = read(BOUNCE)
    assert found.post is None
    assert found.returned == "18e.1@desk.rejoinder.invalid"
    assert "550 5.1.1" in found.words
    assert "tom@" not in found.words


@pytest.mark.parametrize(
    ("was", "now"),
    [(b"Action: failed", b"Action: delayed"), (b"Message-ID: <18e.1@", b"X-Other: <18e.1@")],
)
def test_a_delay_or_a_bounce_of_nothing_is_a_machine_s_letter(was: bytes, now: bytes) -> None:
    found = read(BOUNCE.replace(was, now))
    assert not found.returned
    assert found.post is not None
    assert found.post.automatic


def test_what_we_sent_ourselves_is_ours() -> None:
    message = letter("We look into it.", own="a@x")
    message.replace_header("From", f"Help <{US.upper()}>")
    found = read(message).post
    assert found is not None
    assert found.ours


def test_without_an_id_the_same_message_is_the_same() -> None:
    first, again = read(letter("x")).post, read(letter("x")).post
    assert first is not None
    assert again is not None
    assert first.external_id == again.external_id


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"From: \xff\xfe\r\nSubject: =?utf-8?B?////?=\r\nDate: never\r\n\r\n\xff",
        b"Content-Type: text/plain; charset=no-such\r\n\r\n\xe9t\xe9",
        b"Content-Type: text/plain; charset=\xff\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
        b"Content-Type: multipart/mixed\r\n\r\nno boundary",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n" * 5000,
        b"From: " + b"(" * 5000 + b"tom@example.com\r\n\r\nx",
        b"From: tom@example.com\r\nMessage-ID: <a\r\n b@x>\r\nReferences: " + b"<x@y> " * 9000,
        b"Subject: " + b"=?utf-8?q?a?= " * 2000 + b"\r\n\r\nx",
        b"From: a@b\r\nDate: Mon, 99 Foo 99999 99:99:99 +9999\r\n\r\nx",
    ],
)
def test_hostile_messages_are_read_as_far_as_they_go(raw: bytes) -> None:
    found = read(raw)
    assert found.post is not None
    assert len(found.post.ref["references"]) <= reading.REFERENCES


def test_parts_in_parts_in_parts_end() -> None:
    inner = b"Content-Type: text/plain\r\n\r\ndeep"
    for number in range(300):
        mark = f"b{number}".encode()
        inner = (
            b"Content-Type: multipart/mixed; boundary=%b\r\n\r\n--%b\r\n" % (mark, mark)
            + inner
            + b"\r\n--%b--\r\n" % mark
        )
    assert read(b"From: tom@example.com\r\n" + inner).post is not None


def test_a_large_one_says_that_it_goes_on() -> None:
    raw = letter("begins", own="a@x").as_bytes() + b"x" * 1000
    found = reading.letter(raw, US, cut=True).post
    assert found is not None
    assert "larger than the desk takes" in found.text


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    assert read(raw) is not None


@given(st.text(max_size=80))
def test_no_subject_breaks_the_reader(subject: str) -> None:
    raw = b"From: tom@example.com\r\nSubject: " + subject.encode("utf-8", "replace") + b"\r\n\r\nx"
    assert read(raw).post is not None
