"""Settings are typed, may come from files, and a bad one is one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rejoinder.plumbing.config import BadSettingError, own_folder, read


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


def test_a_key_is_made_once_for_all_processes(tmp_path: Path) -> None:
    script = "from rejoinder.plumbing.config import key; print(key('master_key'))"
    environment = os.environ | {"REJOINDER_DATA": str(tmp_path / "desk")}
    together = [
        subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE)
        for _ in range(6)
    ]
    keys = {one.communicate()[0] for one in together}
    assert len(keys) == 1
    assert len(keys.pop().strip()) == 64
    kept = list((tmp_path / "desk-keys").iterdir())
    assert [path.name for path in kept] == ["master_key"]
    assert kept[0].stat().st_mode & 0o777 == 0o600


def test_a_key_file_that_was_written_anew_is_read_anew(tmp_path: Path) -> None:
    """A master key is turned in its file while the desk goes on."""
    script = (
        "import sys; from pathlib import Path; from rejoinder.plumbing.config import key; "
        "file = Path(sys.argv[1]); first = key('master_key'); again = key('master_key'); "
        "turned = 'ab' * 32; file.write_text(f'{turned} {first}'); "
        "print(first == again, key('master_key') == f'{turned} {first}')"
    )
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("REJOINDER_")
    }
    environment |= {"REJOINDER_KEYS": str(tmp_path / "keys")}
    command = [sys.executable, "-c", script, str(tmp_path / "keys" / "master_key")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]


def test_a_folder_that_cannot_be_made_is_one_sentence() -> None:
    with pytest.raises(BadSettingError, match="Set REJOINDER_DATA to a folder"):
        own_folder(Path("/dev/null/desk"), "REJOINDER_DATA")
