"""Files, folders and tables: everything that is in them, in order, and nothing stops for a bad one."""

from __future__ import annotations

import gzip
import json
import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from diptych.errors import EmptyInput, NotFound, TooLarge, Undecodable, UnsupportedMedia, UsageError
from diptych.read import Item, ReadLimits, Refused, Row, Skipped, count_items, expand, holds_many, parse_map
from diptych.records import RawDocument

TEXT = "President Olen Marvek of Tarsia spoke by phone with Prime Minister Ina Solis of Ortega."


def named(items: Iterator[Item]) -> list[tuple[str, str]]:
    return [(type(item).__name__, os.path.basename(item.uri)) for item in items]


def only(path: Path, **how: object) -> list[Item]:
    return list(expand([str(path)], **how))  # type: ignore[arg-type]


def refused(item: Item, kind: type[Exception], *words: str) -> None:
    assert isinstance(item, Refused), item
    assert type(item.error) is kind
    for word in words:
        assert word in str(item.error)


def test_a_folder_in_order_with_what_is_left_out_told(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.txt").write_text(TEXT)
    (tmp_path / "b" / "1.html").write_text(f"<html><p>{TEXT}</p></html>")
    (tmp_path / "b" / "up").symlink_to(tmp_path)
    (tmp_path / "b" / "broken").symlink_to(tmp_path / "nowhere")
    (tmp_path / "a.md").write_text(TEXT)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.txt").write_text(TEXT)
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    os.mkfifo(tmp_path / "pipe")
    items = only(tmp_path)
    assert named(iter(items)) == [
        ("Skipped", ".hidden"),
        ("RawDocument", "a.md"),
        ("RawDocument", "1.html"),
        ("RawDocument", "2.txt"),
        ("Refused", "broken"),
        ("Skipped", "up"),
        ("Refused", "c.png"),
        ("Skipped", "pipe"),
    ]
    assert all(isinstance(item, RawDocument) or item.source == str(tmp_path) for item in items)
    assert "read already" in next(i.why for i in items if isinstance(i, Skipped) and i.uri.endswith("up"))


def test_a_folder_without_files_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    (item,) = only(tmp_path)
    assert isinstance(item, Refused)
    assert "without a file" in str(item.error)
    refused(only(tmp_path / "gone.txt")[0], NotFound, "gone.txt")


def test_a_file_that_vanishes_while_its_folder_is_read(tmp_path: Path) -> None:
    for name in ("1.txt", "2.txt", "3.txt"):
        (tmp_path / name).write_text(TEXT)
    items = expand([str(tmp_path)])
    next(items)
    (tmp_path / "2.txt").unlink()
    rest = list(items)
    refused(rest[0], NotFound, "2.txt")
    assert isinstance(rest[1], RawDocument)


def test_json_lines_with_bad_ones_among_them(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [
        json.dumps({"text": TEXT, "url": "https://mfa.example/1", "date": "2031-05-02", "words": 12}).encode(),
        b'{"title": "Call"}',
        b"",
        b"{broken",
        b'{"text": "\xff\xfe"}',
        b"[1]",
        b'{"text": "  "}',
        b'{"text": 5}',
        json.dumps({"body": TEXT, "headline": "Call"}).encode(),
    ]
    path.write_bytes(b"\n".join(rows))
    items = only(path)
    assert [type(item) for item in items] == [Row, *[Refused] * 6, Row]
    first, last = items[0], items[-1]
    assert isinstance(first, Row)
    assert isinstance(last, Row)
    assert first.fields == {"text": TEXT, "url": "https://mfa.example/1", "date": "2031-05-02"}
    assert (first.uri, first.where, first.source) == ("https://mfa.example/1", f"{path}, line 1", str(path))
    assert (last.uri, last.fields["title"]) == (f"{path}#9", "Call")
    refused(items[1], EmptyInput, "rows.jsonl, line 2", "title", "--map")
    refused(items[2], Undecodable, "line 4", "not JSON")
    refused(items[3], Undecodable, "line 5")
    refused(items[4], Undecodable, "line 6", "no JSON object")
    refused(items[5], EmptyInput, "line 7 has no text")


@pytest.mark.parametrize("pack", [gzip.compress, None])
def test_a_json_array_and_objects_over_several_lines(tmp_path: Path, pack: object) -> None:
    rows = [{"text": f'{TEXT} {{"[{n}"\\', "meta": {"deep": [1, {"x": "}"}]}, "title": "é" * n} for n in range(300)]
    for body in (json.dumps(rows, indent=2), "\n".join(json.dumps(row, ensure_ascii=False, indent=1) for row in rows)):
        path = tmp_path / ("rows.json.gz" if pack else "rows.json")
        path.write_bytes(gzip.compress(body.encode()) if pack else body.encode())
        found = only(path)
        assert [i.fields["text"] for i in found if isinstance(i, Row)] == [row["text"].strip() for row in rows]  # type: ignore[attr-defined]
    path.write_text(json.dumps(rows)[:-5000])
    cut = only(path)
    refused(cut[-1], Undecodable, "cut off")
    assert sum(isinstance(i, Row) for i in cut) > 200


def test_tables_with_columns_by_name_by_guess_and_by_mistake(tmp_path: Path) -> None:
    path = tmp_path / "articles.csv"
    path.write_text(
        f'\ufeffId;Headline;Article Text;Link\n1;"Call; and ""talks""";"{TEXT}\nSecond line.";https://x.example/1\n'
        "2;No text;;\n"
    )
    one, two = only(path)
    assert isinstance(one, Row)
    assert one.fields == {
        "text": f"{TEXT}\nSecond line.",
        "title": 'Call; and "talks"',
        "url": "https://x.example/1",
    }
    refused(two, EmptyInput, "row 2 (line 4)", "has no text")
    (mapped, _) = only(path, columns={"title": "Id", "text": "headline"})
    assert isinstance(mapped, Row)
    assert mapped.fields["title"] == "1"
    assert mapped.fields["text"] == 'Call; and "talks"'
    (wrong,) = only(path, columns={"text": "Body"})
    refused(wrong, EmptyInput, "no column 'Body'", "Id, Headline, Article Text, Link")
    path.write_text("a,b\n1,2\n")
    refused(only(path)[0], EmptyInput, "looks like the text", "a, b", "--map")


@pytest.mark.parametrize(("encoding", "name"), [("utf-16", "t.tsv"), ("cp1252", "t.csv"), ("utf-8", "t.tab")])
def test_tables_in_other_encodings(tmp_path: Path, encoding: str, name: str) -> None:
    mark = "," if name == "t.csv" else "\t"
    text = "Le ministre a été reçu à Genève par le président, où ils ont évoqué la coopération. " * 5
    path = tmp_path / name
    path.write_bytes(f'title{mark}text\n"Réunion"{mark}"{text}"\n'.encode(encoding))
    (row,) = only(path)
    assert isinstance(row, Row)
    assert row.fields["text"] == text.strip()
    assert row.fields["title"] == "Réunion"


def test_a_row_in_another_encoding_is_refused_alone(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    filler = "".join(f'{n},"{TEXT} {n}"\n' for n in range(1000))
    path.write_bytes(f"title,text\n{filler}".encode() + "Été,Reçu à Genève\n".encode("latin-1") + b"last,one\n")
    items = only(path)
    assert [type(i) for i in items[-2:]] == [Refused, Row]
    refused(items[-2], Undecodable, "row 1001")


def test_a_quote_that_is_never_closed(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('text\ngood\n"' + "open\n" * 400)
    items = only(path, limits=ReadLimits(max_bytes=1000))
    assert isinstance(items[0], Row)
    refused(items[1], Undecodable, "row 2", "quotes")


def test_damaged_and_cut_gzip_gives_what_came_before(tmp_path: Path) -> None:
    lines = b"".join(json.dumps({"text": f"{os.urandom(40).hex()} {n}"}).encode() + b"\n" for n in range(5000))
    whole = gzip.compress(lines)
    for body, word in ((whole[: len(whole) // 2], "cut off"), (whole[:-9] + b"XXXXXXXXX", "damaged")):
        path = tmp_path / "rows.jsonl.gz"
        path.write_bytes(body)
        items = only(path)
        assert sum(isinstance(i, Row) for i in items) > 1500
        assert sum(isinstance(i, Refused) for i in items) <= 2
        refused(items[-1], Undecodable, "rows.jsonl.gz", word)
    path.write_bytes(b"\x1f\x8bnothing of the kind")
    refused(only(path)[0], Undecodable, "damaged")


def test_packed_documents_and_several_members(tmp_path: Path) -> None:
    import bz2
    import lzma

    for name, pack in (("a.txt.gz", gzip.compress), ("a.txt.bz2", bz2.compress), ("a.txt.xz", lzma.compress)):
        path = tmp_path / name
        path.write_bytes(pack(TEXT[:20].encode()) + pack(TEXT[20:].encode()) + b"\x00" * 12)
        (item,) = only(path)
        assert isinstance(item, RawDocument)
        assert item.body.decode() == TEXT
        assert item.media_type == "text/plain"
    path.write_bytes(gzip.compress(gzip.compress(TEXT.encode())))
    refused(only(path)[0], UnsupportedMedia, "packed twice")


def test_an_endless_line_and_a_huge_document_are_refused_in_bounded_memory(tmp_path: Path) -> None:
    limits = ReadLimits(max_bytes=200_000)
    path = tmp_path / "bomb.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as out:
        out.write(b'{"text": "short enough"}\n')
        for _ in range(300):
            out.write(b"a" * 100_000)
        out.write(b'\n{"text": "after it"}\n')
    tracemalloc.start()
    items = only(path, limits=limits)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(i) for i in items] == [Row, Refused, Row]
    refused(items[1], TooLarge, "line 2")
    assert peak < 3_000_000
    tight = ReadLimits(max_bytes=200_000, max_ratio=20, ratio_from=1_000_000)
    huge = only(path, limits=tight)[-1]
    refused(huge, TooLarge, "more than 20 times its size")
    text = tmp_path / "huge.txt"
    text.write_bytes(b"word " * 100_000)
    refused(only(text, limits=limits)[0], TooLarge, "huge.txt")


def test_many_rows_in_flat_memory(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    with path.open("w") as out:
        for n in range(20_000):
            out.write(json.dumps({"text": f"{TEXT} {n}"}) + "\n")
    tracemalloc.start()
    count = sum(1 for _ in expand([str(path)]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert peak < 2_000_000


def test_what_a_source_holds_is_told_before(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("{braces} are no JSON")
    (tmp_path / "noname").write_text('{"text": "x"}\n{"text": "y"}\n')
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(b"text\na\nb\nc\n"))
    assert not holds_many(str(tmp_path / "a.txt"))
    assert not holds_many(str(tmp_path / "missing"))
    assert holds_many(str(tmp_path / "noname"))
    assert holds_many(str(tmp_path / "t.csv.gz"))
    assert holds_many(str(tmp_path))
    assert holds_many("https://mfa.example/rss.xml")
    assert not holds_many("https://mfa.example/news/12")
    assert count_items([str(tmp_path), "https://mfa.example/news/12"]) == 7
    assert count_items([str(tmp_path)], limit=4) == 4
    assert count_items(["https://mfa.example/rss.xml"]) is None


def test_maps_of_columns() -> None:
    assert parse_map("text=body, title=Head,,line") == {"text": "body", "title": "Head,line"}
    for wrong in ("text", "words=body", "text=", ""):
        with pytest.raises(UsageError, match="FIELD=COLUMN"):
            parse_map(wrong)


def test_the_shared_corpora_are_rows(shared: Path) -> None:
    path = next(iter(sorted((shared / "corpora").glob("*.jsonl.gz"))))
    with gzip.open(path) as lines:
        wanted = sum(1 for line in lines if line.strip())
    kinds = {type(item) for item in expand([str(path)])}
    assert kinds == {Row}
    assert count_items([str(path)]) == wanted


def test_objects_are_whole_wherever_a_block_of_the_file_ends(tmp_path: Path) -> None:
    before, block = '[{"text": "', 65_536
    body = before + "a" * (block - len(before) - 1) + "\\n" + "b" * (block - 1) + '"}]'
    assert (body[block - 1], body[2 * block]) == ("\\", '"')
    (tmp_path / "rows.json").write_text(body)
    (row,) = only(tmp_path / "rows.json")
    assert isinstance(row, Row)
    assert row.fields["text"].endswith("a\n" + "b" * (block - 1))


def test_names_and_fields_that_are_no_text_are_made_text(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(TEXT)
    (tmp_path / os.fsdecode(b"caf\xea.png")).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    row = {
        "text": f"{TEXT} \ud83d",
        "title": "a\ud801b\x00c",
        "publisher": "Tarsian\x00 News",
        "url": "http://a.example/\udcff",
    }
    (tmp_path / "rows.jsonl").write_text(json.dumps(row))
    document, image, table = only(tmp_path)
    assert isinstance(document, RawDocument)
    assert os.path.basename(document.uri) == "caf\\udce9.txt"
    refused(image, UnsupportedMedia, "caf\\udcea.png is a PNG image")
    assert isinstance(table, Row)
    assert (table.uri, table.fields["title"]) == ("http://a.example/\\udcff", "a\\ud801bc")
    assert table.fields["publisher"] == "Tarsian News"
    for item in (document, image, table):
        assert repr(item).encode("utf-8").isascii()
