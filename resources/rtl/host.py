"""Send a sample to the design on the board and print its answer. Needs pyserial: pip install pyserial.

    python host.py PORT VALUE [VALUE ...]        values of one sample
    python host.py PORT samples.npy              samples in rows; answers are printed in rows

PORT is the board's serial port: /dev/ttyUSB0, /dev/cu.usbserial-..., COM3.
"""

import sys

import numpy as np
import serial

BAUD = 115200
INPUT = (16, 16, 10, True)  # values of a sample, bits of one, bits behind the point, signed
OUTPUT = (5, 16, 10, True)
SECONDS = 2.0  # within which an answer comes


def to_bytes(values):
    """Values as the design's input type holds them: rounded down, kept within its range."""
    _, bits, fraction, signed = INPUT
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    codes = np.clip(np.floor(np.ldexp(np.asarray(values, float), fraction)), low, high)
    return b"".join(int(code).to_bytes(-(-bits // 8), "little", signed=signed) for code in codes)


def from_bytes(data):
    """The values of an answer."""
    count, bits, fraction, signed = OUTPUT
    size = -(-bits // 8)
    parts = [data[place * size : (place + 1) * size] for place in range(count)]
    return [int.from_bytes(part, "little", signed=signed) * 2.0**-fraction for part in parts]


def ask(line, values):
    """The design's answer to one sample."""
    if len(values) != INPUT[0]:
        sys.exit(f"A sample has {INPUT[0]} values, not {len(values)}.")
    line.reset_input_buffer()
    line.write(to_bytes(values))
    wanted = OUTPUT[0] * -(-OUTPUT[1] // 8)
    data = line.read(wanted)
    if len(data) < wanted:
        sys.exit("No answer. Is the design on the board, and is this its port? Press the board's button and try again.")
    return from_bytes(data)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    port, *words = sys.argv[1:]
    samples = np.load(words[0]) if words[0].endswith(".npy") else [[float(word) for word in words]]
    with serial.Serial(port, BAUD, timeout=SECONDS) as line:
        for sample in samples:
            print(*ask(line, np.ravel(sample)))


if __name__ == "__main__":
    main()
