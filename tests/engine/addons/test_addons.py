"""Parts are checked before anything of them is used, and leave nothing where they cannot be added."""

import hashlib
import os
import shutil
import zipfile
from dataclasses import asdict

import pytest

from engine.addons import Addon, AddonError, add, added_folder, remove
from engine.addons.job import add_part
from engine.jobs.errors import JobError
from engine.jobs.reporter import EventChannel, Reporter
from tests.served import served


def _part(file, **members):
    """A part's file with these members, and what a catalogue says of it."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    installed = sum(len(text) for text in members.values())
    return Addon("place", "Place and route", file.name, digest, file.stat().st_size, installed)


@pytest.fixture
def part(tmp_path):
    return _part(tmp_path / "place.zip", tool__run="print(1)", data="x" * 1000)


@pytest.fixture
def reporter(tmp_path):
    descriptor = os.open(os.devnull, os.O_WRONLY)
    yield Reporter(EventChannel(descriptor), "job", tmp_path)
    os.close(descriptor)


def _left(root):
    return sorted(path.name for path in root.iterdir()) if root.exists() else []


def test_a_part_is_added_with_progress_once_and_removed(part, tmp_path):
    told = []
    folder = add(part, tmp_path / part.file, tmp_path / "parts", lambda text, fraction: told.append(fraction))
    assert (folder / "tool" / "run").read_text() == "print(1)"
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
    (tmp_path / part.file).unlink()
    assert add(part, tmp_path / part.file, tmp_path / "parts") == folder
    assert remove(part, tmp_path / "parts")
    assert not remove(part, tmp_path / "parts")
    assert _left(tmp_path / "parts") == []


@pytest.mark.parametrize(
    "damage",
    [lambda data: data[:-1], lambda data: data + b"x", lambda data: b"", lambda data: data[:50] + b"!" + data[51:]],
)
def test_a_file_with_another_checksum_is_refused_and_nothing_unpacked(part, tmp_path, damage):
    file = tmp_path / part.file
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(AddonError, match=r"its checksum is another one.*place\.zip"):
        add(part, file, tmp_path / "parts")
    assert _left(tmp_path / "parts") == []


def test_a_program_in_a_part_can_be_run_and_nothing_else_is_taken_of_its_mode(tmp_path):
    file = tmp_path / "place.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, mode in (("tool", 0o6777), ("data", 0o666)):
            member = zipfile.ZipInfo(name)
            member.external_attr = mode << 16
            archive.writestr(member, "x")
    part = Addon("place", "Place", file.name, hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_size, 2)
    folder = add(part, file, tmp_path / "parts")
    assert (folder / "tool").stat().st_mode & 0o7777 == 0o755
    assert not (folder / "data").stat().st_mode & 0o111


@pytest.mark.parametrize("name", ["../out", "/out", "a/../../out", "a\\..\\out"])
def test_a_member_that_would_leave_its_folder_is_refused(tmp_path, name):
    part = _part(tmp_path / "place.zip", **{name: "x"})
    with pytest.raises(AddonError, match="outside its folder"):
        add(part, tmp_path / part.file, tmp_path / "parts")
    assert _left(tmp_path / "parts") == []
    assert not (tmp_path / "out").exists()


def test_a_disk_without_room_is_said_before_anything_is_written(part, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10**9, 10**9, 1000))
    with pytest.raises(AddonError, match="Make room there"):
        add(part, tmp_path / part.file, tmp_path / "parts")
    assert _left(tmp_path / "parts") == []


def _known(part, url=""):
    """What a catalogue says of the part, with an address."""
    return asdict(part) | {"url": url}


@pytest.fixture
def server(tmp_path):
    """Serves the test's folder; its address."""
    with served(tmp_path) as address:
        yield address


def test_a_part_is_downloaded_checked_and_added(part, server, reporter, tmp_path):
    folder = add_part(reporter, addon=_known(part, f"{server}/{part.file}"), root=str(tmp_path / "parts"))
    assert folder == str(added_folder(part, tmp_path / "parts"))
    assert _left(tmp_path / "parts") == [f"place-{part.sha256[:16]}"]


def test_thousands_of_files_are_told_in_few_words(tmp_path):
    part = _part(tmp_path / "many.zip", **{f"file{number}": "x" for number in range(3000)})
    descriptor = os.open(tmp_path / "events", os.O_WRONLY | os.O_CREAT)
    reporter = Reporter(EventChannel(descriptor), "job", tmp_path)
    add_part(reporter, addon=_known(part), root=str(tmp_path / "parts"), file=str(tmp_path / "many.zip"))
    os.close(descriptor)
    assert len((tmp_path / "events").read_text().splitlines()) < 1100


def test_a_download_that_fails_says_what_serves_instead(part, server, reporter, tmp_path):
    with pytest.raises(JobError, match=r"could not be downloaded: File not found\. .*choose a file"):
        add_part(reporter, addon=_known(part, f"{server}/nothing.zip"), root=str(tmp_path / "parts"))
    assert _left(tmp_path / "parts") == []


def test_a_download_needs_room_for_its_file_and_all_in_it(part, server, reporter, tmp_path, monkeypatch):
    free = 50_000_000 + part.size + part.installed - 1
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10**9, 10**9, free))
    with pytest.raises(JobError, match="Make room there"):
        add_part(reporter, addon=_known(part, f"{server}/{part.file}"), root=str(tmp_path / "parts"))
    assert _left(tmp_path / "parts") == []


def test_what_a_killed_adding_left_goes_with_the_next_one(part, tmp_path):
    (tmp_path / "parts" / ".adding-place" / "part" / "old").mkdir(parents=True)
    assert _left(add(part, tmp_path / part.file, tmp_path / "parts")) == ["data", "tool"]
    assert _left(tmp_path / "parts") == [f"place-{part.sha256[:16]}"]


def test_without_an_address_the_file_is_asked_for(part, reporter, tmp_path):
    with pytest.raises(JobError, match=r"Choose its file, place\.zip"):
        add_part(reporter, addon=_known(part), root=str(tmp_path / "parts"))
    assert add_part(reporter, addon=_known(part), root=str(tmp_path / "parts"), file=str(tmp_path / part.file))
