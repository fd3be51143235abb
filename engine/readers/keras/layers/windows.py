"""Settings that convolutions, pooling and padding share."""

from engine.readers.keras.layer import KerasLayer


def padding(layer: KerasLayer) -> str:
    """'valid' or 'same'; others are refused."""
    stated = layer.config.text("padding", "valid").lower()
    if stated == "causal":
        layer.refuse("causal padding is not supported", "Put ZeroPadding1D in front and use padding='valid'.")
        return "same"
    return stated


def require_channels_last(layer: KerasLayer) -> None:
    """Refuse data whose channels come first."""
    layer.want(
        "data_format",
        ("channels_last", None),
        "channels come first",
        "Build the model with data_format='channels_last'.",
    )
