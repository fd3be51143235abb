"""Where the train job is, for those who start it without loading what it needs."""

ENTRY = "engine.training.job:train"
"""What a runner calls."""

ENVIRONMENT = {
    "TF_USE_LEGACY_KERAS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "2",
    # Small networks are trained far slower by two threads than by one.
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "",
}
"""What a worker that trains needs to be started with."""
