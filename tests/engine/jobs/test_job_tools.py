"""Tools whose output is followed while they run."""

import os
import sys

import pytest

from engine.jobs import reporter as reporter_module
from engine.jobs.errors import ToolError
from engine.jobs.reporter import EventChannel, Reporter


@pytest.fixture
def reporter(tmp_path):
    channel = os.open(os.devnull, os.O_WRONLY)
    yield Reporter(EventChannel(channel), "test", tmp_path)
    os.close(channel)


def python(code):
    return [sys.executable, "-c", code]


def test_every_line_reaches_both_the_log_and_the_watcher(reporter, capfd):
    seen = []
    code = "import sys; print('out'); print('err', file=sys.stderr); sys.stdout.write('no end'); sys.exit(4)"
    assert reporter.run(python(code), check=False, watch=seen.append) == 4
    assert sorted(seen) == ["err", "no end", "out"]
    log = capfd.readouterr().err
    assert all(word in log for word in seen)


def test_bytes_that_are_no_text_are_replaced(reporter):
    seen = []
    reporter.run(python("import os; os.write(1, b'a\\xffb\\r\\n')"), watch=seen.append)
    assert seen == ["a\ufffdb"]


def test_a_watcher_that_raises_does_not_hold_up_the_tool(reporter, tmp_path):
    def watch(line):
        raise ZeroDivisionError(line)

    code = "print('x' * 100_000, flush=True); [print(i) for i in range(50_000)]; open('done', 'w')"
    with pytest.raises(ZeroDivisionError):
        reporter.run(python(code), watch=watch)
    assert (tmp_path / "done").exists()


def test_a_watched_tool_that_fails_is_an_error_like_any_other(reporter):
    with pytest.raises(ToolError, match="ended with exit code 3"):
        reporter.run(python("raise SystemExit(3)"), watch=len)


def test_a_helper_that_holds_the_output_open_does_not_hold_up_the_job(reporter, monkeypatch):
    monkeypatch.setattr(reporter_module, "_LINGER_SECONDS", 0.1)
    read, write = os.pipe()
    helper = "input()"
    code = f"import subprocess, sys; print('started', flush=True); subprocess.Popen([sys.executable, '-c', {helper!r}])"
    seen = []
    try:
        assert reporter.run(python(code), watch=seen.append, stdin=read) == 0
        assert seen == ["started"]
    finally:
        os.write(write, b"\n")
        os.close(write)
        os.close(read)


def test_a_tool_lives_on_the_input_it_is_given(reporter):
    read, write = os.pipe()
    os.write(write, b"hello\n")
    os.close(write)
    seen = []
    reporter.run(python("print(input())"), watch=seen.append, stdin=read)
    os.close(read)
    assert seen == ["hello"]
