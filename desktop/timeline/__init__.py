"""The zoomable timeline: one side above the axis, the other below, others in the band on it.

``TimelineView`` is the view in the window. What it draws comes from pure parts: ``data`` holds
sorted arrays, ``compose`` lays them out in pixels, ``painter`` paints that anywhere.
"""

from desktop.timeline.view import TimelineView

__all__ = ["TimelineView"]
