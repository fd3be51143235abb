"""Layers that are known but not supported: what to call the trouble, and the nearest supported way."""

_CODE = "which is program code and never run"
_OPERATOR = ("it is an operation outside of a layer, " + _CODE, "Use Add, Multiply, Concatenate or another layer.")
_ATTENTION = ("attention is not supported", "Use Dense, Multiply and Softmax layers where they suffice.")
_QUANTISED_RECURRENT = "quantised recurrent layers are not supported"
_HGQ_ATTENTION = ("attention is not supported", "Use QDense, QMultiply and QSoftmax layers where they suffice.")
_PRODUCTS = ("products of two layers' values are not supported", "Use QMultiply, or a QEinsumDense with weights.")
_TABLES = ("layers of trained tables are not supported", "Use QDense, QConv1D or QConv2D.")
_SPIKES = ("spiking layers are not supported", "Use QDense with activation='relu'.")
_SQUARES = ("it is not supported", "Use QAveragePooling1D or QAveragePooling2D.")
_VOLUME = ("volumes are not supported", "Use the 2D layer with the third axis as channels.")

REASONS: dict[str, tuple[str, str]] = {
    "Lambda": ("it holds a function, " + _CODE, "Replace it by layers such as Activation, Reshape or Multiply."),
    "TFOpLambda": _OPERATOR,
    "SlicingOpLambda": _OPERATOR,
    "TensorFlowOpLayer": _OPERATOR,
    "Conv1DTranspose": ("transposed convolutions are not supported", "Use UpSampling1D followed by Conv1D."),
    "Conv2DTranspose": ("transposed convolutions are not supported", "Use UpSampling2D followed by Conv2D."),
    "QConv2DTranspose": ("transposed convolutions are not supported", "Use UpSampling2D followed by QConv2D."),
    "Conv3D": _VOLUME,
    "MaxPooling3D": _VOLUME,
    "AveragePooling3D": _VOLUME,
    "LayerNormalization": ("it normalises with each sample's own statistics", "Use BatchNormalization."),
    "GroupNormalization": ("it normalises with each sample's own statistics", "Use BatchNormalization."),
    "UnitNormalization": ("it normalises with each sample's own statistics", "Use BatchNormalization."),
    "Normalization": ("pre-processing is not part of the hardware", "Normalise the data, or use BatchNormalization."),
    "Rescaling": ("pre-processing is not part of the hardware", "Scale the data before they enter."),
    "Resizing": ("pre-processing is not part of the hardware", "Resize the data before they enter."),
    "CenterCrop": ("pre-processing is not part of the hardware", "Crop the data before they enter."),
    "Cropping1D": ("cropping is not supported", "Crop the data before they enter, or use padding='valid'."),
    "Cropping2D": ("cropping is not supported", "Crop the data before they enter, or use padding='valid'."),
    "Embedding": ("tables of words are not supported", "Feed one-hot vectors into a Dense layer."),
    "RepeatVector": ("it is not supported", "Use Reshape to one step followed by UpSampling1D."),
    "Masking": ("masks are not supported", "Use sequences of one length."),
    "TimeDistributed": ("it applies a layer to each step", "Use the layer itself: Dense acts on each step already."),
    "Bidirectional": ("reading in both directions is not supported", "Use one GRU or LSTM."),
    "QBidirectional": ("reading in both directions is not supported", "Use one GRU or LSTM."),
    "RNN": ("cells of one's own are not supported", "Use SimpleRNN, GRU or LSTM."),
    "ConvLSTM2D": ("convolutional recurrent layers are not supported", "Use Conv2D followed by Flatten and LSTM."),
    "QSimpleRNN": (_QUANTISED_RECURRENT, "Use SimpleRNN and set its precision here."),
    "QGRU": (_QUANTISED_RECURRENT, "Use GRU and set its precision here."),
    "QLSTM": (_QUANTISED_RECURRENT, "Use LSTM and set its precision here."),
    "Attention": _ATTENTION,
    "AdditiveAttention": _ATTENTION,
    "MultiHeadAttention": _ATTENTION,
    "GroupQueryAttention": _ATTENTION,
    "QAdaptiveActivation": ("its range moves with the data", "Use QActivation with the number of bits it has found."),
    "QAveragePooling2D": ("quantised pooling is not supported", "Use AveragePooling2D and set its precision here."),
    "QGlobalAveragePooling2D": (
        "quantised pooling is not supported",
        "Use GlobalAveragePooling2D and set its precision here.",
    ),
    "GarNet": ("graph layers are not supported", "Use Dense layers."),
    "GarNetStack": ("graph layers are not supported", "Use Dense layers."),
    "hgq>QMultiHeadAttention": _HGQ_ATTENTION,
    "hgq>QLinformerAttention": _HGQ_ATTENTION,
    "hgq>QMultiHeadAttentionT": _HGQ_ATTENTION,
    "hgq>QLinformerAttentionT": _HGQ_ATTENTION,
    "hgq>QEinsum": _PRODUCTS,
    "hgq>QDot": _PRODUCTS,
    "hgq>QSum": _SQUARES,
    "hgq>QMeanPow2": _SQUARES,
    "hgq>QGRU": (_QUANTISED_RECURRENT, "Use Keras's GRU and set its precision here."),
    "hgq>QSimpleRNN": (_QUANTISED_RECURRENT, "Use Keras's SimpleRNN and set its precision here."),
    "hgq>QUnaryFunctionLUT": ("functions as tables of their own are not supported", "Use Activation and a Quantizer."),
    "hgq>QDenseT": _TABLES,
    "hgq>QEinsumDenseT": _TABLES,
    "hgq>QConvT1D": _TABLES,
    "hgq>QConvT2D": _TABLES,
    "hgq>QLIF": _SPIKES,
    "hgq>QSimpleSNN": _SPIKES,
    "hgq>QConv3D": _VOLUME,
}
