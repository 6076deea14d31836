"""Every packing in every place is found, ordinary traffic is not, and nothing breaks the check."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.privacy.leakcheck.check import MASK, Checker
from rejoinder.privacy.leakcheck.known import Known
from rejoinder.privacy.leakcheck.listed import HEADERS
from rejoinder.privacy.leakcheck.shapes import CLASSES, ENCODINGS, Request
from rejoinder.privacy.leakcheck.shapes import PLACES as WHERE
from tests.privacy.leakcheck.ordinary import Traffic
from tests.privacy.leakcheck.packing import HOST, NUMBER, PLACES, packings

CHECKER = Checker()
# The same digits are written with percent-signs where a place demands it.
ALSO = {"spaced": {"percent"}, "plain": {"percent"}, "percent": {"double-percent"}}


@pytest.mark.parametrize("place", PLACES)
def test_each_packing_is_found_in_each_place(place: str) -> None:
    for encoding, values in packings().items():
        for value in values:
            (found,) = CHECKER.check([PLACES[place](value)])
            assert [one.kind for one in found] == ["msisdn"], value
            assert found[0].encoding in {encoding} | ALSO.get(encoding, set()), value
            assert found[0].host == HOST


@pytest.mark.parametrize("encoding", packings())
def test_each_packing_is_found_under_each_listed_name(encoding: str) -> None:
    value = packings()[encoding][0]
    for name in [*HEADERS, "X-Operator-Msisdn", "HTTP_X_MSISDN", "x_nokia_imsi"]:
        (found,) = CHECKER.check([Request(HOST, "/", [(name, value)])])
        assert [(one.kind, one.name, one.encoding) for one in found] == [("msisdn", name, encoding)]


def by_class() -> dict[str, str]:
    """One listed name of each class of headers."""
    return {kind: name for name, kind in reversed(HEADERS.items())}


@pytest.mark.parametrize("kind", by_class())
def test_each_packing_in_each_place_is_found_beside_each_class_of_header(kind: str) -> None:
    beside = (by_class()[kind], "u3bT9qkQ")
    values = [value for many in packings().values() for value in many]
    leaks = [put(value) for put in PLACES.values() for value in values]
    asked = [msgspec.structs.replace(one, headers=[*one.headers, beside]) for one in leaks]
    for request, found in zip(asked, CHECKER.check(asked), strict=True):
        told = {(one.kind, one.encoding == "opaque") for one in found}
        assert {("msisdn", False), (kind, True)} <= told, request


def test_a_listed_header_is_found_by_its_name_when_its_value_is_silent() -> None:
    for name, kind in HEADERS.items():
        (found,) = CHECKER.check([Request(HOST, "/", [(name, "u3bT9qkQ")])])
        assert [(one.kind, one.encoding) for one in found] == [(kind, "opaque")]


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("X-IMSI", "234159876543210", "imsi"),
        ("X-Acme", "234159876543210", "imsi"),
        ("X-Acme", "0234159876543210@wlan.mnc015.mcc234.3gppnetwork.org", "imsi"),
        ("X-Acme", "2343516789054321", None),
        ("X-IMEI", "490154203237518", "imei"),
        ("User-Agent", "Phone/1.0 IMEI/490154203237518 Browser/2", "imei"),
        ("User-Agent", "Phone/1.0/SN352099001761481 Browser/2", "imei"),
        ("X-Acme", "urn:gsma:imei:49015420-323751-8", "imei"),
        ("X-ICCID", "8944110000000000003", "iccid"),
        ("X-UIDH", "OTgxNTk2NDk0ADJVquRu5NS5", "tracking"),
        ("X-ACR", "447700900123", "msisdn"),
        ("X-Nokia-Bearer", "LTE", "context"),
        ("X-Nokia-Roaming", "1", "context"),
        ("X-Nokia-Roaming", "", None),
        ("X-UIDH", "0", None),
        ("X-Up-Anything-Uid", "u3bT9qkQ", "tracking"),
        ("X-Wap-Profile", '"http://phones.example/model-7.xml"', None),
        ("X-Msisdn", "-", None),
        ("X-Msisdn", "(null)", None),
        ("X-Acme", "+33 6 39 98 12 34", "msisdn"),
        ("X-Acme", "33639981234", None),
        ("X-Acme", "447911123456", "msisdn"),
        ("X-Acme", "07624 312345", "msisdn"),
        ("X-Msisdn", "33639981234", "msisdn"),
        ("X-Msisdn", "7700900123", "msisdn"),
        ("Authorization", "Basic NDQ3NzAwOTAwMTIzOnNlY3JldA==", "msisdn"),
    ],
)
def test_classes_of_their_own(name: str, value: str, kind: str | None) -> None:
    (found,) = CHECKER.check([Request(HOST, "/", [(name, value)])])
    assert [one.kind for one in found] == ([kind] if kind else [])


@pytest.mark.parametrize(
    "target",
    [
        "/?order=07700900123",
        "/?sku=44-7700-900-123",
        "/product/07700-900123",
        "/?ts=1790000000123&session=447700900123",
        "/?m=1.2345678901",
        "/img/0af1c2d4-7b1e-4c5d-8e9f-447700900123/a.png",
        "/?ll=51.507400,-0.127800",
        "/api/1.0.447.7009001/x",
        '/?j={"skus":["07700900123"]}',
        "/?a=1&sn=12345678901234",
    ],
)
def test_numbers_of_something_else_are_left_alone(target: str) -> None:
    assert CHECKER.check([Request(HOST, target)]) == [()]


@pytest.mark.parametrize("seed", range(10))
def test_ten_thousand_ordinary_requests_raise_no_alarm(seed: int) -> None:
    requests = Traffic(seed).requests(1000)
    found = CHECKER.check(requests)
    assert [(r, f) for r, f in zip(requests, found, strict=True) if f] == []


def test_a_number_that_is_given_is_found_where_others_are_not() -> None:
    known = Checker(Known(["33639981234"]))
    for target in ("/?order=33639981234", "/x-0639981234-y", "/?s=A1.33639981234.Z"):
        assert CHECKER.check([Request(HOST, target)]) == [()]
        assert [one.kind for one in known.check([Request(HOST, target)])[0]] == ["msisdn"]


@given(st.integers(7_100_000_000, 7_999_999_999), st.sampled_from(["md5", "sha1", "sha256"]))
def test_a_hash_is_found_when_its_number_is_known_and_only_then(core: int, name: str) -> None:
    number = f"44{core}"
    for value in packings(number)[name]:
        request = Request(HOST, f"/?h={value}")
        assert [f.encoding for f in Checker(Known([number], ())).check([request])[0]] == [name]
        ranged = Checker(Known(ranges=[(int(number) - 5, int(number) + 5)]))
        assert [f.encoding for f in ranged.check([request])[0]] == [name]


@given(st.sampled_from(sorted(PLACES)), st.sampled_from(sorted(packings())))
def test_what_is_said_never_holds_the_number(place: str, encoding: str) -> None:
    for value in packings()[encoding]:
        said = msgspec.json.encode(CHECKER.check([PLACES[place](value)])).decode()
        assert value not in said
        assert NUMBER[2:] not in said


def test_a_number_that_is_a_name_is_masked() -> None:
    request = Request(f"{NUMBER}.example", f"/{NUMBER}/{NUMBER}?{NUMBER}=1")
    (found,) = CHECKER.check([request])
    assert {one.where for one in found} == {"host", "path", "query"}
    assert {one.host for one in found} == {MASK}
    assert {one.name for one in found} <= {MASK, ""}


_TEXT = st.text(max_size=200) | st.text("0123456789abcdef=&%+-./ :;\"'@", max_size=200)


@given(_TEXT, _TEXT, st.lists(st.tuples(_TEXT, _TEXT), max_size=4), st.binary(max_size=300))
def test_anything_may_come(
    host: str, target: str, headers: list[tuple[str, str]], body: bytes
) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        request = Request(host, target, [("Content-Type", kind), *headers], body)
        (found,) = CHECKER.check([request])
        msgspec.json.encode(found)
        for one in found:
            assert one.where in WHERE
            assert one.kind in CLASSES
            assert one.encoding in ENCODINGS


@given(st.lists(st.sampled_from(sorted(PLACES)), max_size=6))
def test_a_batch_is_what_its_requests_are_alone(chosen: list[str]) -> None:
    requests = [PLACES[place](NUMBER) for place in chosen]
    assert CHECKER.check(requests) == [CHECKER.check([one])[0] for one in requests]


@pytest.mark.parametrize(
    "hostile",
    ["7 " * 200_000, "a" * 1_000_000, "%25" * 100_000, "447" * 100_000, "=" * 1_000_000,
     "(" * 500_000, "x=" * 400_000, "91" * 400_000, "/" * 200_000, "imei" * 200_000],
)  # fmt: skip
def test_a_hostile_value_takes_no_longer_than_it_is_long(hostile: str) -> None:
    Checker().check([Request(HOST, "/", [("X-Acme", hostile)], hostile.encode())])
