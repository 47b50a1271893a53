"""Members of zip and tar archives, one by one; nothing is ever written to disk."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO, cast

from diptych.errors import DiptychError, TooLarge, Undecodable, UnsupportedMedia
from diptych.read.items import Refused
from diptych.read.opened import HEAD, Opened
from diptych.read.unpack import Flow, Steps

__all__ = ["tar_members", "zip_members"]

_REFUSED = "Take the file out of the archive yourself if you trust it"
_ENCRYPTED = 0x1
#: Members by which a zip file is known to be one thing and no collection of files.
_ONE_DOCUMENT = frozenset({"mimetype", "[Content_Types].xml", "META-INF/MANIFEST.MF"})


class _Header(tarfile.TarInfo):
    """A header that, where it is broken, is told; tarfile takes it for the end of the archive."""

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> _Header:
        try:
            return super().fromtarfile(tarfile_)
        except (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError) as error:  # type: ignore[attr-defined]
            raise tarfile.ReadError(str(error)) from error


@dataclass(frozen=True)
class _Member:
    """What an archive says of a member: its name, and why it is not read, where it is not."""

    name: str
    refused: str | None


def zip_members(opened: Opened) -> Iterator[Opened | Refused]:
    """Yield the files in a zip archive, opened; each is good until the next is asked for.

    Raises :class:`~diptych.errors.Undecodable` for a broken archive.
    """
    file = _seekable(opened)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise Undecodable(f"{opened.uri} is a damaged zip archive ({error})", "Fetch it again") from error
    with archive:
        if not _ONE_DOCUMENT.isdisjoint(archive.namelist()):
            raise UnsupportedMedia(
                f"{opened.uri} is an e-book, a program or an Office file that is not read",
                "Give plain text, HTML, Markdown, PDF or .docx",
            )
        for number, info in enumerate(archive.infolist(), 1):
            _bound(number, opened)
            mode = info.external_attr >> 16
            why = "is a link" if stat.S_ISLNK(mode) else None
            if info.flag_bits & _ENCRYPTED:
                why = "is encrypted"
            if info.is_dir() or _hidden(info.filename):
                continue
            member = _Member(info.filename, _outside(info.orig_filename) or why)
            if member.refused:
                yield _refuse(opened, member)
                continue
            try:
                stream = archive.open(info)
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
                yield _refuse(opened, _Member(member.name, f"cannot be unpacked ({error})"))
                continue
            with stream:
                flow = Flow(stream.read, f"{opened.uri}#{member.name}", opened.budget.spend)
                yield _inside(opened, member.name, flow)


def tar_members(opened: Opened) -> Iterator[Opened | Refused]:
    """Yield the files in a tar archive, opened, as the stream goes by.

    Raises :class:`~diptych.errors.Undecodable` for a broken archive.
    """
    try:
        stream = cast(IO[bytes], Steps(opened.stream))
        with tarfile.open(fileobj=stream, mode="r|", bufsize=HEAD, tarinfo=_Header) as archive:
            for count, info in enumerate(archive, 1):
                _bound(count, opened)
                archive.members = []  # type: ignore[attr-defined]  # else it keeps all headers in memory
                if info.isdir() or _hidden(info.name):
                    continue
                member = _Member(info.name, _outside(info.name) or _special(info))
                content = None if member.refused else archive.extractfile(info)
                if content is None:
                    yield _refuse(opened, member)
                else:
                    with content:
                        # What the archive itself is unpacked from counts the bytes already.
                        yield _inside(opened, member.name, Flow(content.read, f"{opened.uri}#{info.name}"))
    except tarfile.TarError as error:
        raise Undecodable(f"{opened.uri} is a damaged tar archive ({error})", "Fetch it again") from error


def _inside(opened: Opened, name: str, flow: Flow) -> Opened:
    return replace(
        opened,
        uri=f"{opened.uri}#{name}",
        name=name,
        stream=io.BufferedReader(flow, HEAD),
        depth=opened.depth + 1,
        packings=0,
        named=False,
        file=None,
        declared=None,
        charset=None,
    )


def _seekable(opened: Opened) -> IO[bytes]:
    """A zip archive is read from its end: what is no file on disk is held in memory, where it is small enough."""
    if opened.file is not None:
        opened.budget.packed = max(opened.budget.packed, opened.file.seek(0, io.SEEK_END))
        opened.file.seek(0)
        return opened.file
    return io.BytesIO(opened.body())


def _bound(number: int, opened: Opened) -> None:
    if number > opened.limits.max_members:
        raise TooLarge(
            f"{opened.uri} has more than {opened.limits.max_members:,} members; the rest is not read",
            "Unpack it yourself and give the folder",
        )


def _outside(name: str) -> str | None:
    """Say why a member must not be trusted for its name."""
    parts = name.replace("\\", "/").split("/")
    if "\x00" in name:
        return "has a name with a zero in it"
    if parts[0] == "" or parts[0].endswith(":"):
        return "has an absolute path"
    return "has a path that leads out of the archive" if ".." in parts else None


def _special(info: tarfile.TarInfo) -> str | None:
    if info.issym() or info.islnk():
        if info.linkname.startswith("/") or ".." in info.linkname.split("/"):
            return f"is a link that points outside ({info.linkname})"
        return f"is a link (to {info.linkname}, which is read by itself where it is there)"
    return None if info.isreg() else "is a device or a pipe"


def _hidden(name: str) -> bool:
    """Whether a member is one that systems leave in archives, not a person: .DS_Store, __MACOSX."""
    parts = [part for part in name.replace("\\", "/").split("/") if part]
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts)


def _refuse(opened: Opened, member: _Member) -> Refused:
    happened = f"{member.name} in {opened.uri} {member.refused or 'is no file'}; it is not read"
    error: DiptychError = UnsupportedMedia(happened, _REFUSED)
    if member.refused == "is encrypted":
        error = Undecodable(happened, "Unpack it with its password and give the files")
    return Refused(f"{opened.uri}#{member.name}", opened.source, error)
