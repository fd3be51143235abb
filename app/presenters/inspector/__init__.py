"""What the inspector shows of the selection."""

from app.presenters.inspector.subject import Subject
from app.presenters.inspector.view import inspector_view

__all__ = ["Subject", "inspector_view"]
