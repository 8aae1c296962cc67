"""PDF files for tests, written by hand: text where it is put, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 600, 800


@dataclass(frozen=True, slots=True)
class Put:
    """A line of text, where it begins (from the lower left corner), and the size of its letters in points."""

    text: str
    left: float = 60
    height: float = 700
    size: float = 10


def lines(
    text: Sequence[str], left: float = 60, top: float = 700, size: float = 10, step: float = 12
) -> list[Put]:
    """Lines below each other."""
    return [Put(line, left, top - 12 * number) for number, line in enumerate(text)]


def pdf(pages: Sequence[Sequence[Put]], info: str = "", picture: bool = False) -> bytes:
    """A PDF of these pages in Helvetica; `info` has its properties, each page has a picture if wanted."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
               "/Encoding /WinAnsiEncoding >>", f"<< {info} >>",
               _stream("\xff", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
                       "/BitsPerComponent 8")]  # fmt: skip
    kids = []
    for page in pages:
        content = "".join(
            f"BT /F1 {put.size} Tf 1 0 0 1 {put.left} {put.height} Tm ({_escaped(put.text)}) Tj ET\n"
            for put in page
        )
        content += "q 600 0 0 800 0 0 cm /Im1 Do Q\n" if picture else ""
        objects.append(_stream(content))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> /XObject << /Im1 5 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _file(objects)


def _stream(content: str, entries: str = "") -> str:
    return f"<< {entries} /Length {len(content)} >>\nstream\n{content}\nendstream"


def _escaped(text: str) -> str:
    return (
        text.encode("cp1252").decode("latin-1").replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    )


def _file(objects: Sequence[str]) -> bytes:
    body = "%PDF-1.4\n"
    offsets = []
    for number, one in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    )
    return f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")
