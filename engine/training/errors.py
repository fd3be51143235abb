"""Why a design cannot be trained."""


class NotTrainableError(ValueError):
    """A design, or data, that training cannot work with; the message names the layer and says what to do."""
