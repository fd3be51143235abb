"""Every control and standard widget on one picture, in both themes: `python -m widgets.gallery OUT.png`."""
