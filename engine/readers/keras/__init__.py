"""Networks from what Keras and QKeras write."""
