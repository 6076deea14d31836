"""A mount that one command sees alone, and that is gone with it. Needs root."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

# The place that squid and others share memory in, writable for whoever they run as.
SHARED_MEMORY = ("-t", "tmpfs", "-o", "mode=1777", "tmpfs", "/dev/shm")  # noqa: S108  # a mount


def alone(mount: Sequence[Any], command: Sequence[Any]) -> list[Any]:
    """The command, begun where `mount` (what follows that word in a shell) was carried out."""
    words = " ".join(f'"${{{number}}}"' for number in range(1, len(mount) + 1))
    return [
        "unshare",
        "--mount",
        "--propagation",
        _propagation(),
        "sh",
        "-c",
        f'mount {words} && shift {len(mount)} && exec "$@"',
        "sh",
        *mount,
        *command,
    ]


def _propagation() -> str:
    """Nobody else sees the mount; in a root that is no mount of its own that cannot be said."""
    mounts = Path("/proc/self/mountinfo").read_text().splitlines()
    return "private" if any(line.split()[4] == "/" for line in mounts) else "unchanged"
