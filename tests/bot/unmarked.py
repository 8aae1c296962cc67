"""What is left of a text where headings of Markdown lose their signs, worked out line by line."""

from collections.abc import Sequence

from bot.answers.answer import Quote


def expected(text: str, *, begins: bool = True) -> str:
    """The text as it is to be shown."""
    kept = [at for at, stays in enumerate(_stays(text, begins=begins)) if stays]
    return "".join(text[at] for at in kept)


def expected_pieces(quote: Quote) -> list[tuple[str, bool]]:
    """The quote's pieces as they are to be shown, each with whether it is marked."""
    before = quote.article.text[: quote.start]
    stays = iter(_stays(quote.text, begins=before[-1:] in ("", "\n")))
    return [("".join(c for c in piece if next(stays)), marked) for piece, marked in quote.marked()]


def stands_in(read: Sequence[tuple[str, bool]], whole: Sequence[tuple[str, bool]]) -> bool:
    """Whether these characters, each bold or not, stand so in the whole."""
    words, found = ("".join(c for c, _ in one) for one in (whole, read))
    at = words.find(found)
    while at >= 0 and whole[at : at + len(read)] != read:
        at = words.find(found, at + 1)
    return at >= 0


def _stays(text: str, *, begins: bool) -> list[bool]:
    stays: list[bool] = []
    for number, line in enumerate(text.split("\n")):
        body = line.lstrip(" \t")
        signs = len(body) - len(body.lstrip("#"))
        words = body[signs:].lstrip(" \t")
        indent = len(line) - len(body)
        heads = (
            1 <= signs <= 6 and indent <= 3 and words[:1].strip() and body[signs : signs + 1] in (" ", "\t")
        )
        gone = len(line) - len(words) if heads and (number or begins) else 0
        stays += [False] * gone + [True] * (len(line) - gone) + [True]
    return stays[:-1]
