"""The looks of marks keep words readable."""

from __future__ import annotations

import pytest

from desktop import theme
from desktop.reader.marks import Look
from desktop.reader.text import make_format
from desktop.session import Session
from extraction.model import SideKey

PARTIES = (SideKey.A, SideKey.B, SideKey.THIRD)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("ground", PARTIES)
@pytest.mark.parametrize("speaker", PARTIES)
def test_every_look_has_the_contrast_of_text(
    session: Session, name: str, ground: SideKey, speaker: SideKey
) -> None:
    session.set_theme(theme.load(name))
    for nested in (0, 1):
        style = make_format(session, Look(ground=ground, nested=nested, line=speaker, cue=True))
        words, behind = style.foreground().color(), style.background().color()
        assert theme.contrast(words, behind) >= theme.TEXT_CONTRAST
        assert theme.contrast(session.theme.text, behind) >= theme.TEXT_CONTRAST
        grey = make_format(session, Look(ground=ground, nested=nested, grey=True))
        assert theme.contrast(grey.foreground().color(), behind) >= theme.TEXT_CONTRAST


def test_nested_content_is_told_apart(session: Session) -> None:
    outer = make_format(session, Look(ground=SideKey.A))
    inner = make_format(session, Look(ground=SideKey.A, nested=1))
    assert outer.background().color() != inner.background().color()
    assert outer.underlineStyle() != inner.underlineStyle()
