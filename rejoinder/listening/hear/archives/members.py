"""What is packed in an archive, read in a stream: nothing is written to the disk, nothing trusted.

Refused as a whole: names that lead out of the archive, links and devices, and whatever unpacks to
far more than it is.
"""

import gzip
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple, Protocol, cast

from rejoinder.listening.hear.exports import BadFileError

MEMBERS = 2_000_000  # with the pictures of many years
UNPACKED = 64 * 1024**3  # bytes of all that is read
RATIO = 200  # times that a member may be larger than it is packed; words are packed to a fifth
FREE = 32 * 1024**2  # bytes that any member may unpack to

_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_AT_MAGIC, _TAR = 257, b"ustar"


class Member(NamedTuple):
    """One file in an archive; `stream` is to be read before the next one is asked for."""

    name: str
    stream: IO[bytes]


Wanted = Callable[[str], bool]


class Packed(Protocol):
    """An archive: the members that are wanted, and how far it was read (in bytes of the file)."""

    def members(self, wanted: Wanted) -> Iterator[Member]: ...

    def position(self) -> int: ...


class Guarded:
    """A stream that ends with BadFileError where it brings more than it may."""

    def __init__(self, inner: IO[bytes], most: int, words: str) -> None:
        self._inner = inner
        self._left = most
        self._words = words
        self.read_so_far = 0

    def read(self, size: int = -1) -> bytes:
        chunk = self._inner.read(min(size, 1 << 20) if size >= 0 else 1 << 20)
        if size < 0:
            rest = [chunk]
            while chunk:
                self._count(chunk)
                chunk = self._inner.read(1 << 20)
                rest.append(chunk)
            return b"".join(rest)
        self._count(chunk)
        return chunk

    def _count(self, chunk: bytes) -> None:
        self.read_so_far += len(chunk)
        self._left -= len(chunk)
        if self._left < 0:
            raise BadFileError(self._words)

    # What io asks of a stream that is read alone.
    closed = False

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def flush(self) -> None:
        """Nothing is written."""

    def close(self) -> None:
        self._inner.close()


def packed(path: Path) -> Packed | None:
    """The archive that a file is; None where it is none. Raises BadFileError."""
    with path.open("rb") as file:
        start = file.read(4)
    if start == _ZIP:
        return Zip(path)
    if start[:2] == _GZIP and _is_tar(path):
        return Tar(path)
    return None


def _is_tar(path: Path) -> bool:
    try:
        with gzip.open(path) as stream:
            return stream.read(_AT_MAGIC + len(_TAR))[_AT_MAGIC:] == _TAR
    except (OSError, EOFError):
        return False


def bomb(path: Path, name: str) -> str:
    """Why an archive is not read on."""
    return (
        f"{path.name} is refused: {name!r} unpacks to far more than it is, as no export does. "
        "Unpack it yourself if you trust it, and import the files in it"
    )


def _safe(path: Path, name: str) -> str:
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in name:
        raise BadFileError(f"{path.name} is refused: {name[:100]!r} would lead out of the archive")
    return "/".join(parts)


def _most(info: zipfile.ZipInfo) -> int:
    return max(FREE, RATIO * info.compress_size)


class Zip:
    """A zip file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._done = 0
        self._share: tuple[Guarded, zipfile.ZipInfo] | None = None

    def members(self, wanted: Wanted) -> Iterator[Member]:
        self._done, self._share = 0, None
        left = UNPACKED
        try:
            with zipfile.ZipFile(self._path) as whole:
                infos = whole.infolist()
                if len(infos) > MEMBERS:
                    raise BadFileError(f"{self._path.name} is refused: it has too many files")
                names = [_safe(self._path, info.filename) for info in infos]
                for name, info in zip(names, infos, strict=True):
                    if wanted(name) and info.file_size > _most(info):
                        raise BadFileError(bomb(self._path, name))
                for name, info in zip(names, infos, strict=True):
                    if not info.is_dir() and wanted(name):
                        most = min(left, _most(info))
                        with whole.open(info) as inner:
                            stream = Guarded(inner, most, bomb(self._path, name))
                            self._share = stream, info
                            yield Member(name, cast("IO[bytes]", stream))
                        left -= stream.read_so_far
                    self._done += info.compress_size
                    self._share = None
        except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError) as error:
            raise BadFileError(f"{self._path} is cut off, locked or damaged: {error}") from None

    def position(self) -> int:
        if self._share is None:
            return self._done
        stream, info = self._share
        share = min(1.0, stream.read_so_far / max(1, info.file_size))
        return self._done + int(share * info.compress_size)


class Tar:
    """A gzipped tar file, read from its start to its end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self._size = path.stat().st_size

    def members(self, wanted: Wanted) -> Iterator[Member]:
        most = max(FREE, min(UNPACKED, RATIO * self._size))
        try:
            with self._path.open("rb") as file, gzip.GzipFile(fileobj=file) as unpacked:
                self._file = file
                stream = Guarded(cast("IO[bytes]", unpacked), most, bomb(self._path, "it"))
                with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|") as whole:
                    for number, info in enumerate(whole):
                        name = self._checked(info, number)
                        inner = whole.extractfile(info) if wanted(name) else None
                        if inner is not None:
                            inside = Guarded(inner, UNPACKED, bomb(self._path, name))
                            yield Member(name, cast("IO[bytes]", inside))
        except (tarfile.TarError, EOFError, OSError) as error:
            raise BadFileError(f"{self._path} is cut off or damaged: {error}") from None

    def _checked(self, info: tarfile.TarInfo, number: int) -> str:
        name = _safe(self._path, info.name)
        if number >= MEMBERS:
            raise BadFileError(f"{self._path.name} is refused: it has too many files")
        if not (info.isfile() or info.isdir()):
            raise BadFileError(
                f"{self._path.name} is refused: {name!r} is a link or a device, as in no export"
            )
        return name

    def position(self) -> int:
        return self._size if self._file is None or self._file.closed else self._file.tell()
