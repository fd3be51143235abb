"""Placing, routing and packing a mapped design with nextpnr: real clock rates, what fits, and a bitstream."""

from engine.flows.rtl.place.device import Device, device_of
from engine.flows.rtl.place.pins import Pin, Pins, pins_of
from engine.flows.rtl.place.place import place
from engine.flows.rtl.place.placed import Clock, DoesNotFitError, Placed, Step, Use

__all__ = [
    "Clock",
    "Device",
    "DoesNotFitError",
    "Pin",
    "Pins",
    "Placed",
    "Step",
    "Use",
    "device_of",
    "pins_of",
    "place",
]
