"""The master key from a command: a KMS, an HSM or a secrets store of the house unwraps it.

The command prints what REJOINDER_MASTER_KEY would hold: 64 hexadecimal digits, older keys behind.
It is asked again after some minutes, so that a key that was turned there is taken up by itself;
where it fails then, the keys that it gave before go on, since they still open what they sealed.
Neither what it printed nor its errors are logged: a key might be among them.
"""

import logging
import re
import shlex
import subprocess
import threading
import time

_LOG = logging.getLogger(__name__)

TIMEOUT = 20.0  # seconds
KEPT = 300.0  # seconds until it is asked again
_KEYS = re.compile(r"[0-9a-fA-F]{64}(\s+[0-9a-fA-F]{64})*")


class NoKeyError(Exception):
    """The command gave no key. The message says how it ended, and nothing that it printed."""


class Keys:
    """What one command gives, kept in memory for a while; safe to share between threads."""

    def __init__(self, command: str) -> None:
        self._command = command
        self._lock = threading.Lock()
        self._keys = ""
        self._until = 0.0

    def given(self) -> str:
        """The keys. Raises NoKeyError when it never gave any."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._ask()
            return self._keys

    def _ask(self) -> None:
        try:
            self._keys = ask(self._command)
        except NoKeyError as error:
            if not self._keys:
                raise
            _LOG.warning("%s The keys that it gave before stay in use.", error)
        self._until = time.monotonic() + KEPT


def ask(command: str) -> str:
    """Run it, without a shell. Raises NoKeyError."""
    try:
        done = subprocess.run(  # noqa: S603  # the program that the owner of the machine named
            shlex.split(command), capture_output=True, timeout=TIMEOUT, check=True, text=True
        )
    except subprocess.TimeoutExpired:
        raise NoKeyError(f"The command for the master key took over {TIMEOUT:.0f} s.") from None
    except subprocess.CalledProcessError as error:
        words = f"The command for the master key ended with {error.returncode}."
        raise NoKeyError(words) from None
    except (OSError, ValueError, IndexError) as error:
        words = f"The command for the master key cannot be run: {type(error).__name__}."
        raise NoKeyError(words) from None
    printed = done.stdout.strip()
    if not _KEYS.fullmatch(printed):
        raise NoKeyError(
            "The command for the master key printed something else than 64 hexadecimal digits "
            "for each key."
        )
    return printed
