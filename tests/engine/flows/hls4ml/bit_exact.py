"""The generated C++, compiled and run on all layers, against the whole-number model."""

import shutil
from dataclasses import replace

import numpy as np

from engine.design import Design
from engine.emulate.data import Samples
from engine.emulate.exact.evaluate import run
from engine.flows.hls4ml.adapter import build_graph, write_project
from engine.flows.hls4ml.compiled import load, predict, trace
from engine.flows.hls4ml.compiling import compile_project
from engine.flows.hls4ml.exact.lower import Lowering
from engine.network import Network
from tests.engine.flows.hls4ml.running import reporting


def compiled(design, store, folder, optimised=False):
    """hls4ml's graph with its compiled code; it keeps every layer's output."""
    shutil.rmtree(folder, ignore_errors=True)
    graph = build_graph(design, store, folder / "p", trace=True)
    write_project(graph)
    script = folder / "p/build_lib.sh"
    if not optimised:
        script.write_text(script.read_text().replace("-O3", "-O0"))
    with reporting(folder / "job") as reporter:
        load(graph, compile_project(reporter, folder / "p", design.name))
    return graph


def mismatches(design, store, graph, samples):
    """Built layer → how many values of all samples differ; layers that agree in all are left out."""
    specification = Lowering(store).lower(design)
    names = [stage.name for stage in specification.stages]
    ours = run(specification, samples.inputs, names)
    theirs = trace(graph, samples)
    wrong = {}
    for name in names:
        if name in theirs:
            mine = ours[name].reshape(len(samples), -1)
            different = ~((theirs[name] == mine) | (np.isnan(theirs[name]) & np.isnan(mine)))
            wrong[name] = int(different.sum())
    outputs = predict(graph, samples, lambda fraction: None)
    for (layer, stage), theirs_out in zip(specification.outputs.items(), outputs, strict=True):
        wrong[f"output {layer}"] = int((ours[stage].reshape(len(samples), -1) != theirs_out).sum())
    assert len(wrong) >= len(specification.outputs)
    return {name: count for name, count in wrong.items() if count}


def side_by_side(name, designs, target):
    """Many designs as one, so that one compilation tries them all; layers are called d0_..., d1_..., ..."""
    layers, settings = [], []
    for place, design in enumerate(designs):
        for layer in design.network.layers:
            inputs = tuple(f"d{place}_{source}" for source in layer.inputs)
            layers.append(replace(layer, name=f"d{place}_{layer.name}", inputs=inputs))
        settings += [(f"d{place}_{layer}", values) for layer, values in design.layers]
    return Design(name, Network(tuple(layers)), target, layers=tuple(sorted(settings)))


def extreme_samples(network, count, seed=0, scale=2.0):
    """Random, small, large and exact values, so that ties, wraps and saturations occur."""
    random = np.random.default_rng(seed)
    inputs = {}
    for name in network.inputs:
        shape = (count, *network.shapes[name])
        values = random.normal(0, scale, shape)
        kinds = random.integers(0, 4, shape)
        values = np.where(kinds == 1, np.round(values * 8) / 8, values)
        values = np.where(kinds == 2, values * 16, values)
        inputs[name] = np.where(kinds == 3, values / 64, values)
    return Samples(inputs)
