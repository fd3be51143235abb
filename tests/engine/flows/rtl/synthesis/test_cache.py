"""Results by content: found again, never wrong, never in the way."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.flows.rtl.synthesis import Cells, ResultCache, Source, Technology
from engine.flows.rtl.synthesis.cache import key_of

CELLS = Cells(Technology.ECP5, (("LUT4", 7),), "0.70", 1.5, 10**9, warnings=("a remark",))
KEY = key_of([Source("a", "module a; endmodule")], "synth_ecp5", "0.70")


@pytest.fixture
def cache(tmp_path):
    return ResultCache(tmp_path / "results")


def test_what_was_kept_is_found_by_another_object(cache, tmp_path):
    assert cache.find(KEY) is None
    cache.keep(KEY, CELLS)
    again = ResultCache(tmp_path / "results")
    assert again.find(KEY) == CELLS
    assert (cache.hits, cache.misses, again.hits, again.misses) == (0, 1, 1, 0)


@pytest.mark.parametrize("damage", [lambda text: text[: len(text) // 2], lambda _: "", lambda _: "[]", lambda _: "{}"])
def test_a_damaged_file_is_a_miss_and_is_mended(cache, tmp_path, damage):
    cache.keep(KEY, CELLS)
    (file,) = (tmp_path / "results").rglob("*.json")
    file.write_text(damage(file.read_text()))
    assert cache.find(KEY) is None
    cache.keep(KEY, CELLS)
    assert cache.find(KEY) == CELLS


def test_a_file_under_another_key_is_a_miss(cache, tmp_path):
    cache.keep(KEY, CELLS)
    (file,) = (tmp_path / "results").rglob("*.json")
    other = key_of([Source("b", "module b; endmodule")], "synth_ecp5", "0.70")
    place = tmp_path / "results" / other[:2] / f"{other}.json"
    place.parent.mkdir(exist_ok=True)
    file.rename(place)
    assert cache.find(other) is None


def test_a_folder_that_cannot_be_made_costs_nothing_but_the_next_run(tmp_path):
    (tmp_path / "results").write_text("a file stands in the way")
    cache = ResultCache(tmp_path / "results")
    cache.keep(KEY, CELLS)
    assert cache.find(KEY) is None


def test_many_writers_and_readers_at_once(cache):
    wrong = []

    def work():
        for _ in range(30):
            cache.keep(KEY, CELLS)
            if cache.find(KEY) != CELLS:
                wrong.append(1)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert cache.hits == 180


@given(st.lists(st.text(), max_size=3), st.text(), st.text())
def test_a_key_is_of_every_part_and_of_where_it_ends(texts, script, version):
    sources = [Source(str(index), text) for index, text in enumerate(texts)]
    key = key_of(sources, script, version)
    assert key == key_of([Source("renamed", text) for text in texts], script, version)
    assert key != key_of([*sources, Source("more", "")], script, version)
    assert key != key_of(sources, script + " ", version)
    assert key != key_of(sources, version + "x", script)
