"""Zip, tar and captures of the web, with hostile and broken ones that are really built."""

from __future__ import annotations

import gzip
import io
import json
import stat
import struct
import tarfile
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from diptych.errors import TooLarge, Undecodable, UnsupportedMedia
from diptych.read import Item, ReadLimits, Refused, Row, expand
from diptych.records import RawDocument

TEXT = b"President Olen Marvek of Tarsia spoke by phone with Prime Minister Ina Solis of Ortega."
PAGE = b"<html><body><p>" + TEXT + b"</p></body></html>"


def only(path: Path, **how: object) -> list[Item]:
    return list(expand([str(path)], **how))  # type: ignore[arg-type]


def errors(items: list[Item]) -> dict[str, str]:
    return {item.uri.rpartition("#")[2]: str(item.error) for item in items if isinstance(item, Refused)}


def good(items: list[Item]) -> list[str]:
    return [item.uri.rpartition("#")[2] for item in items if not isinstance(item, Refused)]


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w:") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, body in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    return out.getvalue()


MEMBERS = {
    "a.txt": TEXT,
    "b/page.html": PAGE,
    "b/rows.jsonl": json.dumps({"text": TEXT.decode()}).encode() + b"\n",
    "c.csv.gz": gzip.compress(b"title,text\nCall," + TEXT + b"\n"),
    ".DS_Store": b"\x00\x01",
    "__MACOSX/a.txt": b"\x00",
    "photo.jpg": b"\xff\xd8\xff" + bytes(50),
}


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tar.bz2", "tar.xz", "tgz"])
def test_members_of_every_kind_of_archive(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"press.{kind}"
    packing = {"tgz": "gz"}.get(kind, kind.partition(".")[2])
    path.write_bytes(zipped(MEMBERS) if kind == "zip" else tarred(MEMBERS, f"w:{packing}"))
    items = only(path)
    assert [type(item) for item in items] == [RawDocument, RawDocument, Row, Row, Refused]
    text, page, row, cell, _ = items
    assert isinstance(text, RawDocument)
    assert isinstance(page, RawDocument)
    assert isinstance(row, Row)
    assert isinstance(cell, Row)
    assert (text.uri, text.body) == (f"{path}#a.txt", TEXT)
    assert page.media_type == "text/html"
    assert row.uri == f"{path}#b/rows.jsonl#1"
    assert cell.fields == {"title": "Call", "text": TEXT.decode(), "url": f"{path}#c.csv.gz#1"}
    assert "JPEG" in errors(items)["photo.jpg"]


def test_one_archive_within_another_and_no_deeper(tmp_path: Path) -> None:
    inner = zipped({"deep.txt": TEXT})
    path = tmp_path / "outer.zip"
    path.write_bytes(
        zipped({"in.zip": inner, "in.tar.gz": tarred({"t.txt": TEXT, "too.zip": inner}, "w:gz"), "last.txt": TEXT})
    )
    items = only(path)
    assert [item.uri[len(str(path)) :] for item in items] == [
        "#in.zip#deep.txt",
        "#in.tar.gz#t.txt",
        "#in.tar.gz#too.zip",
        "#last.txt",
    ]
    assert isinstance(items[2], Refused)
    assert "within an archive within an archive" in str(items[2].error)


def test_members_that_lead_outside_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, kind, target in (
            ("/etc/evil.txt", tarfile.REGTYPE, ""),
            ("../up.txt", tarfile.REGTYPE, ""),
            ("a/../../up2.txt", tarfile.REGTYPE, ""),
            ("link", tarfile.SYMTYPE, "/etc/passwd"),
            ("hard", tarfile.LNKTYPE, "../../secret"),
            ("inside", tarfile.SYMTYPE, "good.txt"),
            ("disk", tarfile.BLKTYPE, ""),
            ("pipe", tarfile.FIFOTYPE, ""),
            ("good.txt", tarfile.REGTYPE, ""),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            info.size = len(TEXT) if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(TEXT) if info.size else None)
    path = tmp_path / "hostile.tar.gz"
    path.write_bytes(out.getvalue())
    items = only(path)
    assert good(items) == ["good.txt"]
    told = errors(items)
    assert "absolute path" in told["/etc/evil.txt"]
    assert "out of the archive" in told["../up.txt"]
    assert "out of the archive" in told["a/../../up2.txt"]
    assert "points outside (/etc/passwd)" in told["link"]
    assert "points outside" in told["hard"]
    assert "to good.txt" in told["inside"]
    assert "device" in told["disk"]
    assert "device" in told["pipe"]

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("/abs.txt", "../up.txt", "..\\win.txt", "C:\\x.txt", "good.txt"):
            archive.writestr(name, TEXT)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    path = tmp_path / "hostile.zip"
    path.write_bytes(out.getvalue())
    items = only(path)
    assert good(items) == ["good.txt"]
    assert len(errors(items)) == 5
    assert "is a link" in errors(items)["link.txt"]


def test_a_zip_that_unpacks_to_far_too_much(tmp_path: Path) -> None:
    """Ten members of 100 MB each in 100 kB; the real thing is the same with more of them."""
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("good.txt", TEXT)
        with archive.open("0.txt", "w") as member:
            for _ in range(100):
                member.write(bytes(1_000_000))
        for n in range(1, 60):
            archive.writestr(f"{n}.txt", b"a" * 1_900_000)
    limits = ReadLimits(max_bytes=2_000_000, ratio_from=10_000_000)
    tracemalloc.start()
    told = [(item.uri, isinstance(item, Refused)) for item in expand([str(path)], limits=limits)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12_000_000
    assert told[0] == (f"{path}#good.txt", False)
    assert len(told) < 40
    items = only(path, limits=limits)
    assert isinstance(items[-1], Refused)
    assert "more than 250 times its size" in str(items[-1].error)
    assert items[-1].uri == str(path)
    total = only(path, limits=ReadLimits(max_bytes=2_000_000, max_unpacked=5_000_000, ratio_from=10**12))
    assert "unpacks to more than 5.0 MB" in str(total[-1].error)  # type: ignore[union-attr]


def test_members_that_overlap_are_counted_against_the_file_itself(tmp_path: Path) -> None:
    """Many entries of the central directory that all name the same packed bytes."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = b"a" * 1_900_000
    data = packed.compress(body) + packed.flush()
    crc = zlib.crc32(body)
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(data), len(body), 5, 0) + b"a.txt" + data
    entry = struct.pack(
        "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(data), len(body), 5, 0, 0, 0, 0, 0, 0
    )
    entries = (entry + b"a.txt") * 500
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 500, 500, len(entries), len(local), 0)
    path = tmp_path / "overlap.zip"
    path.write_bytes(local + entries + end)
    items = only(path, limits=ReadLimits(max_bytes=2_000_000, ratio_from=5_000_000, max_ratio=250))
    assert len(items) < 10
    assert "250 times" in str(items[-1].error)  # type: ignore[union-attr]


def test_a_tar_that_unpacks_to_far_too_much(tmp_path: Path) -> None:
    path = tmp_path / "bomb.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, size in (("small.txt", 90), ("big.txt", 60_000_000), ("after.txt", 90)):
            info = tarfile.TarInfo(name)
            info.size = size
            archive.addfile(info, io.BytesIO(b"a" * size))
    items = only(path, limits=ReadLimits(ratio_from=100_000_000))
    assert good(items) == ["small.txt", "after.txt"]
    assert isinstance(items[1], Refused)
    assert isinstance(items[1].error, TooLarge)
    items = only(path, limits=ReadLimits(ratio_from=10_000_000))
    assert good(items) == ["small.txt"]
    assert "250 times" in str(items[-1].error)  # type: ignore[union-attr]


def test_headers_that_lie(tmp_path: Path) -> None:
    body = zipped({"a.txt": TEXT * 50, "b.txt": TEXT})
    size = struct.pack("<I", len(TEXT) * 50)
    lying = body.replace(size, struct.pack("<I", 10))
    path = tmp_path / "lying.zip"
    path.write_bytes(lying)
    items = only(path)
    assert good(items)[-1] == "b.txt"
    assert "a.txt" in errors(items)


def test_encrypted_and_broken_archives(tmp_path: Path) -> None:
    path = tmp_path / "locked.zip"
    body = bytearray(zipped({"secret.txt": TEXT, "open.txt": TEXT}))
    body[6] |= 1
    directory = body.index(b"PK\x01\x02")
    body[directory + 8] |= 1
    path.write_bytes(body)
    items = only(path)
    assert good(items) == ["open.txt"]
    assert isinstance(items[0], Refused)
    assert isinstance(items[0].error, Undecodable)
    assert "is encrypted" in str(items[0].error)
    assert "password" in str(items[0].error)

    whole = zipped(MEMBERS)
    path.write_bytes(whole[: len(whole) // 2])
    assert "damaged zip archive" in str(only(path)[0].error)  # type: ignore[union-attr]
    damaged = bytearray(whole)
    damaged[40:44] = b"\xff\xff\xff\xff"
    path.write_bytes(damaged)
    assert "a.txt" in errors(only(path))
    assert len(good(only(path))) == 3


@pytest.mark.parametrize("mode", ["w:", "w:gz", "w:xz"])
def test_tar_archives_that_are_cut_off_or_damaged(tmp_path: Path, mode: str) -> None:
    import random

    noise = random.Random(3)
    members = {f"{n}.txt": bytes(noise.choices(b"abcdefghij klmnop", k=40_000)) for n in range(10)}
    whole = tarred(members, mode)
    path = tmp_path / "cut.tar"
    path.write_bytes(whole[: len(whole) * 2 // 3])
    items = only(path)
    assert 4 <= len(good(items)) < 10
    assert isinstance(items[-1], Refused)
    if mode == "w:":
        at = whole.index(b"5.txt")
        path.write_bytes(whole[:at] + bytes(b ^ 0x55 for b in whole[at : at + 512]) + whole[at + 512 :])
        items = only(path)
        assert good(items) == [f"{n}.txt" for n in range(5)]
        assert "damaged tar" in str(items[-1].error)  # type: ignore[union-attr]


def test_documents_that_are_zip_files_stay_documents(tmp_path: Path) -> None:
    import docx

    path = tmp_path / "readout.docx"
    document = docx.Document()
    document.add_paragraph(TEXT.decode())
    document.save(str(path))
    (item,) = only(path)
    assert isinstance(item, RawDocument)
    assert item.media_type.endswith("wordprocessingml.document")
    inside = tmp_path / "w.zip"
    inside.write_bytes(
        zipped({"readout.docx": path.read_bytes(), "book.epub": zipped({"mimetype": b"application/epub+zip"})})
    )
    first, second = only(inside)
    assert isinstance(first, RawDocument)
    assert isinstance(second, Refused)
    assert isinstance(second.error, UnsupportedMedia)


def capture(url: str, head: bytes, body: bytes, kind: bytes = b"response") -> bytes:
    block = head.replace(b"\n", b"\r\n") + b"\r\n\r\n" + body
    return (
        b"WARC/1.0\r\nWARC-Type: "
        + kind
        + b"\r\nWARC-Target-URI: "
        + url.encode()
        + b"\r\nWARC-Date: 2031-05-02T10:00:00Z\r\n"
        b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: "
        + str(len(block)).encode()
        + b"\r\n\r\n"
        + block
        + b"\r\n\r\n"
    )


@pytest.mark.parametrize("packed", [True, False])
def test_captures_of_the_web(tmp_path: Path, packed: bool) -> None:
    ok = b"HTTP/1.1 200 OK\n"
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(TEXT), TEXT)
    records = [
        capture("https://mfa.example/1", ok + b'Content-Type: text/html; charset=ISO-8859-1\nETag: "v1"', PAGE),
        capture("https://mfa.example/p.png", ok + b"Content-Type: image/png", b"\x89PNG"),
        capture("https://mfa.example/gone", b"HTTP/1.1 404 Not Found\nContent-Type: text/html", PAGE),
        capture("https://mfa.example/2", ok + b"Content-Type: text/plain\nTransfer-Encoding: chunked", chunked),
        capture("https://mfa.example/3", ok + b"Content-Type: text/html\nContent-Encoding: gzip", gzip.compress(PAGE)),
        capture("https://mfa.example/4", ok + b"Content-Type: text/html\nContent-Encoding: gzip", PAGE),
        capture("https://mfa.example/5", ok + b"Content-Type: text/html\nContent-Encoding: gzip", b"\x1f\x8b\x08no"),
        capture("https://mfa.example/6", ok + b"Content-Type: text/html\nContent-Encoding: br", b"??"),
        capture(
            "https://mfa.example/7",
            ok + b"Content-Type: text/html\nContent-Encoding: gzip",
            gzip.compress(bytes(30_000_000)),
        ),
        capture("https://mfa.example/8", ok + b"Content-Type: text/html", b""),
        capture("https://mfa.example/9", b"GET / HTTP/1.1\nHost: mfa.example", b"", b"request"),
        capture("https://mfa.example/10", ok + b"Content-Type: application/pdf", b"%PDF-1.7 ..."),
    ]
    path = tmp_path / ("c.warc.gz" if packed else "c.warc")
    path.write_bytes(b"".join(gzip.compress(r) if packed else r for r in records))
    items = only(path)
    pages = {item.uri: item for item in items if isinstance(item, RawDocument)}
    assert [uri.rpartition("/")[2] for uri in pages] == ["1", "2", "3", "4", "10"]
    first = pages["https://mfa.example/1"]
    assert (first.charset, first.etag, first.media_type) == ("iso-8859-1", '"v1"', "text/html")
    assert first.fetched_at.isoformat() == "2031-05-02T10:00:00+00:00"
    assert pages["https://mfa.example/2"].body == TEXT
    assert pages["https://mfa.example/3"].body == pages["https://mfa.example/4"].body == PAGE
    told = {item.uri.rpartition("/")[2]: str(item.error) for item in items if isinstance(item, Refused)}
    assert set(told) == {"5", "6", "7", "8"}
    assert "damaged" in told["5"]
    assert "packed as br" in told["6"]
    assert "more than 20 MB" in told["7"]


def test_a_capture_that_is_cut_off(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\nContent-Type: text/plain"
    whole = b"".join(gzip.compress(capture(f"https://mfa.example/{n}", head, TEXT * 50)) for n in range(9))
    path = tmp_path / "c.warc.gz"
    path.write_bytes(whole[: len(whole) // 2])
    items = only(path)
    assert 3 <= sum(isinstance(item, RawDocument) for item in items) <= 5
    assert isinstance(items[-1], Refused)
    assert "cut off" in str(items[-1].error)
    path.write_bytes(b"WARC/1.0\r\nnothing of the kind")
    assert isinstance(only(path)[0], Refused)
