"""Finds the date and author in the first lines of a document whose format has no fields for them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from corpus.dateline import dateline_length
from corpus.dates import parse_moment, read_moment, stored_moment
from corpus.lazy_pattern import lazy_pattern

FIRST = 8
"""The number of first paragraphs that may be a date or a byline: headline, subtitle, byline, place."""
DATE_LENGTH = 60
"""The most characters of a line with only a date."""
LINE_LENGTH = 160
"""The most characters of a line with a byline, a date and the date of a change."""
HEADLINE_LENGTH = 150
"""The most characters of a headline; a longer line is a paragraph."""

_NO_TITLE = lazy_pattern(
    r"\A(?:untitled.*|microsoft (?:word|powerpoint).*|word document|document\d*|new document|slide \d+|"
    r".*\.(?:docx?|rtf|pdf|indd|qxp|odt|pages|tex|dvi|ps)|\W*)\Z",
    re.IGNORECASE,
)
"""Matches titles that programs write by themselves."""
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w.'’-]+"
_NAMES = (
    rf"{_NAME}(?: (?:(?:and|und|et|y|e|&|de|van|von|der|bin|al) )?{_NAME}){{1,5}}"
    rf"(?:, {_NAME}(?: {_NAME}){{1,3}})*"
)
_BYLINE = lazy_pattern(
    r"(?:[Bb][Yy]|[Tt]ext:|[Vv]on|[Pp]ar|[Pp]or|(?:[Pp]osted|[Ww]ritten|[Ss]tory) by|[Aa]uthors?:|"
    rf"[Rr]eporter:|[Aa]utor(?:in)?:|[Aa]uteur ?:) (?P<names>{_NAMES})"
)
_BARE_NAME = lazy_pattern(_NAMES)
_JOB = (
    r"(?:[\w&'’/-]+ ){0,4}(?:reporter|correspondent|editor|writer|columnist|contributor|producer|journalist|"
    r"analyst|critic|bureau chief|staff|redakteur(?:in)?|korrespondent(?:in)?)s?"
)
_JOB_ALONE = lazy_pattern(_JOB, re.IGNORECASE)
_AFTER_NAMES = lazy_pattern(
    rf"(?:,? (?i:{_JOB}))?(?:,? (?:in|at|from|for) (?:the )?{_NAME}(?: {_NAME}){{0,3}}|, {_NAME})?"
)
"""Matches what follows the names of a byline: a job, and a place."""
_NO_PERSON = frozenset(
    "africa africas agency america american americas asia asian bbc blog board business care city culture "
    "daily desk east editorial education estate europe european express gazette health herald home journal "
    "kingdom local magazine mail media middle money national network news newspaper newsroom north online "
    "opinion politics post press radio report review science service south sport sports staff states style "
    "sun team technology telegraph times today tribune tv uk union us video weekly west world".split()
)
"""Words in the names of outlets, sections and regions, which stand before a date as an author's name does."""
_REPORTER = lazy_pattern(
    r"(?P<names>[가-힣]{2,4}) ?(?:선임|전문|수습|인턴)?기자(?: ?[(=]?[\w.+-]+@[\w.-]+\)?)?"
)
"""Matches a Korean byline: the name, "reporter", and an address."""
_LABEL = lazy_pattern(
    r"(?:(?P<changed>(?:last |zuletzt )?(?:updated|modified|aktualisiert|geändert|mis à jour|actualizado|"
    r"aggiornato)|stand|수정|更新)|published|posted|publié|publicado|pubblicato|veröffentlicht|date|datum|입력|등록|公開|掲載)"
    r"(?: (?:on|at|am|le|el|il))?\s*[:：]?\s+",
    re.IGNORECASE,
)
_READING_TIME = lazy_pattern(
    r"\d{1,3}[ -]min(?:ute)?s? read|reading time:? \d{1,3} min(?:ute)?s?|lesezeit:? .{1,20}", re.IGNORECASE
)
_NO_HEADLINE = lazy_pattern(
    r"(?:[-*•–—·>|]|\d{1,3}[.)]|https?:)|.*(?:[.,:;…。、：；]|\.[\"'”’)\]」』]+)\Z", re.IGNORECASE
)
"""Matches a list item, an address, and a line that is a sentence or continues."""
_BETWEEN = lazy_pattern(r"\s*[|•·∙]\s*|\s+[–—-]\s+")


def is_headline(line: str) -> bool:
    """Whether the first line of a text, which nothing but a blank line separates from the rest, is its
    headline and no sentence."""
    return (
        len(line) <= HEADLINE_LENGTH
        and sum(character.isalnum() for character in line) > 1
        and not _NO_HEADLINE.match(line)
        and _said(line) is None
        and dateline_length(f"{line} .") < len(line)
    )


def usable_title(said: str | None) -> str | None:
    """The title in the file's properties, unless a program wrote a default or the file's name there."""
    title = " ".join((said or "").split())
    return None if _NO_TITLE.fullmatch(title) else title


def usable_author(said: str | None) -> str | None:
    """The author in the file's properties, if it is a name of several words and not a login."""
    name = " ".join((said or "").split())
    return name if " " in name and "@" not in name and not name.lower().startswith("microsoft") else None


@dataclass(frozen=True, slots=True)
class FirstLines:
    """The date and author in the first lines, and the paragraphs without these lines."""

    published: str | None
    author: str | None
    paragraphs: Sequence[str]


@dataclass(frozen=True, slots=True)
class _LineMetadata:
    """The metadata in a line, or a part of it: when the article was published or changed, and by whom."""

    published: str | None = None
    changed: str | None = None
    author: str | None = None


def read_first_lines(paragraphs: Sequence[str], known: str | None = None) -> FirstLines:
    """The date and author in those of the first paragraphs that contain nothing else: a date, `By` and a
    name, both on one line, or the date of a change. These paragraphs are removed, as they are no sentences to
    quote.

    `known` is a date that the document has elsewhere: a line with a different day is a heading, as in a
    chronology. The dates in a file's properties are not used, because a file may be created years later.
    """
    published = changed = author = None
    kept: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        said = _said(paragraph) if number < FIRST else None
        if said is None or (said.published and published) or (said.author and author) or _apart(said, known):
            kept.append(paragraph)
            continue
        published, author = published or said.published, author or said.author
        changed = changed or said.changed
    return FirstLines(published or changed, author, kept) if kept else FirstLines(None, None, paragraphs)


def date_among(lines: Sequence[str]) -> str | None:
    """The date in one of the first of these lines, which are not part of the text."""
    return read_first_lines([*lines, ""]).published


def _apart(said: _LineMetadata, known: str | None) -> bool:
    """Whether the line's date and the known one are of different days; time zones may make a difference of
    one day."""
    try:
        return abs(parse_moment(said.published or known) - parse_moment(known)) > timedelta(days=2)
    except ValueError:
        return False


def parts_of(line: str) -> list[str]:
    """The parts of a line between the separators of a byline and a date."""
    return _BETWEEN.split(line)


def _said(paragraph: str) -> _LineMetadata | None:
    """The metadata in a paragraph that has nothing else; None for any other paragraph."""
    if len(paragraph) > LINE_LENGTH:
        return None
    all_said = _LineMetadata()
    for line in paragraph.split("\n"):
        parts = [part.strip(" *_,") for part in parts_of(line.strip(" *_"))]
        read = [_part(part) for part in parts]
        dated = any(said and said.published for said in read)
        for part, found in zip(parts, read, strict=True):
            said = _named(part) if found is None and dated else found
            if said is None:
                return None
            all_said = _LineMetadata(
                all_said.published or said.published,
                all_said.changed or said.changed,
                all_said.author or said.author,
            )
    return None if all_said == _LineMetadata() else all_said


def _part(part: str) -> _LineMetadata | None:
    if _READING_TIME.fullmatch(part):
        return _LineMetadata()
    if date := _date(part):
        return _LineMetadata(published=date)
    if label := _LABEL.match(part):
        date = _date(part[label.end() :])
        return (
            (_LineMetadata(changed=date) if label["changed"] else _LineMetadata(published=date))
            if date
            else None
        )
    if byline := _REPORTER.fullmatch(part):
        return _LineMetadata(author=byline["names"])
    if byline := _BYLINE.match(part):
        names = _without_jobs(byline["names"])
        after = part[byline.end() :]
        if _AFTER_NAMES.fullmatch(after):
            return _LineMetadata(author=names)
        rest = _part(after.lstrip(" ,")) if after.startswith((",", " ")) else None
        return _LineMetadata(rest.published, rest.changed, names) if rest else None
    return None


def _named(part: str) -> _LineMetadata | None:
    """The author in a part beside a date that is a name and nothing else."""
    if not _BARE_NAME.fullmatch(part):
        return None
    return None if _NO_PERSON & set(part.lower().split()) else _LineMetadata(author=_without_jobs(part))


def _without_jobs(names: str) -> str:
    """The names of a byline without the jobs among them, which may have capital letters too."""
    first, *others = names.split(", ")
    return ", ".join([first, *(one for one in others if not _JOB_ALONE.fullmatch(one))])


def _date(line: str) -> str | None:
    if len(line) > DATE_LENGTH or not any(character.isdigit() for character in line):
        return None
    line = line.removesuffix(" Uhr").strip()
    try:
        return stored_moment(line)
    except ValueError:
        return line if _has_two_readings(line) else None


def _has_two_readings(line: str) -> bool:
    """Whether it is an ambiguous date such as 03/04/2026, for which the source's options may give the
    order."""
    try:
        return bool(read_moment(line, day_first=True).moment)
    except ValueError:
        return False
