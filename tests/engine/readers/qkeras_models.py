"""Quantised models for the tests, built with QKeras."""


def everything(keras, qkeras):
    """(name, model) of each architecture."""
    return [
        ("quantised", quantised(keras, qkeras)),
        ("scaled", scaled(keras, qkeras)),
        ("folded", folded(keras, qkeras)),
    ]


def quantised(keras, qkeras):
    """Fixed scales: every sum is exact in single precision."""
    bits = "quantized_bits(6,1,alpha=1)"
    both = {"kernel_quantizer": bits, "bias_quantizer": bits}
    return keras.Sequential(
        [
            keras.layers.Input((8, 8, 2)),
            qkeras.QActivation("quantized_bits(8,3,alpha=1)", name="rounded"),
            qkeras.QConv2D(4, 3, padding="same", activation="quantized_relu(6,2)", name="conv", **both),
            qkeras.QDepthwiseConv2D(2, depthwise_quantizer=bits, bias_quantizer=bits, name="depthwise"),
            qkeras.QActivation("quantized_relu(6,2,negative_slope=0.25)", name="leaky"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Reshape((9, 4)),
            qkeras.QConv1D(3, 2, strides=2, name="conv1d", **both),
            qkeras.QActivation("quantized_tanh(5)", name="bent"),
            keras.layers.Flatten(),
            qkeras.QDense(5, activation=qkeras.quantized_sigmoid(6, symmetric=True), name="dense", **both),
            qkeras.QDense(4, kernel_quantizer="binary(alpha=1)", bias_quantizer=bits, name="binary"),
            qkeras.QActivation("ternary(threshold=0.4)", name="three"),
            qkeras.QDense(3, kernel_quantizer="ternary(alpha=1)", use_bias=False, name="ternary"),
            qkeras.QActivation("binary()", name="two"),
        ]
    )


def scaled(keras, qkeras):
    """Scales that QKeras finds in the weights."""
    return keras.Sequential(
        [
            keras.layers.Input((6,)),
            qkeras.QDense(5, kernel_quantizer="quantized_bits(4,0)", bias_quantizer="quantized_bits(6,2)", name="po2"),
            qkeras.QBatchNormalization(name="norm"),
            qkeras.QDense(5, kernel_quantizer="quantized_bits(5,0,alpha='auto')", name="auto"),
            qkeras.QDense(5, kernel_quantizer="binary(alpha='auto')", name="binary"),
            qkeras.QDense(5, kernel_quantizer="ternary(alpha='auto_po2')", name="ternary"),
            qkeras.QDense(3, kernel_quantizer="quantized_po2(5)", bias_quantizer="quantized_po2(4,2)", name="powers"),
        ]
    )


def folded(keras, qkeras):
    """Batch normalisation inside convolutions."""
    bits = "quantized_bits(8,2,alpha=1)"
    return keras.Sequential(
        [
            keras.layers.Input((7, 7, 3)),
            qkeras.QConv2DBatchnorm(4, 3, kernel_quantizer=bits, bias_quantizer=bits, name="conv"),
            qkeras.QActivation("quantized_relu(8,2)", name="relu"),
            qkeras.QDepthwiseConv2DBatchnorm(
                3, padding="same", depthwise_quantizer=bits, bias_quantizer=bits, name="depthwise"
            ),
            qkeras.QConv2DBatchnorm(3, 2, strides=2, scale=False, use_bias=False, kernel_quantizer=bits, name="plain"),
            keras.layers.GlobalMaxPooling2D(),
        ]
    )
