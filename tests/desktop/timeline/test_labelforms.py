from __future__ import annotations

from desktop.timeline.axis import ENGLISH
from desktop.timeline.compose import Request, compose
from desktop.timeline.data import Zone
from desktop.timeline.frame import Frame
from desktop.timeline.labelforms import LabelForms
from desktop.timeline.scale import TimeScale
from tests.desktop.timeline import samples
from tests.desktop.timeline.test_compose import NAMES, WORDS, Ruler

DATA = samples.many(3000)


def picture(labels: LabelForms) -> Frame:
    start, end = DATA.extent or (0.0, 1.0)
    scale = TimeScale(start, end, 1400)
    return compose(Request(DATA, scale, 700, ENGLISH, Ruler(), NAMES, WORDS, labels=labels))


def test_labels_that_would_take_too_long_come_with_the_next_frames() -> None:
    labels, frames = LabelForms(DATA, Ruler()), 0
    while True:
        labels.allow(30)
        before = len(labels)
        frame = picture(labels)
        frames += 1
        assert len(labels) <= before + 30
        for zone in Zone:
            assert frame.drawn[zone] <= frame.in_view[zone]
        if not labels.waiting:
            break
    assert frames > 2
    whole = picture(LabelForms(DATA, Ruler()))
    assert [(m.index, m.text, m.bar) for m in frame.marks] == [
        (m.index, m.text, m.bar) for m in whole.marks
    ]


def test_the_most_important_labels_come_first() -> None:
    labels = LabelForms(DATA, Ruler())
    labels.allow(10)
    picture(labels)
    zone = DATA.zones[Zone.ABOVE].by_importance[:10].tolist()
    assert sorted(labels) == sorted(zone)
    labels.allow(None)
    picture(labels)
    assert len(labels) > 100
    assert not labels.waiting
