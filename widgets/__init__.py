"""Views of the studio, each usable alone in a test or a notebook."""
