"""Settings are typed, may come from files, and a bad one is one sentence."""

from pathlib import Path

import pytest

from rejoinder.plumbing.config import BadSettingError, read


def test_a_desk_needs_no_setting() -> None:
    config = read({})
    assert config.bind == "127.0.0.1:8000"
    assert config.base_url == "http://localhost:8000"
    assert not config.is_postgres


def test_a_setting_may_be_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text("https://desk.example.com/\n")
    assert read({"REJOINDER_URL_FILE": str(file)}).base_url == "https://desk.example.com"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("BIND", "8000", "REJOINDER_BIND cannot be used: should be an address and a port"),
        ("DATABASE_URL", "mysql://x", "REJOINDER_DATABASE_URL cannot be used: should be empty"),
        ("MASTER_KEY", "abc", "REJOINDER_MASTER_KEY cannot be used: should be 64 hexadecimal"),
        ("WEB_THREADS", "0", "REJOINDER_WEB_THREADS cannot be used"),
        ("URL_FILE", "/nowhere/url", "REJOINDER_URL_FILE cannot be read"),
    ],
)
def test_a_bad_setting_is_one_sentence(name: str, value: str, sentence: str) -> None:
    with pytest.raises(BadSettingError, match=sentence):
        read({f"REJOINDER_{name}": value})
