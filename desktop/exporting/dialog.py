"""Choosing how the timeline is saved as a picture, with a preview that is the picture itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDate, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDateEdit,
    QDialog,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop import theme as themes
from desktop.exporting.files import LARGEST, SMALLEST, ExportError, as_image, export_timeline
from desktop.exporting.picture import Sheet, compose_sheet
from desktop.exporting.sheets import names_of, sources_of, style_of
from desktop.places import dossier_folder, safe_name
from desktop.session import Session
from desktop.timeline.scale import day_number, to_datetime
from desktop.timeline.view import TimelineView

PREVIEW = QSize(560, 380)
WAIT_MS = 120
TYPES = ("png", "svg", "pdf")
SIZES = ((1600, 900), (1920, 1080), (1123, 794), (1587, 1123), (2560, 1440))
"""Sizes in pixels of 1/96 inch; the third and fourth are sheets of A4 and A3."""


class Preview(QWidget):
    """Shows a picture as large as it fits."""

    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.picture = QPixmap()
        self.setMinimumSize(PREVIEW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Preview of the picture"))

    def show_picture(self, picture: QPixmap) -> None:
        self.picture = picture
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.picture.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self.picture.deviceIndependentSize()
        factor = min(self.width() / size.width(), self.height() / size.height(), 1.0)
        box = QRectF(0, 0, size.width() * factor, size.height() * factor)
        box.moveCenter(QRectF(self.rect()).center())
        painter.drawPixmap(box.toAlignedRect(), self.picture)
        painter.setPen(self.palette().mid().color())
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.resized.emit()


class ExportDialog(QDialog):
    """``session`` gives names, colours and sources, ``view`` the marks and the visible range."""

    def __init__(self, session: Session, view: TimelineView, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export timeline"))
        self._session, self._view = session, view
        self._asking: QFileDialog | None = None
        self._make_fields()
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(self.refresh)
        self._lay_out()
        self._connect()
        self._on_type()
        self._on_range()

    def _make_fields(self) -> None:
        session = self._session
        self.type = QComboBox()
        self.type.addItems([self.tr("PNG image"), self.tr("SVG drawing"), self.tr("PDF document")])
        self.preset = QComboBox()
        for width, height in SIZES:
            self.preset.addItem(f"{width} × {height}", (width, height))
        self.preset.setItemText(2, self.tr("A4 on its side"))
        self.preset.setItemText(3, self.tr("A3 on its side"))
        self.preset.addItem(self.tr("Other"), None)
        self.size_width, self.size_height = (self._side(side) for side in SIZES[0])
        self.size_width.setAccessibleName(self.tr("Width"))
        self.size_height.setAccessibleName(self.tr("Height"))
        self.scale = QDoubleSpinBox()
        self.scale.setRange(0.5, 8.0)
        self.scale.setSingleStep(0.5)
        self.scale.setValue(2.0)
        self.scale.setPrefix("× ")
        _plain(self.scale)
        self.theme = QComboBox()
        self.theme.addItem(self.tr("Light"), "light")
        self.theme.addItem(self.tr("Dark"), "dark")
        self.range = QComboBox()
        self.range.addItems(
            [self.tr("What the timeline shows"), self.tr("All, the far ones aside"),
             self.tr("Between two days")]
        )  # fmt: skip
        scale = self._view.canvas.scale_shown
        self.first, self.last = (self._day(days) for days in (scale.start, scale.end))
        self.first.setAccessibleName(self.tr("First day"))
        self.last.setAccessibleName(self.tr("Last day"))
        self.title = QLineEdit(session.dossier.title if session.dossier is not None else "")
        self.problem = QLabel()
        self.problem.setProperty("role", "dispute")
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.preview = Preview()
        self.save = QPushButton(self.tr("Export…"))
        self.save.setDefault(True)
        self.save.setMinimumWidth(104)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setAutoDefault(False)

    def _side(self, value: int) -> QSpinBox:
        field = QSpinBox()
        field.setRange(SMALLEST, LARGEST)
        field.setSingleStep(100)
        field.setValue(value)
        _plain(field)
        return field

    def _day(self, days: float) -> QDateEdit:
        moment = to_datetime(days)
        field = QDateEdit(QDate(moment.year, moment.month, moment.day))
        field.setDisplayFormat("d MMM yyyy")
        _plain(field)
        return field

    def _lay_out(self) -> None:
        form = self._form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("&Title"), self.title)
        form.addRow(self.tr("&File type"), self.type)
        form.addRow(self.tr("Si&ze"), self.preset)
        sides = QHBoxLayout()
        sides.setSpacing(8)
        sides.addWidget(self.size_width, 1)
        sides.addWidget(QLabel("×"))
        sides.addWidget(self.size_height, 1)
        form.addRow("", sides)
        form.addRow(self.tr("S&cale"), self.scale)
        form.addRow(self.tr("T&heme"), self.theme)
        form.addRow(self.tr("&Range"), self.range)
        days = self._days = QHBoxLayout()
        days.setSpacing(8)
        days.addWidget(self.first, 1)
        days.addWidget(QLabel("–"))
        days.addWidget(self.last, 1)
        form.addRow("", days)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        right = QVBoxLayout()
        right.addLayout(form)
        right.addWidget(self.problem)
        right.addStretch(1)
        right.addLayout(buttons)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(16)
        whole.addWidget(self.preview, 1)
        whole.addLayout(right)

    def _connect(self) -> None:
        self.type.currentIndexChanged.connect(self._on_type)
        self.preset.currentIndexChanged.connect(self._on_preset)
        self.range.currentIndexChanged.connect(self._on_range)
        self.theme.currentIndexChanged.connect(self._wait.start)
        self.title.textChanged.connect(self._wait.start)
        for field in (self.size_width, self.size_height):
            field.valueChanged.connect(self._on_side)
        self.scale.valueChanged.connect(self._wait.start)
        for day in (self.first, self.last):
            day.dateChanged.connect(self._wait.start)
        self.preview.resized.connect(self._wait.start)
        self.save.clicked.connect(self.ask_place)
        self.cancel.clicked.connect(self.reject)

    # ------------------------------------------------------------------ what is chosen

    def sheet(self) -> Sheet:
        """The picture as chosen."""
        session, view = self._session, self._view
        sides = list(session.sides().values())
        start, end = self._chosen_range()
        theme = themes.load(self.theme.currentData())
        return Sheet(
            view.data,
            style_of(theme, sides),
            (self.size_width.value(), self.size_height.value()),
            self.title.text().strip(),
            names_of(sides),
            sources_of(session.articles()),
            start,
            end,
            pins=view.pins.shown,
        )

    def _chosen_range(self) -> tuple[float | None, float | None]:
        if self.range.currentIndex() == 0:
            shown = self._view.canvas.scale_shown
            return shown.start, shown.end
        if self.range.currentIndex() == 1:
            return None, None
        first, last = sorted(
            (field.date().year(), field.date().month(), field.date().day())
            for field in (self.first, self.last)
        )
        return float(day_number(*first)), float(day_number(*last) + 1)

    def refresh(self) -> None:
        """Paint the preview anew."""
        self._wait.stop()
        self.problem.clear()
        sheet = self.sheet()
        room = self.preview.size()
        factor = min(room.width() / sheet.size[0], room.height() / sheet.size[1], 1.0)
        ratio = self.devicePixelRatioF()
        try:
            image = as_image(compose_sheet(sheet), factor * ratio)
        except ExportError as error:
            self._tell(error)
            return
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(ratio)
        self.preview.show_picture(picture)

    def _on_type(self) -> None:
        self._form.setRowVisible(self.scale, self.type.currentIndex() == 0)

    def _on_preset(self) -> None:
        size = self.preset.currentData()
        if size is not None:
            for field, value in zip((self.size_width, self.size_height), size, strict=True):
                field.blockSignals(True)
                field.setValue(value)
                field.blockSignals(False)
        self._wait.start()

    def _on_side(self) -> None:
        size = (self.size_width.value(), self.size_height.value())
        at = SIZES.index(size) if size in SIZES else len(SIZES)
        self.preset.blockSignals(True)
        self.preset.setCurrentIndex(at)
        self.preset.blockSignals(False)
        self._wait.start()

    def _on_range(self) -> None:
        self._form.setRowVisible(self._days, self.range.currentIndex() == 2)
        self._wait.start()

    # ------------------------------------------------------------------ saving

    def ask_place(self) -> None:
        """Ask where to; the ending is that of the chosen type."""
        suffix = TYPES[self.type.currentIndex()]
        dialog = QFileDialog(self, self.tr("Export timeline"), str(dossier_folder()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{self.type.currentText()} (*.{suffix})"])
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{safe_name(self.title.text().strip())}.{suffix}")
        dialog.fileSelected.connect(lambda name: self.save_as(Path(name)))
        dialog.open()
        self._asking = dialog

    def save_as(self, path: Path) -> bool:
        """Write the picture; tells in the dialog what went wrong, and stays open then."""
        suffix = f".{TYPES[self.type.currentIndex()]}"
        if path.suffix.lower() != suffix:
            path = path.with_name(path.name + suffix)
        sheet = self.sheet()
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            export_timeline(
                sheet.data,
                path,
                size=sheet.size,
                scale=self.scale.value(),
                theme=sheet.style.theme,
                title=sheet.title,
                start=sheet.start,
                end=sheet.end,
                names=sheet.names,
                sources=sheet.sources,
                style=sheet.style,
                pins=sheet.pins,
            )
        except (ExportError, OSError) as error:
            self._tell(error)
            return False
        finally:
            QApplication.restoreOverrideCursor()
        self.accept()
        return True

    def _tell(self, error: ExportError | OSError) -> None:
        if isinstance(error, OSError):
            text = self.tr("The picture could not be saved: {reason}. Choose another place.")
            self.problem.setText(text.format(reason=error.strerror or str(error)))
        else:
            text = self.tr("The picture would be too large ({size}). Take a smaller size or scale.")
            self.problem.setText(text.format(size=error.detail))


def _plain(field: QAbstractSpinBox) -> None:
    """A field to type in or to step with the arrow keys: under a style sheet the buttons come
    out broken, and so does the text of a field that is told to have none.
    """
    field.setStyleSheet(
        "QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }"
        "QLineEdit { border: none; padding: 0; background: transparent; }"
    )
    inner = field.findChild(QLineEdit)
    if inner is not None:
        inner.setTextMargins(8, 0, 8, 0)


def show_export_dialog(session: Session, view: TimelineView, parent: QWidget) -> ExportDialog:
    """Open the dialog over ``parent``; it closes itself."""
    dialog = ExportDialog(session, view, parent)
    dialog.open()
    return dialog
