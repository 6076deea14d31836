"""Archives of X, Mastodon, Bluesky and Google+: once, as ours, and no more than they say."""

import tarfile
import zipfile
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder import cli
from rejoinder.listening.hear.archives import members, opened
from rejoinder.listening.hear.exports import BadFileError, Export
from rejoinder.listening.hear.importing import Refused, Tally, bring_in
from rejoinder.listening.models import Conversation, Mention
from tests.listening.hear.archives import packing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def brought(file: Path, channel: str) -> tuple[Tally, list[Refused]]:
    refused: list[Refused] = []
    tally = bring_in(opened(file), channel, {}, refused=refused.append, progress=lambda _: None)
    return tally, refused


def kept() -> list[tuple[str, str, bool]]:
    rows = Mention.objects.order_by("external_id")
    return [(row.external_id, row.text, row.ours) for row in rows]


def test_posts_of_x_come_in_once_as_ours_and_wait_for_nobody(tmp_path: Path) -> None:
    file = packing.of_x(tmp_path / "twitter.zip")
    assert brought(file, "x")[0] == Tally(3, 3, 0, 0)
    assert brought(file, "x")[0] == Tally(3, 0, 3, 0)
    assert kept() == [(str(1000 + n), f"Hello number {n} & all", True) for n in range(3)]
    one = Mention.objects.get(external_id="1001")
    assert (one.person.handle, one.language, one.created_at.year) == ("northwind", "en", 2012)
    assert not Conversation.objects.exclude(waiting_since=None).exists()


@pytest.mark.parametrize("pack", [packing.zipped, packing.tarred])
def test_an_outbox_of_mastodon_brings_what_was_public(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    tally, refused = brought(pack(tmp_path / "archive", packing.of_mastodon()), "mastodon")
    assert tally == Tally(3, 2, 0, 1)
    assert "few eyes" in refused[0].error
    start = "https://social.example/users/brand/statuses/"
    assert kept() == [
        (f"{start}1", "[warning] Hello 1", True),
        (f"{start}3", "Hello 3", True),
    ]


def test_google_plus_brings_what_people_answered_too(tmp_path: Path) -> None:
    tally, _ = brought(packing.tarred(tmp_path / "takeout.tgz", packing.of_plus()), "googleplus")
    assert tally == Tally(3, 3, 0, 0)
    said = {text: ours for _, text, ours in kept()}
    assert said == {"We are on it.": True, "thanks": False, "welcome": True}


def test_a_repository_of_bluesky_brings_its_posts_under_their_names(tmp_path: Path) -> None:
    tally, _ = brought(packing.of_bluesky(tmp_path / "repo.car"), "bluesky")
    assert tally == Tally(3, 3, 0, 0)
    start = f"at://{packing.DID}/app.bsky.feed.post/3k"
    assert kept() == [(f"{start}{n}", f"Hello {n}", True) for n in range(3)]


def test_a_block_that_is_not_what_its_name_says_is_refused(tmp_path: Path) -> None:
    tally, refused = brought(packing.of_bluesky(tmp_path / "r.car", break_one=True), "bluesky")
    assert tally == Tally(3, 2, 0, 1)
    assert "not what its name promises" in refused[0].error


def test_the_command_shows_how_far_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = packing.of_x(tmp_path / "twitter.zip")
    assert cli.main(["import", str(file), "--channel", "x", "--json"]) == 0
    told = capsys.readouterr()
    assert '"kept": 3' in told.out
    assert "twitter.zip" in told.err


@pytest.mark.parametrize(
    "name", ["../../etc/data/tweets.js", "/data/tweets.js", "C:/data/tweets.js", "a\\..\\b"]
)
def test_names_that_lead_out_are_refused_before_anything_is_kept(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(packing.of_x(tmp_path / "x.zip"), "a") as whole:
        whole.writestr(name, "[]")
    with pytest.raises(BadFileError, match="lead out"):
        brought(tmp_path / "x.zip", "x")
    assert not Mention.objects.exists()


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "FREE", 10_000)
    posts = '[{"tweet": {"id_str": "1", "full_text": "' + "x" * 5_000_000 + '"}}]'
    packed = packing.zipped(tmp_path / "bomb.zip", {"data/tweets.js": f"a = {posts}"})
    with pytest.raises(BadFileError, match="unpacks to far more"):
        brought(packed, "x")
    tarred = packing.tarred(tmp_path / "bomb.tgz", {"outbox.json": '{"orderedItems":' + posts})
    with pytest.raises(BadFileError, match="unpacks to far more"):
        brought(tarred, "mastodon")
    assert not Mention.objects.exists()


def test_a_bomb_that_lies_about_its_size_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "zero").write_bytes(b"\0" * 1000)
    with (
        closing(members.Guarded((tmp_path / "zero").open("rb"), 10, "It is a bomb")) as guarded,
        pytest.raises(BadFileError, match="It is a bomb"),
    ):
        guarded.read()


def test_a_link_in_a_tar_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "link.tgz", "w:gz") as whole:
        info = tarfile.TarInfo("outbox.json")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/hostname"
        whole.addfile(info)
    with pytest.raises(BadFileError, match="a link or a device"):
        brought(tmp_path / "link.tgz", "mastodon")


def test_an_endless_block_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFileError, match="no block of a repository is so large"):
        brought(packing.of_bluesky(tmp_path / "big.car", big=2**40), "bluesky")


def test_an_archive_of_something_else_says_what_is_read(tmp_path: Path) -> None:
    with pytest.raises(BadFileError, match="no posts that the desk knows"):
        brought(packing.zipped(tmp_path / "holiday.zip", {"a.jpg": b"x"}), "x")


def test_an_archive_with_a_password_says_so(tmp_path: Path) -> None:
    file = packing.of_x(tmp_path / "x.zip")
    raw = bytearray(file.read_bytes())
    at = -1
    while (at := raw.find(b"PK\x01\x02", at + 1)) >= 0:
        raw[at + 8] |= 1  # the flag that says that it is encrypted
    file.write_bytes(raw)
    with pytest.raises(BadFileError, match="locked or damaged"):
        brought(file, "x")


@given(cut=st.integers(1, 4000), flip=st.integers(0, 4000))
def test_a_damaged_archive_is_named_as_such_and_breaks_nothing(
    tmp_path_factory: pytest.TempPathFactory, cut: int, flip: int
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    for make in (packing.of_x, packing.of_bluesky):
        raw = bytearray(make(folder / "whole").read_bytes())
        raw[flip % len(raw)] ^= 0xFF
        damaged = folder / "damaged"
        damaged.write_bytes(raw[: max(8, len(raw) - cut % len(raw))])
        with suppress(BadFileError):
            source = opened(damaged)
            assert all(record.values or record.error for record in source.records())


def test_what_is_no_archive_is_read_as_ever(tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text("id,text\n1,hello\n")
    source = opened(file)
    assert isinstance(source, Export)
    assert [record.values["text"] for record in source.records()] == ["hello"]
