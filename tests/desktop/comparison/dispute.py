"""An invented dispute as rows, for the tests of the views: no database, no extraction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from db.rows import (
    ActorRow,
    ArticleRow,
    ClaimRow,
    EventRow,
    MentionRow,
    RelationRow,
    ReviewState,
    SideRow,
    Status,
    TimeRow,
)
from desktop.session import Rows
from extraction.model import (
    Block,
    DateBasis,
    EntityKind,
    EventType,
    Form,
    FuzzyInterval,
    Precision,
    Quantity,
    RelationType,
    Scope,
    SideKey,
    Span,
    SpeechAct,
    Verification,
)


def day(number: int, last: int | None = None, month: int = 3) -> FuzzyInterval:
    start = datetime(2031, month, number)
    end = datetime(2031, month, last or number, 23, 59)
    return FuzzyInterval(start, end, Precision.DAY, basis="publication date")


class Dispute:
    """Collects rows; every ``add_`` gives the id back."""

    def __init__(self, left: str = "Norland", right: str = "Vessia") -> None:
        self.texts: dict[int, str] = {}
        self._articles: list[ArticleRow] = []
        self._actors: list[ActorRow] = []
        self._claims: list[ClaimRow] = []
        self._events: list[EventRow] = []
        self._relations: list[RelationRow] = []
        self._names = (left, right)

    def add_article(self, text: str = "", title: str = "Shots at the dam", **more: object) -> int:
        number = len(self._articles) + 1
        self.texts[number] = text
        row = ArticleRow(
            id=number,
            document_id=number,
            key=f"{number:064x}",
            file=f"article-{number}.txt",
            title=title,
            outlet="River Wire",
            byline="",
            language="en",
            published_start=datetime(2031, 3, 9),
            published_end=datetime(2031, 3, 9, 23, 59),
            published_precision=Precision.DAY,
            published_basis=DateBasis.METADATA,
            published_assumed=(),
            published_reasons=(),
            claim_count=0,
            warnings=(),
        )
        self._articles.append(replace(row, **more))  # type: ignore[arg-type]
        return number

    def add_actor(self, name: str, side: SideKey, member_of: int | None = None) -> int:
        number = len(self._actors) + 1
        self._actors.append(
            ActorRow(
                number,
                name.casefold(),
                name,
                EntityKind.BODY,
                side,
                False,
                (),
                member_of,
                0,
                ("named so",),
            )
        )
        return number

    def add_event(self, label: str, when: FuzzyInterval | None, **more: object) -> int:
        number = len(self._events) + 1
        row = EventRow(
            number, label, EventType.ASSAULT, when, (), (), (), (), False, ("same place and day",)
        )
        self._events.append(replace(row, **more))  # type: ignore[arg-type]
        return number

    def mention(self, event: int, article: int, words: str) -> None:
        text = self.texts[article]
        start = max(text.find(words), 0)
        row = MentionRow(
            article, event, Span(start, start + len(words), words), None, ("no voice is named",)
        )
        found = self._events[event - 1]
        self._events[event - 1] = replace(found, mentions=(*found.mentions, row))

    def add_claim(
        self,
        side: SideKey,
        speaker: str,
        act: SpeechAct,
        content: str,
        event: int | None = None,
        article: int = 1,
        **more: object,
    ) -> int:
        number = len(self._claims) + 1
        text = self.texts.get(article, "")
        start = max(text.find(content), 0)
        source = text.rfind(speaker, 0, start) if speaker in text[:start] else -1
        row = ClaimRow(
            id=number,
            article_id=article,
            event_id=event,
            actor_id=None,
            speaker=speaker,
            side=side,
            speech_act=act,
            form=Form.INDIRECT,
            content=content,
            source_span=Span(source, source + len(speaker), speaker) if source >= 0 else None,
            cue_span=_cue(text, start),
            content_spans=(Span(start, start + len(content), content),),
            when=day(4),
            when_span=None,
            said=day(9),
            places=(),
            quantities=(),
            verification=Verification.NONE,
            verification_span=None,
            nested_in=None,
            review=ReviewState.SUGGESTED,
            status=Status.ASSERTED,
            disputed_by=0,
            reasons=("act: cue “said” with an object", "side: named in the text"),
        )
        self._claims.append(replace(row, **more))  # type: ignore[arg-type]
        if event is not None:
            found = self._events[event - 1]
            self._events[event - 1] = replace(found, claim_ids=(*found.claim_ids, number))
        return number

    def relate(
        self, kind: RelationType, source: int, target: int, *, possible: bool = False
    ) -> int:
        number = len(self._relations) + 1
        self._relations.append(
            RelationRow(
                number,
                kind,
                source,
                target,
                0.83,
                possible,
                ReviewState.SUGGESTED,
                ("same place", "opposite polarity"),
            )
        )
        return number

    def rows(self) -> Rows:
        sides = tuple(
            SideRow(key, name, "", "", 0, 0, ("accuses and is accused",))
            for key, name in zip(
                (SideKey.A, SideKey.B, SideKey.THIRD),
                (*self._names, "Third parties"),
                strict=True,
            )
        )
        return Rows(
            tuple(self._articles),
            sides,
            tuple(self._actors),
            tuple(self._claims),
            tuple(self._events),
            tuple(self._relations),
        )


def _cue(text: str, start: int) -> Span:
    place = text.rfind("said", 0, start)
    return Span(place, place + 4, "said") if place >= 0 else Span(0, 0, "")


ARTICLE = """Shots at the dam

Norland's Works Ministry said Vessian troops shelled the Orlo dam for a second day. \
Vessia's army spokesman said no shell was fired at the dam, though Captain Dara Wen said her \
battery had “hit a pumping station” \U0001f525 near it and then stopped.

The River Council said at least 21 people were hurt. The figure could not be checked.

Water ran through the lower gate all night.
"""


VALLEY = """What the valley says

Norland's hospitals said people of ours were hurt. Norland's envoy said since the autumn 187 are \
dead; Vessia's envoy said it is 1,900. The Mayor of Teln said the water was cut off, and Red \
Lantern said cutting off water is a crime. Vessia's premier said talks must begin at once. \
Norland's archive said the river was always ours.
"""


def dispute() -> Dispute:
    """A row with a denial and an admission, one with a silence, figures, third parties."""
    made = Dispute()
    first = made.add_article(ARTICLE, published_assumed=("year",))
    second = made.add_article(VALLEY, "What the valley says", outlet="Valley Monitor")
    a, b, third = SideKey.A, SideKey.B, SideKey.THIRD
    ministry = made.add_actor("Norland's Works Ministry", a)
    made.add_actor("Captain Dara Wen", b, member_of=made.add_actor("Northern Battery", b))
    shelling = made.add_event("Shelling of the Orlo dam", day(4, 5), disputed=True)
    alleges = made.add_claim(
        a,
        "Norland's Works Ministry",
        SpeechAct.ALLEGES,
        "Vessian troops shelled the Orlo dam for a second day",
        shelling,
        first,
        actor_id=ministry,
        when=day(4, 5),
        status=Status.DENIED,
        disputed_by=1,
    )
    denies = made.add_claim(
        b,
        "Vessia's army spokesman",
        SpeechAct.DENIES,
        "no shell was fired at the dam",
        shelling,
        first,
    )
    admits = made.add_claim(
        b,
        "Captain Dara Wen",
        SpeechAct.ADMITS,
        "her battery had “hit a pumping station” \U0001f525 near it and then stopped",
        shelling,
        first,
        form=Form.MIXED,
        actor_id=3,
        review=ReviewState.ACCEPTED,
        verification=Verification.UNVERIFIED,
    )
    made.relate(RelationType.DENIES, denies, alleges)
    made.relate(RelationType.ADMITS, admits, alleges, possible=True)
    hurt = made.add_event("People hurt in the valley", day(6), disputed=True)
    counts = [
        (third, "River Council", Quantity("injured", 21, None, Span(0, 0, ""), bearer="people")),
        (a, "Norland's hospitals", Quantity("injured", 34, 34, Span(0, 0, ""))),
        (b, "Vessia's health office", Quantity("injured", 3, 8, Span(0, 0, ""), approximate=True)),
    ]
    for side, speaker, quantity in counts:
        made.add_claim(
            side,
            speaker,
            SpeechAct.ASSERTS,
            "at least 21 people were hurt" if side is third else "people of ours were hurt",
            hurt,
            first if side is third else second,
            quantities=(quantity,),
            when=day(6),
        )
    made.add_claim(
        a,
        "Norland's envoy",
        SpeechAct.ASSERTS,
        "since the autumn 187 are dead",
        hurt,
        second,
        quantities=(
            Quantity("killed", 187, 187, Span(0, 0, ""), scope=Scope.CUMULATIVE),
            Quantity("killed", 42, 42, Span(0, 0, ""), bearer="nurses", part_of=0),
        ),
    )
    made.add_claim(
        b,
        "Vessia's envoy",
        SpeechAct.ASSERTS,
        "it is 1,900",
        hurt,
        second,
        quantities=(Quantity("killed", 1900, None, Span(0, 0, ""), scope=Scope.CUMULATIVE),),
    )
    silent = made.add_event("Water cut off in Teln", day(7))
    made.add_claim(a, "Mayor of Teln", SpeechAct.ALLEGES, "the water was cut off", silent, second)
    for name in ("Red Lantern", "the Lake Union", "a ferry company", "Hill Observers"):
        made.add_claim(
            third, name, SpeechAct.CONDEMNS, "cutting off water is a crime", silent, second
        )
    made.mention(silent, first, "Water ran through the lower gate all night.")
    made.add_claim(
        b, "Vessia's premier", SpeechAct.DEMANDS, "talks must begin at once", None, second
    )
    made.add_event("Old quarrel over the river", None)
    undated = made.add_claim(
        a, "Norland's archive", SpeechAct.ASSERTS, "the river was always ours", 4, second, when=None
    )
    made.relate(RelationType.COUNTER_ACCUSES, alleges, undated)
    return made


def long_dispute(events: int) -> Dispute:
    """Many rows of different heights."""
    made = Dispute()
    made.add_article()
    for number in range(events):
        when = datetime(2031, 1, 1) + timedelta(days=number // 7)
        interval = FuzzyInterval(when, when + timedelta(hours=23, minutes=59), Precision.DAY)
        event = made.add_event(f"Event number {number}", interval)
        words = "the bridge was taken and given back " * (1 + number % 5)
        left = made.add_claim(SideKey.A, "Norland", SpeechAct.ALLEGES, words, event, when=interval)
        if number % 3:
            right = made.add_claim(
                SideKey.B, "Vessia", SpeechAct.DENIES, words, event, when=interval
            )
            made.relate(RelationType.DENIES, right, left)
    return made


class Paper:
    """Stands for the dossier where a view needs an article's text or notes a decision."""

    def __init__(self, made: Dispute) -> None:
        self._texts = made.texts
        self.blocks: dict[int, tuple[Block, ...]] = {}
        self.time_rows: dict[int, list[TimeRow]] = {}
        self.broken: list[str] = []
        self.read_only = False
        self.undo_label: str | None = None
        self.undo_step: int | None = None
        self.decided: list[tuple[list[int], ReviewState]] = []
        self.related: list[tuple[list[int], ReviewState]] = []
        self.edited: list[tuple[list[int], dict[str, object]]] = []

    def article_text(self, article_id: int) -> str:
        return self._texts[article_id]

    def article_blocks(self, article_id: int) -> tuple[Block, ...]:
        return self.blocks.get(article_id, ())

    def times(self, article_id: int) -> list[TimeRow]:
        return self.time_rows.get(article_id, [])

    def broken_spans(self, article_id: int) -> list[str]:
        return self.broken

    def set_review(self, claim_ids: list[int], state: ReviewState) -> None:
        self.decided.append((claim_ids, state))

    def set_relation_review(self, relation_ids: list[int], state: ReviewState) -> None:
        self.related.append((relation_ids, state))

    def edit_claims(self, claim_ids: list[int], **values: object) -> None:
        self.edited.append((claim_ids, values))
