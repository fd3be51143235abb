"""Pins of boards, and the files that put ports on them."""

import pytest

from engine.boards import all_boards
from engine.flows.rtl.place import device_of, pins_of
from engine.flows.rtl.place.device import Dialect
from engine.flows.rtl.place.pins import constraints
from engine.flows.rtl.place.place import PORTS

PLACED = [each for each in all_boards() if device_of(each)]


def test_every_board_with_an_open_tool_has_its_pins_with_their_sources():
    assert {each.id for each in PLACED} == {
        *(f"ulx3s-{size}f" for size in (12, 25, 45, 85)),
        "tang-nano-9k",
        "tang-nano-20k",
        "icebreaker",
    }
    for each in PLACED:
        pins = pins_of(each.id).by_port(PORTS)
        assert len({pin.site for pin in pins.values()}) == 5
        assert all(len(pin.source) > 20 for pin in pins.values())
        assert pins_of(each.id).clock_mhz == pytest.approx(1000 / each.clock_ns)


def test_other_boards_have_none():
    for each in all_boards():
        if each.is_amd:
            assert device_of(each) is None
            assert pins_of(each.id) is None


def test_the_files():
    ulx3s = pins_of("ulx3s-85f").by_port({"uart_tx": "tx"})
    assert constraints(ulx3s, Dialect.LPF) == (
        'LOCATE COMP "tx" SITE "L4";\nIOBUF PORT "tx" IO_TYPE=LVCMOS33 PULLMODE=UP DRIVE=4;\n'
    )
    tang = pins_of("tang-nano-9k").by_port({"button": "b"})
    assert constraints(tang, Dialect.CST) == 'IO_LOC "b" 4;\nIO_PORT "b" IO_TYPE=LVCMOS18 PULL_MODE=UP;\n'
    assert constraints(pins_of("icebreaker").by_port({"clock": "clk"}), Dialect.PCF) == "set_io clk 35\n"


@pytest.mark.parametrize("name", ["", 'a"; X', "a b", "a\nset_io b 1"])
def test_a_name_that_would_be_more_than_a_port_is_refused(name):
    with pytest.raises(ValueError, match="name of a port"):
        constraints(pins_of("icebreaker").by_port({"clock": name}), Dialect.PCF)
