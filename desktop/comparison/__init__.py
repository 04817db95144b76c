"""The split view: claims of the two sides beside each other, event by event."""

from desktop.comparison.view import ComparisonView

__all__ = ["ComparisonView"]
