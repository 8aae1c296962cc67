"""Answers as Discord shows them. Pure: from an answer and a reader's language to a message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from discord import ButtonStyle, ui

from bot.answer import Answer, Citation, NoAnswer, Quote
from bot.discord import markdown
from bot.discord.layout import (
    FOUND,
    MISSED,
    NEUTRAL,
    TEXT_LIMIT,
    button,
    card,
    fitting,
    host,
    line,
    link_button,
    rows,
    text,
    usable,
)
from bot.discord.markdown import escaped, length
from bot.discord.press import Press
from bot.discord.reading import page_of
from bot.excerpt import shortened
from bot.messages.catalogue import Messages
from bot.service.article_key import article_key
from bot.service.reception import Shown, Surroundings
from bot.wording import age, filter_words, searched_words, why_words
from retrieval.query import Query

QUESTION_SHOWN = 300
"""Characters of a question above its answer: three lines. It is no quote, so it may be cut."""
TITLE_SHOWN = 200
"""Characters of a title: every headline of the measured corpora but a handful."""
NAME_SHOWN = 60
"""Characters of a source's or an author's name."""
COPIES_SHOWN = 3
"""Other articles with the same words that are named; the others are counted."""
LEAST = 80
"""What of a quote must at least fit for it to be shown: shorter, it says too little, and More shows it."""

Item = ui.Item[ui.LayoutView]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where an answer is shown: what is said above it and which buttons make sense under it.

    `question` is whether the question can't be seen otherwise; `asker` names who asked, for a question that
    others did not see. `thread` offers to go on in a thread, `shared` names who shows a private answer to
    all. `names` maps sources to how they are written.
    """

    question: bool = True
    asker: str = ""
    thread: bool = False
    shareable: bool = False
    shared: str = ""
    names: Mapping[str, str] | None = None


def answer_message(shown: Shown, say: Messages, frame: Frame) -> ui.LayoutView:
    """An answer, or that there is none, with all its buttons; of any text within Discord's limits."""
    record, result = shown.record, shown.result
    quotes = shown.quotes
    head = _head(shown, say, frame)
    foot = _foot(shown, say, frame)
    buttons = _buttons(shown, say, frame)
    room = TEXT_LIMIT - sum(length(part) for part in (*head, *foot))
    if isinstance(result, NoAnswer):
        body = _fitting_texts([_nearest(number, quote, say) for number, quote in enumerate(quotes, 1)], room)
        opens = _open_buttons(quotes[: len(body)], record.first, say)
    else:
        body = _quotes(quotes, record.first, say, record.query, room)
        opens = _open_buttons(quotes[: len(body)], record.first, say)
    items: list[Item] = [text(part) for part in head]
    for part in body:
        items += [line(), text(part)] if items else [text(part)]
    if foot:
        items += [line(), *(text(part) for part in foot)]
    filters = _filter_buttons(record.query, shown, say, frame)
    for group in (filters, opens, buttons):
        items += rows(group)
    return card(FOUND if isinstance(result, Answer) else MISSED, *items)


def _head(shown: Shown, say: Messages, frame: Frame) -> list[str]:
    record = shown.record
    parts = []
    if record.checked:
        parts.append(f"-# {say('checked')}")
    if frame.shared:
        parts.append(f"-# {say('shared-by', name=escaped(fitting(frame.shared, NAME_SHOWN)))}")
    elif frame.asker:
        parts.append(f"-# {say('asked-by', name=escaped(fitting(frame.asker, NAME_SHOWN)))}")
    if frame.question:
        parts.append(f"**{escaped(fitting(record.asked, QUESTION_SHOWN))}**")
    if not record.checked and _words(record.query.text) != _words(record.asked) and record.kept:
        words = escaped(fitting(record.query.text, QUESTION_SHOWN))
        parts.append(f"-# {say('understood', question=words)}")
    if isinstance(shown.result, NoAnswer):
        words = escaped(searched_words(record.searched, record.query, say, frame.names))
        parts.append(f"### {say('no-answer')}\n{words}")
        if shown.quotes:
            parts.append(f"-# {say('nearest')}")
    return ["\n".join(parts)] if parts else []


def _words(question: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in markdown.cleaned(question)).split()


def _foot(shown: Shown, say: Messages, frame: Frame) -> list[str]:
    parts = []
    if shown.gone:
        parts.append(say("gone", count=shown.gone))
    if isinstance(shown.result, Answer):
        filters = ", ".join(filter_words(shown.record.query, say, frame.names).values())
        if filters:
            parts.append(escaped(say("only", filters=fitting(filters, 2 * QUESTION_SHOWN))))
        parts.append(say("confidence", percent=round(100 * shown.result.confidence)))
    return [f"-# {' · '.join(parts)}"] if parts else []


def _quotes(quotes: Sequence[Quote], first: int, say: Messages, query: Query, room: int) -> list[str]:
    """Each quote's text, best first, shortened and then left out at the end where there is no room."""
    frames = [
        (_title(number, quote), _source(quote, say, query)) for number, quote in enumerate(quotes, first)
    ]
    for count in range(len(quotes), 0, -1):
        left = room - sum(length(title) + length(source) + 2 for title, source in frames[:count])
        if left < count * LEAST and count > 1:
            continue
        made = []
        for place, quote in enumerate(quotes[:count]):
            share = left // (count - place)
            fit = shortened(
                quote, share, lambda piece: length(markdown.quoted([(piece, True)])) + piece.count("\n") * 4
            )
            body = markdown.quoted(fit.marked()) if fit.text else ""
            left -= length(body)
            title, source = frames[place]
            cut = f" · {say('shortened')}" if fit.text != quote.text else ""
            if length(cut) > left:
                cut = ""
            left -= length(cut)
            made.append("\n".join(part for part in (title, body, f"{source}{cut}") if part))
        return made
    return []


def _fitting_texts(parts: Sequence[str], room: int) -> list[str]:
    fit: list[str] = []
    for part in parts:
        room -= length(part)
        if room < 0:
            break
        fit.append(part)
    return fit


def _nearest(number: int, quote: Quote, say: Messages) -> str:
    return f"{_title(number, quote)}\n{_source(quote, say, None)}"


def _title(number: int | None, quote: Quote) -> str:
    citation = quote.citation
    title = fitting(citation.title, TITLE_SHOWN)
    address = usable(citation.link, citation.url)
    shown = markdown.link(title, address) if address else escaped(title)
    return f"**{'' if number is None else f'{number} · '}{shown}**"


def _source(quote: Quote, say: Messages, query: Query | None) -> str:
    """Who published it and when, and who else has the same words, as small print."""
    citation = quote.citation
    parts = [escaped(fitting(citation.source, NAME_SHOWN))]
    if citation.author:
        parts.append(escaped(fitting(citation.author, NAME_SHOWN)))
    if citation.published:
        parts.append(
            f"{markdown.timestamp(citation.published, 'D')} ({markdown.timestamp(citation.published, 'R')})"
        )
        if query and citation.published > query.asked_at:
            parts.append(age(citation.published, query.asked_at, say))
    else:
        parts.append(say("undated"))
    if quote.also_in:
        names = [_copy(copy) for copy in quote.also_in[:COPIES_SHOWN]]
        if rest := len(quote.also_in) - len(names):
            names.append(f"+{rest}")
        parts.append(say("also-in", names=", ".join(names)))
    return f"-# {' · '.join(parts)}"


def _copy(copy: Citation) -> str:
    name = fitting(copy.source, NAME_SHOWN)
    address = usable("", copy.url)
    return markdown.link(name, address) if address and len(address) <= TITLE_SHOWN else escaped(name)


def _open_buttons(quotes: Sequence[Quote], first: int, say: Messages) -> list[ui.Button[ui.LayoutView]]:
    made = []
    for number, quote in enumerate(quotes, first):
        if address := usable(quote.citation.link, quote.citation.url):
            made.append(link_button(say("button-open", number=number, host=host(address)), address))
        else:
            # With the number, or two quotes of one page would give two buttons of one id.
            at = f"{page_of(quote)}-{number}"
            made.append(
                button(say("button-read", number=number), Press("read", article_key(quote.article), at))
            )
    return made


def _filter_buttons(
    query: Query, shown: Shown, say: Messages, frame: Frame
) -> list[ui.Button[ui.LayoutView]]:
    words = filter_words(query, say, frame.names)
    if not shown.record.sources:
        words.pop("sources", None)  # the community's choice, which is not the reader's to take away
    made = [
        button(
            say("button-without", filter=fitting(filtered, 50)),
            Press("widen", shown.record.id, name),
            emoji="✖️",
        )
        for name, filtered in words.items()
    ]
    if len(made) > 1:
        made.append(button(say("button-all"), Press("widen", shown.record.id, "filters")))
    return made


def _buttons(shown: Shown, say: Messages, frame: Frame) -> list[ui.Button[ui.LayoutView]]:
    answer_id = shown.record.id
    made = []
    if shown.quotes:
        if isinstance(shown.result, Answer):
            made.append(button(say("button-more"), Press("more", answer_id)))
        made += [
            button(say("button-context"), Press("context", answer_id, "1")),
            button(say("button-why"), Press("why", answer_id)),
        ]
    if frame.shareable:
        made.append(button(say("button-share"), Press("share", answer_id), ButtonStyle.primary))
    if frame.thread:
        made.append(button(say("button-thread"), Press("thread", answer_id)))
    votes = [
        button("", Press("up", answer_id), emoji="👍"),
        button("", Press("down", answer_id), emoji="👎"),
    ]
    if not shown.record.private:
        votes.append(button(say("button-dismiss"), Press("dismiss", answer_id)))
    return made + votes


def context_message(around: Surroundings, say: Messages) -> ui.LayoutView:
    """A quote in bold among the sentences around it, and buttons for the other quotes' surroundings."""
    quote = around.quote
    place = around.shown.record.first + around.number - 1
    title = f"### {say('context-title', number=place)}\n{_title(None, quote)}"
    source = _source(quote, say, around.shown.record.query)
    room = TEXT_LIMIT - length(title) - length(source) - 2
    pieces = [(around.before, False), (quote.text, True), (around.after, False)]
    body = markdown.quoted(pieces)
    if length(body) > room:
        pieces = [(around.before[-200:], False), (quote.text, True), (around.after[:200], False)]
        body = markdown.quoted(pieces)
    if length(body) > room:
        fit = shortened(
            quote, room, lambda piece: length(markdown.quoted([(piece, True)])) + piece.count("\n") * 4
        )
        body = markdown.quoted([(fit.text, True)])
    others = [
        button(
            str(around.shown.record.first + number - 1),
            Press("around", around.shown.record.id, str(number)),
            ButtonStyle.primary if number == around.number else ButtonStyle.secondary,
        )
        for number in range(1, len(around.shown.quotes) + 1)
    ]
    items: list[Item] = [text(title), text(body), text(source)]
    if len(others) > 1:
        items += rows(others)
    return card(NEUTRAL, *items)


def why_message(shown: Shown, say: Messages) -> ui.LayoutView:
    """Why each quote was chosen."""
    parts = [f"### {say('why-title')}"]
    for number, quote in enumerate(shown.quotes, shown.record.first):
        words = [why_words(quote, say)]
        if quote.citation.published:
            words.append(say("why-age", age=age(quote.citation.published, shown.record.query.asked_at, say)))
        if quote.also_in:
            words.append(say("why-copies", count=len(quote.also_in)))
        title = escaped(fitting(quote.citation.title, TITLE_SHOWN))
        parts.append(f"**{number} · {title}**\n{escaped(' '.join(words))}")
    return card(NEUTRAL, text("\n\n".join(_fitting_texts(parts, TEXT_LIMIT - 2 * len(parts)))))


def latest_message(quotes: Sequence[Quote], topic: str, say: Messages) -> ui.LayoutView:
    """The newest articles, each with its beginning."""
    title = (
        say("latest-topic", topic=escaped(fitting(topic, QUESTION_SHOWN))) if topic else say("latest-title")
    )
    items: list[Item] = [text(f"### {title}")]
    if not quotes:
        return card(MISSED, *items, text(say("latest-none")))
    parts = [
        "\n".join(
            part
            for part in (_title(None, quote), markdown.quoted(quote.marked()), _source(quote, say, None))
            if part
        )
        for quote in quotes
        if quote.verbatim
    ]
    for part in _fitting_texts(parts, TEXT_LIMIT - length(title) - 4):
        items += [line(), text(part)]
    return card(NEUTRAL, *items)
