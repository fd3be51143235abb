"""Other computers on which tools stand: how to reach them, what is found there, what went wrong on the way."""

from engine.computers.computer import SSH, WSL, Computer, computer_from_json, computer_to_json, trouble_in, usable
from engine.computers.listed import listed

__all__ = ["SSH", "WSL", "Computer", "computer_from_json", "computer_to_json", "listed", "trouble_in", "usable"]
