"""How a page is answered for: packed for who takes it, not again for who has it."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.web.public.http import answer, not_allowed, page, redirect, takes_gzip

BODY = b"<h1>No signal</h1>" * 20
PAGE = page(BODY, "text/html; charset=utf-8")


def header(found: list[tuple[bytes, bytes]], name: bytes) -> bytes | None:
    return dict(found).get(name)


def test_it_is_packed_for_those_who_take_it() -> None:
    plain = answer(PAGE, "GET", [])
    packed = answer(PAGE, "GET", [(b"accept-encoding", b"br, gzip")])

    assert plain.body == BODY
    assert gzip.decompress(packed.body) == BODY
    assert len(packed.body) < len(plain.body)
    assert header(packed.headers, b"content-encoding") == b"gzip"
    for sent in (plain, packed):
        assert header(sent.headers, b"content-length") == str(len(sent.body)).encode()
        assert header(sent.headers, b"vary") == b"accept-encoding"
        assert header(sent.headers, b"set-cookie") is None
    assert header(plain.headers, b"etag") != header(packed.headers, b"etag")


@pytest.mark.parametrize("tag", [0, 1])
@pytest.mark.parametrize("form", [b"%b", b"W/%b", b'"other", %b', b"*"])
def test_who_has_it_gets_no_body(tag: int, form: bytes) -> None:
    known = form % PAGE.tags[tag] if b"%" in form else form

    sent = answer(PAGE, "GET", [(b"if-none-match", known)])

    assert (sent.status, sent.body) == (304, b"")
    assert header(sent.headers, b"etag") is not None
    assert header(sent.headers, b"content-length") is None


def test_who_has_another_one_gets_it() -> None:
    assert answer(PAGE, "GET", [(b"if-none-match", b'"other"')]).status == 200
    missing = page(b"gone", "text/html", status=404)
    assert answer(missing, "GET", [(b"if-none-match", missing.tags[0])]).status == 404


def test_a_head_has_everything_but_the_body() -> None:
    sent = answer(PAGE, "HEAD", [])

    assert sent.body == b""
    assert header(sent.headers, b"content-length") == str(len(BODY)).encode()


@pytest.mark.parametrize(
    ("value", "takes"),
    [
        (b"gzip", True),
        (b"GZIP;q=0.5, br", True),
        (b"gzip;q=0", False),
        (b"gzip; q=0.0", False),
        (b"*", True),
        (b"br", False),
        (b"", False),
    ],
)
def test_the_weight_of_gzip_decides(value: bytes, *, takes: bool) -> None:
    assert takes_gzip(value) is takes


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_any_headers_are_answered(encodings: bytes, known: bytes) -> None:
    sent = answer(PAGE, "GET", [(b"accept-encoding", encodings), (b"if-none-match", known)])

    assert sent.status in {200, 304}


def test_https_is_for_good_where_it_is_used() -> None:
    strict = b"strict-transport-security"
    assert header(page(b"", "text/html", https=True).plain.headers, strict)
    assert header(page(b"", "text/html").plain.headers, strict) is None


def test_a_redirect_is_not_kept_and_nothing_is_posted() -> None:
    sent = redirect("/a/no-signal")

    assert (sent.status, header(sent.headers, b"location")) == (302, b"/a/no-signal")
    assert header(sent.headers, b"cache-control") == b"no-store"
    assert not_allowed().status == 405
    assert header(not_allowed().headers, b"allow") == b"GET, HEAD"
