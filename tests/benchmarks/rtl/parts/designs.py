"""The networks that figures are told of."""

from engine.boards import board
from engine.design import REUSE_FACTOR, WEIGHT, Design, Target, set_default, set_on_layers
from engine.flows.hls4ml.config import apply_config
from engine.network import Layer, Network, TensorStore
from engine.network.edits import remove_layers
from engine.network.kinds import Dense, Input
from engine.precision import FixedType, parse
from engine.readers.read import read_model
from tests.samples import SHARED, with_random_weights

MODELS = SHARED / "models"
TARGET = Target(board("pynq-z2"), 10.0, "vitis", "io_stream")
SEED = 1


def two_layers(sizes: tuple[int, int, int], reuse_factors: tuple[int, int], bits: int, store: TensorStore) -> Design:
    """Two dense layers, normally distributed weights from SEED, every value of as many bits; nothing behind them."""
    names = ("fc1", "fc2")
    inputs, middle, outputs = sizes
    layers = (
        Layer("x", Input(shape=(inputs,))),
        Layer("fc1", Dense(units=middle), ("x",)),
        Layer("fc2", Dense(units=outputs), ("fc1",)),
    )
    design = _folded("two_layers", with_random_weights(Network(layers), store, SEED))
    result = parse(f"ap_fixed<{bits},{bits // 2 - 1},AP_RND_CONV,AP_SAT>")
    design = set_on_layers(design, ("x",), "result", FixedType(bits, bits // 2 - 1))
    for name, reuse_factor in zip(names, reuse_factors, strict=True):
        for key, value in {WEIGHT: FixedType(bits, 1), "bias": FixedType(bits, 1), "result": result}.items():
            design = set_on_layers(design, (name,), key, value)
        design = set_on_layers(design, (name,), REUSE_FACTOR, reuse_factor)
    return design


def jet(reuse_factors: tuple[int, ...], store: TensorStore) -> Design:
    """The jet tagger with its own 6-bit weights, its softmax left out."""
    network = read_model(MODELS / "hls4ml_examples/qkeras_3layer.json", store).network
    softmax = [layer.name for layer in network.layers if layer.op.KIND == "softmax"]
    design = _folded("jet", remove_layers(network, softmax))
    design = set_on_layers(design, ("fc1_input",), "result", FixedType(16, 6))
    for layer, reuse_factor in zip(dense_layers(design), reuse_factors, strict=True):
        design = set_on_layers(design, (layer,), REUSE_FACTOR, reuse_factor)
    return design


def dense_layers(design: Design) -> list[str]:
    """Their names, in order."""
    return [layer.name for layer in design.network.layers if layer.op.KIND == "dense"]


def real(file: str, store: TensorStore, config: str = "") -> Design:
    """A network of the shared models as it is, or as its hls4ml configuration says."""
    network = read_model(MODELS / file, store).network
    design = Design("real", network, TARGET)
    return apply_config(design, (MODELS / config).read_text("utf-8")).design if config else design


def _folded(name: str, network: Network) -> Design:
    return set_default(Design(name, network, TARGET), "strategy", "Resource")
