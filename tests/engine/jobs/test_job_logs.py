"""Logs: limited, complete up to the limit, readable in pieces, and never in the worker's way."""

import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.jobs.logs import TAIL_LIMIT, LogPump, LogSink, read_log


def pieces(path, limit):
    offset, texts = 0, []
    while (piece := read_log(path, offset, limit)).text:
        texts.append(piece.text)
        offset = piece.next_offset
    return texts


@given(text=st.text(alphabet="aé漢🙂\n", max_size=60), limit=st.integers(4, 9))
def test_the_pieces_of_a_log_give_the_whole(tmp_path_factory, text, limit):
    path = tmp_path_factory.mktemp("log") / "log.txt"
    path.write_bytes(text.encode())
    assert "".join(pieces(path, limit)) == text


def test_a_character_that_is_not_complete_comes_later(tmp_path):
    path = tmp_path / "log.txt"
    encoded = "µ".encode()
    path.write_bytes(b"5 " + encoded[:1])
    first = read_log(path)
    assert first.text == "5 "
    path.write_bytes(b"5 " + encoded + b"s")
    assert read_log(path, first.next_offset).text == "µs"


def test_200_000_lines_are_followed_while_they_are_written(tmp_path):
    path = tmp_path / "log.txt"
    sink = LogSink(path)
    followed, offset = [], 0
    for block in range(200):
        sink.write(b"".join(b"line %d\n" % (block * 1000 + i) for i in range(1000)))
        piece = read_log(path, offset)
        followed.append(piece.text)
        offset = piece.next_offset
    sink.close()
    assert "".join(followed).splitlines() == [f"line {i}" for i in range(200_000)]


def test_a_log_that_does_not_exist_yet_is_empty(tmp_path):
    assert read_log(tmp_path / "log.txt", 7).next_offset == 7


def test_an_overlong_log_keeps_its_beginning_and_its_end(tmp_path):
    path = tmp_path / "log.txt"
    sink = LogSink(path, limit=1000)
    for number in range(100_000):
        sink.write(b"line %06d\n" % number)
    sink.close()
    text = path.read_text()
    assert text.startswith("line 000000\n")
    assert text.endswith("line 099999\n")
    assert "grown too long" in text
    assert f"{100_000 * 12 - 1000 - TAIL_LIMIT:,} bytes left out" in text
    assert len(text) < 1000 + TAIL_LIMIT + 300


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_is_said_and_does_not_stop_the_log(tmp_path):
    path = tmp_path / "log.txt"
    path.symlink_to("/dev/full")
    sink = LogSink(path)
    sink.write(b"lost\n")
    sink.write(b"lost too\n")
    sink.close()
    assert sink.failure.endswith("the disk is full.")
    assert sink.last_line == "lost too"


def test_the_last_line_is_shown_without_control_characters(tmp_path):
    sink = LogSink(tmp_path / "log.txt")
    sink.write(b"first\n\x1b[31mred\x07 \xff\n\n")
    sink.close()
    assert sink.last_line == "[31mred  �"


@given(cuts=st.lists(st.integers(0, 40), max_size=6).map(sorted))
def test_the_mark_separates_logs_however_it_arrives(tmp_path_factory, cuts):
    folder = tmp_path_factory.mktemp("logs")
    mark = b"\x1etoken\x1e\n"
    stream, writer = _pipe()
    pump = LogPump(stream, mark)
    first, second = LogSink(folder / "first"), LogSink(folder / "second")
    pump.begin(first)
    data = b"a\x1eb\x1etok\x1e\n" + mark
    for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True):
        writer.write(data[start:end])
    assert pump.wait_complete(10)
    pump.finish()
    pump.begin(second)
    writer.write(b"second\x1e")
    writer.close()
    assert pump.join(10)
    pump.finish()
    stream.close()
    assert (folder / "first").read_bytes() == b"a\x1eb\x1etok\x1e\n"
    assert (folder / "second").read_bytes() == b"second\x1e"


def test_a_job_without_a_log_does_not_hold_up_the_worker():
    stream, writer = _pipe()
    pump = LogPump(stream, b"\x1emark\x1e\n")
    flood = threading.Thread(target=lambda: (writer.write(b"x" * 1_000_000), writer.close()))
    flood.start()
    flood.join(10)
    assert not flood.is_alive()
    assert pump.join(10)
    stream.close()


def _pipe():
    read, write = os.pipe()
    return os.fdopen(read, "rb"), os.fdopen(write, "wb", buffering=0)
