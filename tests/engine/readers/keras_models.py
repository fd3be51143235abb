"""Models for the tests, built with either Keras: the module is an argument, so that both write the same ones."""


def everything(keras):
    """(name, model) of each architecture."""
    builders = (perceptron, pictures, sequences, branches, nested, recurrent, activations)
    return [(build.__name__, build(keras)) for build in builders]


def perceptron(keras):
    layers = keras.layers
    return keras.Sequential(
        [
            layers.Input((6,)),
            layers.Dense(5, activation="relu", name="first"),
            layers.Dropout(0.5),
            layers.BatchNormalization(name="norm"),
            layers.Dense(4, activation="tanh", use_bias=False),
            layers.GaussianNoise(0.1),
            layers.Dense(3, activation="softmax"),
        ]
    )


def pictures(keras):
    layers = keras.layers
    return keras.Sequential(
        [
            layers.Input((9, 8, 3)),
            layers.ZeroPadding2D(((1, 0), (2, 1))),
            layers.Conv2D(4, (3, 2), strides=(2, 1), padding="same", activation="relu"),
            layers.BatchNormalization(scale=False),
            layers.DepthwiseConv2D(3, depth_multiplier=2, padding="same"),
            layers.SeparableConv2D(5, 2, depth_multiplier=2, activation="sigmoid"),
            layers.UpSampling2D((2, 1)),
            layers.MaxPooling2D((2, 3), strides=(2, 2), padding="same"),
            layers.AveragePooling2D(2, padding="same"),
            layers.Conv2D(2, 2, dilation_rate=1, use_bias=False),
            layers.GlobalAveragePooling2D(),
        ]
    )


def sequences(keras):
    layers = keras.layers
    return keras.Sequential(
        [
            layers.Input((12, 4)),
            layers.ZeroPadding1D((2, 1)),
            layers.Conv1D(5, 3, strides=2, padding="same", activation="relu"),
            layers.SeparableConv1D(4, 2),
            layers.UpSampling1D(2),
            layers.MaxPooling1D(2),
            layers.AveragePooling1D(2, strides=1, padding="same"),
            layers.Permute((2, 1)),
            layers.Reshape((-1, 2)),
            layers.Flatten(),
            layers.Dense(3),
        ]
    )


def branches(keras):
    layers = keras.layers
    start = keras.Input((6,), name="start")
    other = keras.Input((6,), name="other")
    left = layers.Dense(6, activation="relu", name="left")(start)
    added = layers.Add()([left, start])
    scaled = layers.Multiply()([added, other])
    least = layers.Minimum()([scaled, left])
    mean = layers.Average()([least, added, other])
    joined = layers.Concatenate()([mean, layers.Subtract()([left, other])])
    scalar = layers.Dot(axes=1)([left, other])
    # `added` is an output that others read too.
    return keras.Model([start, other], [added, layers.Dense(2, name="end")(joined), scalar], name="branches")


def nested(keras):
    layers = keras.layers
    inner_input = keras.Input((4,), name="inner_input")
    inner = keras.Model(inner_input, layers.Dense(4, activation="tanh", name="inner_dense")(inner_input), name="inner")
    block = keras.Sequential(
        [layers.Input((6,)), layers.Dense(4, name="same_name"), layers.Dropout(0.1), inner], name="block"
    )
    start = keras.Input((6,), name="start")
    x = block(layers.Dense(6, name="same_name")(start))
    tail = keras.Sequential([layers.Input((4,)), layers.BatchNormalization(), layers.Dense(2)], name="tail")
    return keras.Model(start, tail(x), name="nested")


def recurrent(keras):
    layers = keras.layers
    return keras.Sequential(
        [
            layers.Input((5, 3)),
            layers.LSTM(4, return_sequences=True),
            layers.GRU(3, return_sequences=True),
            layers.GRU(3, reset_after=False, return_sequences=True, use_bias=False),
            layers.SimpleRNN(2),
        ]
    )


def activations(keras):
    layers = keras.layers
    stack = [
        layers.Input((4, 3, 2)),
        layers.PReLU(shared_axes=[1, 2]),
        layers.Dense(4, activation="elu"),
        layers.PReLU(),
        layers.Dense(4, activation="leaky_relu" if keras.__version__ >= "3" else "softsign"),
        layers.LeakyReLU(),
        layers.Dense(4, activation="selu"),
        layers.ELU(0.7),
        layers.ReLU(6.0),
        layers.Dense(4),
        layers.ReLU(negative_slope=0.25),
        layers.Activation("linear"),
        layers.Dense(4, activation="swish"),
        layers.Softmax(),
    ]
    return keras.Sequential(stack)
