"""The errors of the job system."""


class JobError(Exception):
    """Raised by a job function with a text written for the user: shown as it is, without its type."""


class ToolError(JobError):
    """A tool that a job started is missing or ended with an error."""


class SpecError(ValueError):
    """A job specification that may not be run: malformed, or a function outside the allowed packages."""


class TransitionError(RuntimeError):
    """A change of state that the state machine does not know."""


class UnknownJobError(LookupError):
    """No job of this runner has the id that was asked for."""


class RunnerClosedError(RuntimeError):
    """A job was submitted to a runner that has been closed."""


class EventError(ValueError):
    """Something that cannot be sent as an event, or was received and is not one; the text is plain."""
