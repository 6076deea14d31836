"""Settings from the environment or from files, typed; a bad one stops the start with a sentence."""

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from rejoinder.plumbing import key_command

PREFIX = "REJOINDER_"


class BadSettingError(Exception):
    """A setting that cannot be used. The message names it and says what it should be."""


class Config(BaseModel):
    """Every setting of a desk; the variable is REJOINDER_ and the name in capitals."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    data: Path = Field(Path.home() / ".rejoinder", description="Folder for everything embedded")
    keys: Path | None = Field(
        None, description="Folder for generated keys; beside the data folder unless set"
    )
    bind: str = Field("127.0.0.1:8000", description="Address and port the pages are served on")
    url: str = Field("", description="Address people type; follows from bind when empty")
    database_url: str = Field(
        "", description="postgresql://…; empty means SQLite in the data folder"
    )
    log_url: str = Field("", description="Intake log; empty means a SQLite file in the data folder")
    smtp_url: str = Field("", description="smtp://user:password@host:port for e-mail to advisors")
    trusted_proxies: str = Field(
        "", description="Addresses, comma separated, that may set X-Forwarded-*"
    )
    allow_private: str = Field(
        "", description="Hosts on private networks that channels may call, comma separated"
    )
    secret_key: str = Field("", description="Signs sessions; made on first start when empty")
    master_key: str = Field(
        "",
        description="Seals keys and credentials; 32 bytes in hex, older ones behind it; made"
        " when empty",
    )
    heads: Path | None = Field(
        None, description="File that heads of the ledger go to; in the key folder unless set"
    )
    heads_mail: str = Field(
        "", description="Addresses, comma separated, that get the head of the ledger once a day"
    )
    heads_url: str = Field(
        "", description="https://… on a second machine that each head of the ledger is posted to"
    )
    master_key_command: str = Field(
        "",
        description="Command that prints the master key, such as a KMS unwraps it; instead of"
        " master_key",
    )
    backup_days: Annotated[int, Field(ge=1, le=3660)] = Field(
        35, description="Days after which you delete a backup; who is erased is told the last day"
    )
    canary_url: str = Field(
        "",
        description="Our echo page as the outside reaches it, http://…/echo.json, for the canary",
    )
    canary_gateway: str = Field(
        "", description="Proxy or modem behind a carrier's gateway that the canary asks through"
    )
    canary_numbers: str = Field(
        "", description="Numbers of the canary's SIM, comma separated; found in any form"
    )
    mitmdump: str = Field(
        "", description="mitmdump in an environment of its own, for leakcheck --proxy"
    )
    scanner: str = Field(
        "",
        description="ClamAV daemon that files are scanned by, unix:///run/clamav/clamd.ctl or"
        " tcp://host:3310",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="How much the log says"
    )
    log_format: Literal["text", "json"] = Field(
        "text", description="Lines of the log: text for people, json for machines"
    )
    metrics_token: str = Field(
        "", description="Opens /metrics as a bearer; when empty, this machine alone may read it"
    )
    web_threads: Annotated[int, Field(ge=1, le=64)] = Field(
        8, description="Threads that render pages, each with one database connection"
    )
    demo: bool = Field(
        default=False, description="A desk with the pretend network; never for real accounts"
    )

    @field_validator("bind")
    @classmethod
    def _bind_has_a_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit():
            raise ValueError("should be an address and a port, such as 127.0.0.1:8000")
        return value

    @field_validator("database_url")
    @classmethod
    def _database_is_known(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"postgresql", "postgres"}:
            raise ValueError("should be empty (SQLite) or start with postgresql://")
        return value

    @field_validator("canary_url")
    @classmethod
    def _canary_is_not_encrypted(cls, value: str) -> str:
        if value and urlsplit(value).scheme != "http":
            raise ValueError("should start with http://: nothing is added to what is encrypted")
        return value

    @field_validator("scanner")
    @classmethod
    def _scanner_has_an_address(cls, value: str) -> str:
        where = urlsplit(value)
        known = {"unix": where.path.startswith("/"), "tcp": bool(where.hostname)}
        if value and not known.get(where.scheme):
            raise ValueError("should be unix:///path of the socket, or tcp://host:port")
        return value

    @field_validator("master_key")
    @classmethod
    def _master_key_is_32_bytes(cls, value: str) -> str:
        for key in value.split():
            if len(key) != 64 or any(c not in "0123456789abcdefABCDEF" for c in key):
                raise ValueError("should be 64 hexadecimal digits (32 bytes) for each key")
        return value

    @property
    def key_folder(self) -> Path:
        """Where generated keys live: outside the data folder, so that a backup never holds both."""
        return self.keys or self.data.with_name(self.data.name + "-keys")

    @property
    def host(self) -> str:
        return self.bind.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        return int(self.bind.rpartition(":")[2])

    @property
    def base_url(self) -> str:
        """The address people type, without a slash at the end."""
        return self.url.rstrip("/") or f"http://localhost:{self.port}"

    @property
    def private_hosts(self) -> frozenset[str]:
        return frozenset(_words(self.allow_private))

    @property
    def canary_sim_numbers(self) -> tuple[str, ...]:
        return _words(self.canary_numbers)

    @property
    def heads_mail_addresses(self) -> tuple[str, ...]:
        return _words(self.heads_mail)

    @property
    def proxies(self) -> tuple[str, ...]:
        return _words(self.trusted_proxies)

    @property
    def is_postgres(self) -> bool:
        return bool(self.database_url)


def read(environment: Mapping[str, str]) -> Config:
    """Build the settings. Raises BadSettingError with one sentence about the first bad one."""
    values = {name: _value(environment, name) for name in Config.model_fields}
    try:
        return Config.model_validate({k: v for k, v in values.items() if v is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        raise BadSettingError(f"{name} cannot be used: {reason}.") from None


@cache
def config() -> Config:
    """The settings of this process, read once."""
    return read(os.environ)


def key(name: Literal["secret_key", "master_key"]) -> str:
    """The key from the environment, or the one in the key folder, made 0600 on first use."""
    given: str = getattr(config(), name)
    if name == "master_key" and not given and (command := config().master_key_command):
        return _from_command(command)
    return given or _kept_key(config().key_folder / name)


def master_keys() -> tuple[str, ...]:
    """The master keys in hex: the first one seals, the others still open what they sealed."""
    return tuple(key("master_key").split())


def own_folder(path: Path, setting: str) -> Path:
    """The folder, made for us alone. Raises BadSettingError naming the setting that moves it."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadSettingError(
            f"{path} cannot be made: {error.strerror}. Set {setting} to a folder that this "
            "account may write to."
        ) from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise BadSettingError(
            f"{path} cannot be written. Let this account write there, or set {setting} to a "
            "folder where it may."
        )
    return path


def _value(environment: Mapping[str, str], name: str) -> str | None:
    variable = PREFIX + name.upper()
    path = environment.get(variable + "_FILE")
    if path is None:
        return environment.get(variable)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSettingError(
            f"{variable}_FILE cannot be read: {error.strerror}: {path}."
        ) from None


def _kept_key(path: Path) -> str:
    try:
        return _read_key(path, _changed(path))
    except OSError:  # not there yet, or not for this account: making it says which
        _make_key(path)
        return _read_key(path, _changed(path))


def _changed(path: Path) -> tuple[int, int]:
    """Another file, or another writing of it, has another of these."""
    found = path.stat()
    return found.st_mtime_ns, found.st_ino


@lru_cache(maxsize=8)
def _read_key(path: Path, _changed: tuple[int, int]) -> str:
    """Read once for each writing: the vault asks for it at every opening."""
    return path.read_text(encoding="utf-8").strip()


def _make_key(path: Path) -> None:
    own_folder(path.parent, "REJOINDER_KEYS")
    handle, name = tempfile.mkstemp(dir=path.parent)  # made 0600
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32))
    # Of several processes that start together, the first link wins and all read that key.
    with suppress(FileExistsError):
        os.link(name, path)
    Path(name).unlink()


@cache
def _keys_of(command: str) -> key_command.Keys:
    """One memory for each command."""
    return key_command.Keys(command)


def _from_command(command: str) -> str:
    try:
        return _keys_of(command).given()
    except key_command.NoKeyError as error:
        raise BadSettingError(f"REJOINDER_MASTER_KEY_COMMAND: {error}") from None


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
