"""The line below the panels: counts, what is running with stop, what can be undone."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStatusBar, QWidget

from db.rows import DossierCounts
from desktop.messages import counted
from desktop.panels import button, label
from desktop.session import Session
from desktop.tasks import Task, Tasks

MANY = 50
"""Files after which the rate is told."""

PATIENCE = 0.4
"""Seconds of work before it is shown: what is over by then need not be told."""


class StatusLine(QStatusBar):
    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self._session = session
        self._tasks = tasks
        self._counts = label("", "caption")
        self._work = label("", "caption")
        self._bar = QProgressBar()
        self._bar.setFixedWidth(160)
        self._bar.setFixedHeight(8)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._stop = button(self.tr("Stop"), flat=True, name=self.tr("Stop what is running"))
        self._stop.clicked.connect(self._stop_all)
        self._pause = button(self.tr("Pause"), flat=True)
        self._pause.clicked.connect(self._pause_or_go_on)
        self._running = QWidget()
        row = QHBoxLayout(self._running)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self._work, self._bar, self._pause, self._stop):
            row.addWidget(part)
        self._undo = label("", "caption")
        self.setContentsMargins(12, 2, 12, 2)
        self.addWidget(self._counts, 1)
        self.addPermanentWidget(self._running)
        self.addPermanentWidget(self._undo)
        self._running.hide()
        tasks.changed.connect(self._show_work)
        session.data_changed.connect(self.refresh)
        session.dossier_changed.connect(self.refresh)
        self.refresh()

    def refresh(self, _: object = None) -> None:
        """Say what is there and what the last step was."""
        dossier = self._session.dossier
        if dossier is None:
            self._counts.setText(self.tr("No dossier is open"))
            self._undo.setText("")
            return
        self._counts.setText(counts_in_words(self._session.counts()))
        if dossier.read_only:
            self._undo.setText(self.tr("Read only: save a copy to change it"))
        elif dossier.undo_label:
            self._undo.setText(
                self.tr("Undo: {step}").format(step=step_in_words(dossier.undo_label))
            )
        else:
            self._undo.setText("")

    def _show_work(self) -> None:
        running = self._tasks.running()
        if not running:
            self._running.hide()
            return
        task = running[0]
        if task.seconds < PATIENCE:
            QTimer.singleShot(int(PATIENCE * 1000), self, self._show_if_still)
            return
        self._show_task(task)

    def _show_if_still(self) -> None:
        if self._tasks.running() and not self._running.isVisible():
            self._show_work()

    def _show_task(self, task: Task) -> None:
        self._work.setText(work_in_words(task))
        self._work.setToolTip(task.detail)
        self._bar.setRange(0, task.total)
        self._bar.setValue(task.done)
        self._pause.setVisible(task.can_pause and not task.stopped())
        self._pause.setText(self.tr("Go on") if task.paused() else self.tr("Pause"))
        self._pause.setAccessibleName(self._pause.text())
        self._stop.setVisible(task.can_stop)
        self._stop.setEnabled(not task.stopped())
        self._running.show()

    def _pause_or_go_on(self) -> None:
        for task in self._tasks.running()[:1]:
            task.pause(not task.paused())
        self._show_work()

    def _stop_all(self) -> None:
        for task in self._tasks.running():
            if task.can_stop:
                task.stop()
        self._show_work()


def counts_in_words(counts: DossierCounts) -> str:
    parts = [counted(counts.articles, "article"), counted(counts.claims, "claim")]
    parts.append(counted(counts.events, "event"))
    if counts.to_review:
        parts.append(f"{counts.to_review:,} to review")
    return " · ".join(parts)


def work_in_words(task: Task) -> str:
    """``Reading 12 of 80 · 31 a second · about 20 s left``."""
    if task.stopped():
        return f"{task.label}: stopping"
    if task.paused():
        return f"Paused after {task.done:,} of {task.total:,}"
    if not task.total:
        return task.label
    words = f"{task.label} {task.done:,} of {task.total:,}"
    if task.done >= MANY:
        words += f" · {task.done / task.seconds:,.0f} a second"
    left = task.seconds_left
    if left is not None and left >= 2:
        words += f" · about {_seconds_in_words(left)} left"
    return words


def _seconds_in_words(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def step_in_words(step: str) -> str:
    """A step's name as it stands in the revision log, without a capital."""
    return step[:1].lower() + step[1:]
