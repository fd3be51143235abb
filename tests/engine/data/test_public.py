"""Public sets: fetched whole or not at all, read from their real formats, and clear words where there is no way."""

import hashlib
import io
import json
import tarfile
import threading
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from engine.data import DataError, load_data_set
from engine.data.offers import offers
from engine.data.public import PUBLIC, openml, place_of, zenodo
from engine.data.public.cifar import cifar_arrays
from engine.data.public.download import FetchError, download
from engine.data.public.jets import jet_arrays
from engine.data.public.job import fetch
from engine.data.public.places import VARIABLE
from engine.data.public.sets import Download
from engine.design import DataReference, DataSource
from engine.jobs.errors import JobError
from tests.engine.data.networks import network
from tests.engine.flows.hls4ml.running import events_of, reporting

NOWHERE = "https://nowhere.invalid/set.bin"
ARFF = """% A comment
@RELATION jets
{features}
@ATTRIBUTE class {{g,q,t,w,z}}
@DATA
{rows}
"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def served(folder):
    """The address of a server of a folder's files."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def cifar(path, records=3, cut=0, leave_out=""):
    """An archive in CIFAR-10's own format: record i of a batch has the label i and red pixels of the value i."""
    with tarfile.open(path, "w:gz") as archive:
        for name in (*(f"data_batch_{number}.bin" for number in range(1, 6)), "test_batch.bin"):
            if name == leave_out:
                continue
            data = b"".join(bytes([i]) + bytes([i]) * 1024 + bytes(2048) for i in range(records))
            member = tarfile.TarInfo(f"cifar-10-batches-bin/{name}")
            member.size = len(data) - cut
            archive.addfile(member, io.BytesIO(data[: len(data) - cut]))
    return path


def sha256(path):
    return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """Fetched sets of this test only."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "fetched"))


def test_cifar_is_read_from_its_own_format(tmp_path):
    found = cifar_arrays(cifar(tmp_path / "c.tar.gz"))
    assert found["x_train"].shape == (15, 32, 32, 3)
    assert found["y_test"].tolist() == [0, 1, 2]
    assert found["x_test"][2, 5, 7].tolist() == [2, 0, 0]


def test_jets_are_read_from_their_own_format_and_standardised(tmp_path):
    random = np.random.default_rng(1)
    rows = "\n".join(",".join(map(str, [*random.normal(5, 3, 16), label])) for label in "gqtwz" * 8)
    features = "\n".join(f"@ATTRIBUTE f{number} REAL" for number in range(16))
    (tmp_path / "j.arff").write_text(ARFF.format(features=features, rows=rows))
    found = jet_arrays(tmp_path / "j.arff")
    assert found["y"].tolist() == [0, 1, 2, 3, 4] * 8
    np.testing.assert_allclose(found["x"].mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(found["x"].std(axis=0), 1, atol=1e-6)
    (tmp_path / "j.arff").write_text(ARFF.format(features=features, rows="1,2,g"))
    with pytest.raises(DataError, match="is no jet"):
        jet_arrays(tmp_path / "j.arff")
    (tmp_path / "j.arff").write_text("no data")
    with pytest.raises(DataError, match="no line @DATA"):
        jet_arrays(tmp_path / "j.arff")


@pytest.mark.parametrize(
    ("faults", "words"),
    [
        ({"cut": 9}, "middle of a picture"),
        ({"leave_out": "test_batch.bin"}, "no test_batch"),
        ({"records": 12}, "above 9"),
    ],
)
def test_a_broken_archive_is_named(faults, words, tmp_path):
    with pytest.raises(DataError, match=words):
        cifar_arrays(cifar(tmp_path / "c.tar.gz", **faults))
    (tmp_path / "c.tar.gz").write_bytes(b"no archive")
    with pytest.raises(DataError, match="is damaged"):
        cifar_arrays(tmp_path / "c.tar.gz")


def test_without_a_way_it_says_what_to_do_and_leaves_nothing(tmp_path):
    with pytest.raises(FetchError, match=r"nowhere\.invalid could not be reached .* Connect this computer") as caught:
        download(NOWHERE, tmp_path / "set.bin", "md5:0", lambda *_: None)
    assert f"put it here as {tmp_path / 'set.bin'}" in str(caught.value)
    assert [*tmp_path.iterdir()] == []
    with pytest.raises(FetchError, match="no address on the web"):
        download("file:///etc/hosts", tmp_path / "set.bin", "md5:0", lambda *_: None)


def test_another_file_than_the_known_one_is_never_taken(tmp_path):
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "set.bin").write_bytes(b"changed")
    with served(tmp_path / "web") as address:
        with pytest.raises(FetchError, match="digest differs"):
            download(f"{address}/set.bin", tmp_path / "set.bin", "md5:0", lambda *_: None)
        with pytest.raises(FetchError, match="404"):
            download(f"{address}/gone.bin", tmp_path / "set.bin", "md5:0", lambda *_: None)
    assert not (tmp_path / "set.bin").exists()
    assert not (tmp_path / "set.bin.part").exists()


def test_a_folder_that_cannot_be_written_is_not_called_a_host_that_cannot_be_reached(tmp_path):
    with pytest.raises(FileNotFoundError):
        download(NOWHERE, tmp_path / "gone" / "set.bin", "md5:0", lambda *_: None)


def test_a_set_is_fetched_once_and_then_a_data_set(tmp_path, monkeypatch):
    (tmp_path / "web").mkdir()
    archive = cifar(tmp_path / "web" / "cifar-10-binary.tar.gz")
    reference, net = DataReference(DataSource.FETCHED, "cifar-10"), network((32, 32, 3), 10)
    with pytest.raises(DataError, match="CIFAR-10 is not on this computer yet"):
        load_data_set(reference, net)
    assert next(each for each in offers(net) if each.title == "CIFAR-10").off.startswith("it is not on this computer")
    with served(tmp_path / "web") as address, reporting(tmp_path / "job") as reporter:
        known = replace(PUBLIC["cifar-10"], find=lambda: Download(f"{address}/{archive.name}", sha256(archive)))
        monkeypatch.setitem(PUBLIC, "cifar-10", known)
        found = fetch(reporter, name="cifar-10")
    assert found["file"] == str(place_of("cifar-10"))
    assert [*place_of("cifar-10").parent.iterdir()] == [place_of("cifar-10")]
    assert any(event.get("fraction") == 0.9 for event in events_of(tmp_path / "job"))
    data = load_data_set(reference, net)
    assert data.classes[2] == "bird"
    assert len(data.test) == 3
    assert data.test.inputs["x"].max() == np.float32(2 / 255)
    assert next(each for each in offers(net) if each.title == "CIFAR-10").off == ""


def listed(monkeypatch, answer):
    """What the pages of OpenML and Zenodo answer."""
    for module in (openml, zenodo):
        monkeypatch.setattr(module, "read_small", lambda _url: json.dumps(answer).encode())


def test_pages_are_asked_for_address_and_digest(monkeypatch):
    listed(monkeypatch, {"data_set_description": {"id": "42468", "url": "https://a/b.arff", "md5_checksum": "12ab"}})
    assert PUBLIC["lhc-jets"].find() == Download("https://a/b.arff", "md5:12ab")
    with pytest.raises(FetchError, match=r"Zenodo's answer .* is not understood"):
        PUBLIC["toyadmos-car"].find()
    listed(monkeypatch, {"files": [{"key": "dev_data_ToyCar.zip", "checksum": "md5:34cd", "size": 5}]})
    address = "https://zenodo.org/records/3678171/files/dev_data_ToyCar.zip"
    assert PUBLIC["toyadmos-car"].find() == Download(address, "md5:34cd")
    with pytest.raises(FetchError, match=r"OpenML's answer .* is not understood"):
        PUBLIC["lhc-jets"].find()


def test_a_file_put_there_by_hand_serves_where_its_page_cannot_be_asked(tmp_path, monkeypatch):
    def offline():
        raise FetchError("nowhere.invalid could not be reached.")

    monkeypatch.setitem(PUBLIC, "cifar-10", replace(PUBLIC["cifar-10"], find=offline))
    place = place_of("cifar-10").parent / "cifar-10-binary.tar.gz"
    with reporting(tmp_path / "job") as reporter:
        with pytest.raises(JobError, match=f"put it here as {place}"):
            fetch(reporter, name="cifar-10")
        cifar(place)
        assert fetch(reporter, name="cifar-10")["file"] == str(place_of("cifar-10"))


def test_the_job_says_why_there_is_no_set(tmp_path, monkeypatch):
    with reporting(tmp_path / "job") as reporter:
        with pytest.raises(JobError, match="no public set 'mnist'"):
            fetch(reporter, name="mnist")
        monkeypatch.setitem(PUBLIC, "cifar-10", replace(PUBLIC["cifar-10"], find=lambda: Download(NOWHERE, "md5:0")))
        with pytest.raises(JobError, match="could not be reached"):
            fetch(reporter, name="cifar-10")
