"""FINN's cost functions in closed form; they know nothing of designs.

Sources: M. Blott et al., FINN-R (arXiv 1809.04570), and FINN's custom operations (github.com/Xilinx/finn, 2026-04,
`src/finn/custom_op/fpgadataflow`), each named where it is used.
"""
