"""What one cue says: source, cue and content as spans, with the reasons."""

from __future__ import annotations

import msgspec

from extraction.model import Form, Span, SpeechAct


class RawAttribution(msgspec.Struct, frozen=True):
    """An attribution before anybody is resolved to an entity.

    ``contents`` are in text order and do not overlap. ``target`` is the party that is accused,
    addressed or demanded of. ``nested_in`` is the index, in the tuple that ``find_attributions``
    gives, of the attribution whose content this one stands in. ``general`` marks a denial that
    covers every claim it fits. ``sentence`` is the index of the cue's sentence.
    """

    source: Span | None
    cue: Span
    cue_lemma: str
    contents: tuple[Span, ...]
    form: Form
    act: SpeechAct
    target: Span | None
    nested_in: int | None
    general: bool
    sentence: int
    reasons: tuple[str, ...]
