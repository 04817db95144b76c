"""PDF files for the tests, drawn with ReportLab."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LEADING = 13.0


class Paper:
    """A PDF in the making; ``y`` is where the next line of a column goes."""

    def __init__(self, **properties: str) -> None:
        self._stream = io.BytesIO()
        self.canvas = Canvas(self._stream, pagesize=A4)
        if "title" in properties:
            self.canvas.setTitle(properties["title"])
        if "author" in properties:
            self.canvas.setAuthor(properties["author"])
        self.y = HEIGHT - 110

    def edges(self, head: str, foot: str) -> None:
        self.canvas.setFont("Helvetica", 8)
        self.canvas.drawString(50, HEIGHT - 30, head)
        self.canvas.drawCentredString(WIDTH / 2, 24, foot)

    def headline(self, words: str, size: float = 20) -> None:
        self.canvas.setFont("Helvetica-Bold", size)
        self.canvas.drawString(50, self.y, words)
        self.y -= 2 * size

    def column(self, x: float, y: float, lines: Sequence[str]) -> float:
        self.canvas.setFont("Helvetica", 10)
        for line in lines:
            if line:
                self.canvas.drawString(x, y, line)
            y -= LEADING
        return y

    def text(self, paragraphs: Sequence[str], width: int = 95) -> None:
        for paragraph in paragraphs:
            self.y = self.column(50, self.y, textwrap.wrap(paragraph, width)) - LEADING

    def page(self) -> None:
        self.canvas.showPage()
        self.y = HEIGHT - 110

    def data(self) -> bytes:
        self.canvas.save()
        return self._stream.getvalue()
