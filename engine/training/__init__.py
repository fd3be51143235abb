"""Training a design's weights with the arithmetic that its hardware has.

`keras` holds whatever imports TensorFlow; it is loaded in a worker only.
"""
