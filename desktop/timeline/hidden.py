"""What a view does not draw: the lists that open for counters and for the undated tray."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint

from desktop.amounts import number_in_words
from desktop.session import Selection
from desktop.timeline.counters import counted
from desktop.timeline.data import Labels, Undated, Zone
from desktop.timeline.describe import claim_times
from desktop.timeline.filtering import narrated
from desktop.timeline.frame import Hit, Target
from desktop.timeline.marklist import MOST, Entry, MarkList

if TYPE_CHECKING:
    from desktop.timeline.view import TimelineView


class Hidden:
    """Opens what a counter, a column of density, a hint or the tray stands for."""

    def __init__(self, view: TimelineView) -> None:
        self._view = view
        self.list: MarkList | None = None
        """The list that is open."""

    def open(self, hit: Hit, place: QPoint) -> None:
        """Open what is at ``hit``; a list appears at ``place`` on the screen."""
        canvas = self._view.canvas
        if hit.target in (Target.EARLIER, Target.LATER):
            self._widen(earlier=hit.target is Target.EARLIER)
        elif hit.target is Target.SIDE and hit.zone is not None:
            self._view.set_folded(hit.zone, hit.zone not in self._view.folded)
        elif hit.target is Target.CLUSTER:
            self._view.show_by_hand(hit.start, hit.end)
        elif hit.target is Target.COLUMN:
            middle, span = (hit.start + hit.end) / 2, canvas.scale_shown.span
            self._view.show_by_hand(middle - span / 8, middle + span / 8)
        elif hit.counter is not None:
            found = counted(self._view.data, canvas.frame_shown, hit.counter)
            entries = [self._entry(index) for index in found[: MOST + 1].tolist()]
            left = max(len(found) - len(entries), 0)
            title = QCoreApplication.translate("Timeline", "{count} more here").format(
                count=number_in_words(hit.counter.count)
            )
            self._show(title, entries, place, left)

    def open_tray(self) -> None:
        """List the claims without a known time."""
        entries = [self._waiting(item) for item in self._view.data.undated[: MOST + 1]]
        left = max(len(self._view.data.undated) - len(entries), 0)
        button = self._view.bar.tray
        place = button.mapToGlobal(QPoint(0, button.height() + 4))
        title = QCoreApplication.translate("Timeline", "Without a known time")
        self._show(title, entries, place, left)

    def _waiting(self, item: Undated) -> Entry:
        """A line of the tray; it says which words for a time the axis cannot show."""
        data, session = self._view.data, self._view.session
        label = (
            data.labels.of(item.claim_id, item.event_id) if isinstance(data.labels, Labels) else ""
        )
        detail = ""
        if item.claim_id >= 0:
            claim = session.claim(item.claim_id)
            detail = f"{claim.speaker}: {claim.content}"
            if claim.when_span is not None:
                note = QCoreApplication.translate(
                    "Timeline", "“{words}” is no time that the axis can show"
                ).format(words=claim.when_span.exact)
                detail, label = f"{detail}\n{note}", f"{label} ({claim.when_span.exact})"
        return Entry(item.claim_id, item.event_id, item.zone, label, detail)

    def _widen(self, *, earlier: bool) -> None:
        """Take in all that lies before or after the view."""
        extent, scale = self._view.data.extent, self._view.canvas.scale_shown
        if extent is None:
            return
        if earlier:
            length = scale.end - extent[0]
            self._view.show_by_hand(extent[0] - length * 0.06, scale.end)
        else:
            length = extent[1] - scale.start
            self._view.show_by_hand(scale.start, extent[1] + length * 0.2)

    def _entry(self, index: int) -> Entry:
        data = self._view.data
        claim_id, event_id = int(data.claim_id[index]), int(data.event_id[index])
        detail = ""
        if claim_id >= 0:
            claim = self._view.session.claim(claim_id)
            detail = f"{claim.speaker}: {claim.content}\n{claim_times(self._view.session, claim)}"
        return Entry(claim_id, event_id, Zone(int(data.zone[index])), data.labels[index], detail)

    def _show(self, title: str, entries: list[Entry], place: QPoint, left: int = 0) -> None:
        if entries:
            self.list = MarkList(title, entries, self._view.style_shown, self._view, left)
            self.list.chosen.connect(self._on_chosen)
            self.list.open_at(place)

    def _on_chosen(self, entry: Entry) -> None:
        view = self._view
        self.list = None
        chosen = Selection(claim_id=entry.claim_id)
        if entry.claim_id < 0:
            chosen = narrated(view.session, entry.event_id)
        view.session.select(chosen, view)
        if view.current is not None:
            view.bring_into_view(view.current)
        view.canvas.setFocus()
