"""Keras files of designs, written without Keras: QKeras layers where something is quantised."""

from engine.writers.keras.write import keras_archive_of, keras_h5_of

__all__ = ["keras_archive_of", "keras_h5_of"]
