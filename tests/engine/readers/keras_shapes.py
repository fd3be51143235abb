"""Single layers with random settings, and the shapes and sizes that real Keras gives them. Imports no engine."""

import json
import random


def answers(keras, count=240):
    """[model as JSON, output shape, number of weights] of random one-layer models that Keras accepts."""
    draw = random.Random(11)
    found = []
    while len(found) < count:
        name, shape, settings = draw.choice(_MAKERS)(draw)
        try:
            layer = getattr(keras.layers, name)(**settings)
            model = keras.Sequential([keras.layers.Input(shape), layer])
        except (ValueError, TypeError):
            continue  # Keras refuses, such as windows larger than the picture
        found.append([json.loads(model.to_json()), list(model.output_shape[1:]), model.count_params()])
    return found


def _conv(draw):
    axes = draw.choice((1, 2))
    kernel = [draw.randint(1, 5) for _ in range(axes)]
    strides = [draw.randint(1, 3)] * axes
    settings = {
        "kernel_size": kernel,
        "strides": strides,
        "padding": draw.choice(("same", "valid")),
        "dilation_rate": draw.choice((1, 1, 2)) if strides[0] == 1 else 1,
        "use_bias": draw.random() < 0.7,
    }
    family = draw.choice(("Conv", "DepthwiseConv", "SeparableConv"))
    if family != "DepthwiseConv":
        settings["filters"] = draw.randint(1, 6)
    if family != "Conv":
        settings["depth_multiplier"] = draw.randint(1, 3)
    return f"{family}{axes}D", [draw.randint(3, 11) for _ in range(axes)] + [draw.randint(1, 4)], settings


def _pool(draw):
    axes = draw.choice((1, 2))
    settings = {
        "pool_size": [draw.randint(1, 4) for _ in range(axes)],
        "strides": draw.choice((None, [draw.randint(1, 4)] * axes)),
        "padding": draw.choice(("same", "valid")),
    }
    shape = [draw.randint(2, 11) for _ in range(axes)] + [draw.randint(1, 4)]
    return f"{draw.choice(('Max', 'Average'))}Pooling{axes}D", shape, settings


def _global_pool(draw):
    axes = draw.choice((1, 2))
    shape = [draw.randint(2, 5) for _ in range(axes + 1)]
    return f"Global{draw.choice(('Max', 'Average'))}Pooling{axes}D", shape, {"keepdims": draw.random() < 0.5}


def _dense(draw):
    shape = [draw.randint(1, 6) for _ in range(draw.randint(1, 3))]
    return "Dense", shape, {"units": draw.randint(1, 8), "use_bias": draw.random() < 0.5}


def _recurrent(draw):
    name = draw.choice(("LSTM", "GRU", "SimpleRNN"))
    settings = {"units": draw.randint(1, 5), "return_sequences": draw.random() < 0.5, "use_bias": draw.random() < 0.7}
    if name == "GRU":
        settings["reset_after"] = draw.random() < 0.5
    return name, [draw.randint(1, 5), draw.randint(1, 4)], settings


def _norm(draw):
    shape = [draw.randint(1, 6) for _ in range(draw.randint(1, 3))]
    return "BatchNormalization", shape, {"scale": draw.random() < 0.5, "center": draw.random() < 0.5}


def _moved(draw):
    rows, columns = draw.randint(1, 5), draw.randint(1, 5)
    pads = [[draw.randint(0, 3) for _ in range(2)] for _ in range(2)]
    return draw.choice(
        (
            ("Flatten", [rows, columns, 2], {}),
            ("Reshape", [rows, columns], {"target_shape": draw.choice(([-1], [columns, rows], [1, -1, rows]))}),
            ("Permute", [rows, columns, 3], {"dims": draw.sample((1, 2, 3), 3)}),
            ("ZeroPadding2D", [rows, columns, 2], {"padding": draw.choice((pads, pads[0], 2))}),
            ("ZeroPadding1D", [rows, columns], {"padding": draw.choice((pads[0], 3))}),
            ("UpSampling2D", [rows, columns, 2], {"size": draw.choice(((2, 3), 2))}),
            ("UpSampling1D", [rows, columns], {"size": draw.randint(1, 4)}),
            ("PReLU", [rows, columns, 3], {"shared_axes": draw.choice((None, [1]))}),
        )
    )


_MAKERS = (_conv, _conv, _conv, _pool, _global_pool, _dense, _recurrent, _norm, _moved, _moved)
