"""The job that builds hardware: proof, synthesis layer by layer, and what it hands back."""
