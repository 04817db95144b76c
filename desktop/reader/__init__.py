"""The reader with its marks, and the inspector with its reasons."""

from desktop.reader.inspector import InspectorView
from desktop.reader.view import ReaderView

__all__ = ["InspectorView", "ReaderView"]
