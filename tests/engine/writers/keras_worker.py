"""Opens files in tf_keras with QKeras: `python -m tests.engine.writers.keras_worker FOLDER`.

For each `X.h5` and `X.keras`, whether the model answers the samples `x` of `X.npz` with its `y`; prints names that
do not, with what went wrong.
"""

# ruff: noqa: TID253  (this is the process that runs Keras)
import os
import sys
from pathlib import Path

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import qkeras
import tf_keras


def wrong(path):
    """What is wrong with a file, or ''."""
    objects = {}
    qkeras.utils._add_supported_quantized_objects(objects)
    try:
        model = tf_keras.models.load_model(path, custom_objects=objects, compile=False)
    # Whatever Keras raises is the answer.
    except Exception as error:  # noqa: BLE001
        return f"{type(error).__name__}: {str(error)[:500]}"
    with np.load(path.with_suffix(".npz")) as kept:
        answers = np.asarray(model(kept["x"]))
        return (
            ""
            if np.allclose(answers, kept["y"], rtol=0, atol=2e-5 * max(1, np.abs(kept["y"]).max()))
            else f"off by {np.abs(answers - kept['y']).max()}"
        )


def main(folder):
    """All files of a folder."""
    for path in sorted((*folder.glob("*.h5"), *folder.glob("*.keras"))):
        found = wrong(path)
        if found:
            print(f"{path.name}: {found}")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
