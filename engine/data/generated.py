"""Tables of made-up data."""

from math import prod

import numpy as np

from engine.data.generators import GENERATORS, Drawn, Generator
from engine.data.table import WHOLE, Table, Tables
from engine.design import DataReference
from engine.emulate.stored import DataError
from engine.network import Network


def generated(reference: DataReference, network: Network) -> Tables:
    """What a generator draws from the reference's seed. Raises DataError for a network with other inputs."""
    generator = GENERATORS.get(reference.name)
    if generator is None:
        known = ", ".join(GENERATORS)
        raise DataError(f"There is no generator '{reference.name}'; those there are: {known}.")
    _check_shape(generator, network)
    random = np.random.default_rng(reference.seed)
    source = f"made up from the seed {reference.seed}"
    if generator.draw_test is None:
        whole = _table(generator, generator.draw(random, generator.count), network)
        return Tables(generator.title, source, {WHOLE: whole})
    test = round(reference.test * generator.count)
    return Tables(
        generator.title,
        source,
        {
            "train": _table(generator, generator.draw(random, generator.count - test), network),
            "test": _table(generator, generator.draw_test(random, test), network),
        },
    )


def _check_shape(generator: Generator, network: Network) -> None:
    shapes = [network.shapes[name] or () for name in network.inputs]
    if len(shapes) != 1 or prod(shapes[0]) != prod(generator.shape):
        form, found = "×".join(map(str, generator.shape)), ", ".join("×".join(map(str, shape)) for shape in shapes)
        raise DataError(f"{generator.title} have the shape {form}; the network takes {found}.")


def _table(generator: Generator, drawn: Drawn, network: Network) -> Table:
    return Table({network.inputs[0]: drawn.x}, drawn.y, drawn.classes, f"The answers of {generator.title.lower()}")
