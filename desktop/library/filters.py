"""The filters, each with the number of claims it would show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from db.rows import Status
from desktop import theme
from desktop.commands import QT_TRANSLATE_NOOP
from desktop.messages import counted
from desktop.panels import button, label
from desktop.session import Filter, Session


@dataclass(frozen=True)
class Choice:
    """A box: whether a filter has it set, and how to set it there."""

    text: str
    is_set: Callable[[Filter], bool]
    put: Callable[[Filter, bool], Filter]


def _of_status(text: str, *statuses: Status) -> Choice:
    chosen = frozenset(statuses)
    return Choice(
        text,
        lambda now: chosen <= now.statuses,
        lambda now, on: replace(
            now, statuses=now.statuses | chosen if on else now.statuses - chosen
        ),
    )


CHOICES: tuple[Choice, ...] = (
    _of_status(QT_TRANSLATE_NOOP("Filters", "Disputed"), Status.DISPUTED),
    _of_status(QT_TRANSLATE_NOOP("Filters", "Denied"), Status.DENIED),
    _of_status(QT_TRANSLATE_NOOP("Filters", "Admitted"), Status.ADMITTED),
    _of_status(QT_TRANSLATE_NOOP("Filters", "Unverified"), Status.UNVERIFIED),
    Choice(
        QT_TRANSLATE_NOOP("Filters", "One side silent"),
        lambda now: now.one_side_silent,
        lambda now, on: replace(now, one_side_silent=on),
    ),
    Choice(
        QT_TRANSLATE_NOOP("Filters", "To review"),
        lambda now: now.to_review,
        lambda now, on: replace(now, to_review=on),
    ),
    Choice(
        QT_TRANSLATE_NOOP("Filters", "Starred"),
        lambda now: now.starred,
        lambda now, on: replace(now, starred=on),
    ),
)


class FilterBoxes(QWidget):
    """Check boxes over the session's filter; they follow it when it is changed elsewhere."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._boxes: list[QCheckBox] = []
        self._counts: list[QLabel] = []
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(2)
        layout.setColumnStretch(0, 1)
        for number, choice in enumerate(CHOICES):
            box = QCheckBox(QCoreApplication.translate("Filters", choice.text))
            box.toggled.connect(lambda on, chosen=choice: self._put(chosen, on))
            count = label("", "caption")
            count.setFont(theme.font(theme.Size.CAPTION, tabular=True))
            layout.addWidget(box, number, 0)
            layout.addWidget(count, number, 1, Qt.AlignmentFlag.AlignRight)
            self._boxes.append(box)
            self._counts.append(count)
        self._note = label("", "caption", wrap=True)
        self._clear = button(self.tr("Show everything"), flat=True)
        self._clear.clicked.connect(lambda: session.set_filter(Filter()))
        layout.addWidget(self._note, len(CHOICES), 0, 1, 2)
        layout.addWidget(self._clear, len(CHOICES) + 1, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        session.data_changed.connect(self._count)
        session.filter_changed.connect(self._follow)
        session.visible_range_changed.connect(self._tell)
        self._count()

    def _put(self, choice: Choice, on: bool) -> None:
        if choice.is_set(self._session.filter) != on:
            self._session.set_filter(choice.put(self._session.filter, on))

    def _count(self) -> None:
        for choice, box, shown in zip(CHOICES, self._boxes, self._counts, strict=True):
            count = self._session.count(choice.put(Filter(), True))
            shown.setText(f"{count:,}")
            box.setAccessibleName(f"{box.text()}, {counted(count, self.tr('claim'))}")
        self._tell()

    def _follow(self, chosen: Filter) -> None:
        for choice, box in zip(CHOICES, self._boxes, strict=True):
            box.setChecked(choice.is_set(chosen))
        self._tell()

    def _tell(self) -> None:
        active = self._session.filter != Filter()
        self._clear.setVisible(active)
        self._note.setVisible(active)
        if active:
            shown, every = int(self._session.accepted().sum()), len(self._session.columns.claims)
            words = self.tr("{shown} of {all} claims shown").format(
                shown=f"{shown:,}", all=f"{every:,}"
            )
            self._note.setText(words)
