"""Made-up data of the shapes that users have, drawn anew from a seed; the problem itself is always the same one."""

from engine.data.generators.bragg import bragg_peaks
from engine.data.generators.calorimeter import calorimeter_images
from engine.data.generators.generator import Drawn, Generator
from engine.data.generators.jets import jets
from engine.data.generators.qubits import qubit_traces
from engine.data.generators.sounds import machine_sounds, odd_sounds

_ALL = (
    Generator("jets", "Jets", "16 features of a jet, 5 classes", (16,), 8000, jets),
    Generator(
        "calorimeter",
        "Calorimeter images",
        "energy in 16×16 cells, electrons and pions",
        (16, 16, 1),
        4000,
        calorimeter_images,
    ),
    Generator(
        "sounds",
        "Machine sounds",
        "64 spectral values; half of the test is odd",
        (64,),
        4000,
        machine_sounds,
        odd_sounds,
    ),
    Generator("qubits", "Qubit traces", "100 steps of I and Q, 2 states", (100, 2), 4000, qubit_traces),
    Generator("bragg", "Bragg peaks", "11×11 pixels, the peak's centre is asked", (11, 11, 1), 4000, bragg_peaks),
)
GENERATORS = {each.id: each for each in _ALL}

__all__ = ["GENERATORS", "Drawn", "Generator"]
