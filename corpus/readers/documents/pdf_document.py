"""Parses a PDF into an article's fields. Runs only in the worker process."""

import io
from collections.abc import Iterator

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTFigure, LTImage, LTPage, LTTextBox
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text

from corpus.lazy_pattern import lazy_pattern
from corpus.readers.documents.pdf_lines import PdfLine, headline_of, paragraphs_of, without_margins
from corpus.readers.documents.wrapped_lines import join_lines
from corpus.readers.pages.first_lines import date_among, read_first_lines, usable_author, usable_title

MAX_PAGES = 300
"""The most pages that are read; an issue of a newspaper has up to 150."""
MAX_UNKNOWN_SHARE = 0.05
"""The most of the characters, as a share, that may be unmapped by their font; otherwise the text is
unusable."""
SCAN_CHARACTERS = 20
"""A page with a picture and fewer characters than this is a scan."""

_UNKNOWN = lazy_pattern(r"\(cid:\d+\)")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


def read_pdf(content: bytes) -> dict[str, object]:
    """The fields of the PDF's article; `notes` are what was left out, `refused` is the reason that it has no
    article."""
    if b"%PDF-" not in content[:1024]:
        return {"refused": "it is no PDF, whatever its name says"}
    try:
        document = PDFDocument(PDFParser(io.BytesIO(content)))
        said = document.info[0] if document.info else {}
        pages = list(extract_pages(io.BytesIO(content), maxpages=MAX_PAGES + 1, laparams=LAParams()))
    except PDFPasswordIncorrect:
        return {"refused": "it is encrypted: save it without a password"}
    except (PDFException, PSException) as error:
        return {"refused": f"it is broken ({str(error)[:80] or type(error).__name__})"}
    notes = [f"only its first {MAX_PAGES} pages are read"] if len(pages) > MAX_PAGES else []
    pages = pages[:MAX_PAGES]
    lines = [list(_lines(page)) for page in pages]
    pictures = sum(
        sum(len(line.text) for line in its) < SCAN_CHARACTERS and _has_picture(page)
        for page, its in zip(pages, lines, strict=True)
    )
    if pictures and pictures == len(pages):
        return {
            "refused": "its pages are pictures without text (a scan): have its text recognised (OCR) first"
        }
    if not any(lines):
        return {
            "refused": "there is no text in it: it is probably a scan: have its text recognised (OCR) first"
        }
    if pictures:
        notes.append(f"{pictures} of its {len(pages)} pages are pictures without text")
    text = "".join(line.text for its in lines for line in its)
    if len(_UNKNOWN.findall(text)) > MAX_UNKNOWN_SHARE * max(len(_UNKNOWN.sub("", text)), 1):
        return {
            "refused": "its fonts do not say which letters they show: have its text recognised (OCR) first"
        }
    inner = without_margins(lines)
    # A newspaper has its date in the margin of its pages.
    margins = [line.text for line in lines[0] if line not in inner[0]] if lines else []
    fields = _fields(inner, usable_title(_said(said, "Title")), usable_author(_said(said, "Author")), notes)
    return fields | {"published": fields["published"] or date_among(margins)}


def _fields(
    pages: list[list[PdfLine]], title: str | None, author: str | None, notes: list[str]
) -> dict[str, object]:
    headline = headline_of(pages[0]) if pages else []
    shown = ""
    for line in headline:
        shown = join_lines(shown, line.text)
    if pages and headline and (title is None or title.casefold() in shown.casefold()):
        title = shown
        pages = [[line for line in pages[0] if line not in headline], *pages[1:]]
    paragraphs = [text for one in paragraphs_of(pages) if (text := _UNKNOWN.sub("", one).strip())]
    said = read_first_lines(paragraphs)
    return {
        "title": title,
        "text": "\n\n".join(said.paragraphs),
        "author": said.author or author,
        "published": said.published,
        "notes": notes,
    }


def _lines(page: LTPage) -> Iterator[PdfLine]:
    """The lines of the page, in reading order."""
    height = page.height or 1
    for number, block in enumerate(box for box in page if isinstance(box, LTTextBox)):
        for line in block:
            text = " ".join(line.get_text().translate(_LIGATURES).split())
            if text:
                size = max((one.size for one in line if isinstance(one, LTChar)), default=line.height)
                middle = (line.y0 + line.y1) / 2 - page.y0
                yield PdfLine(text, line.x0, line.x1, size, middle / height, number)


def _has_picture(page: LTPage) -> bool:
    return any(isinstance(one, LTImage | LTFigure) for one in page)


def _said(said: dict[str, object], name: str) -> str | None:
    """A property of the file; some programs write references, numbers or invalid values."""
    value = said.get(name)
    text: str | None = decode_text(value) if isinstance(value, bytes) else None
    return value if isinstance(value, str) else text
