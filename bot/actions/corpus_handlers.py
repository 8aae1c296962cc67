"""The handlers of `/corpus`; `CorpusEditor` and `CorpusOverview` check permissions at each use."""

from bot.actions.call import Call, CommandCall, Upload
from bot.actions.corpus_changes import run_change, run_plan
from bot.cards.administration.reports import audit_card, history_card, status_card
from bot.cards.card import Card
from bot.cards.notices import notice
from bot.chat.refusal import Refusal
from bot.community_admin.audit_log import AdminAction
from bot.community_admin.change_progress import ChangeProgress
from bot.corpus_admin.reload import ReloadReport
from bot.corpus_admin.uploads import UPLOAD_LIMIT
from corpus.errors import WrongCall
from corpus.lazy_pattern import lazy_pattern
from corpus.readers.parsing.reading_options import ReadingOptions, read_pairs

MEGABYTE = 1024 * 1024
_BETWEEN_PAIRS = lazy_pattern(r"[,;，、；\n]")
"""Separators between pairs of field names, in each writing system; no field's name contains them."""


async def status(call: Call) -> Card:
    """What is served, and from which sources."""
    request = call.request
    row = await call.service.corpus_overview.status(request.caller)
    return status_card(row, request.messages, request.canvas)


async def history(call: CommandCall) -> Card:
    """The history of the corpus."""
    request = call.request
    events = await call.service.corpus_overview.history(request.caller)
    return history_card(events, request.messages, request.canvas)


async def audit(call: CommandCall) -> Card:
    """The audit log: the acts that were done, or those that were refused."""
    request, refused = call.request, call.arguments.flag("refused")
    acts = await call.service.corpus_overview.audit(request.caller, refused=refused)
    return audit_card(acts, request.messages, request.canvas, refused=refused)


async def roll_back(call: CommandCall) -> Card:
    """Serve the generation before the last change of a collection."""
    request, name = call.request, _collection(call)
    generation = await call.service.corpus_editor.roll_back(request.caller, name)
    return notice(request.messages("rolled-back", name=name, generation=generation))


async def plan(call: CommandCall) -> Card:
    """What a reload would change, with a button for it."""
    request = call.request
    return await run_plan(call, lambda progress: call.service.corpus_editor.plan(request.caller, progress))


async def add(call: CommandCall) -> Card:
    """Add an address or a file."""
    caller, name = call.request.caller, _collection(call)
    url, file, corpus_editor = call.arguments.text("url"), call.arguments.file, call.service.corpus_editor

    async def change(progress: ChangeProgress) -> ReloadReport:
        options = _said(call)
        if file is not None and not url:
            data = await _received(call, file, name)
            return await corpus_editor.add_upload(caller, name, file.name, data, progress, options)
        if url and file is None:
            return await corpus_editor.add_address(caller, name, url, progress, options)
        raise Refusal("give-one")

    return await run_change(call, change)


def _said(call: CommandCall) -> ReadingOptions:
    """The reading options of the source, as in `newsdesk corpus add`. Raises WrongCall for an invalid one."""
    texts = call.arguments.texts
    pairs = [pair for pair in _BETWEEN_PAIRS.split(texts.get("fields", "")) if pair.strip()]
    try:
        return ReadingOptions.from_row({**texts, "fields": read_pairs(pairs)})
    except ValueError as error:
        raise WrongCall(str(error)) from error


async def _received(call: CommandCall, file: Upload, collection: str) -> bytes:
    """The content of the file; rights are checked before anything is requested."""
    detail = {"what": file.name, "collection": collection}
    await call.service.admin_rights.check(AdminAction(call.request.caller, "add", detail))
    size = await file.size()
    if size is not None and size > UPLOAD_LIMIT:
        raise Refusal("too-large", size=round(size / MEGABYTE, 1), limit=UPLOAD_LIMIT // MEGABYTE)
    with call.service.corpus_editor.receiving(call.request.venue):
        return await file.read()


async def remove(call: CommandCall) -> Card:
    """Remove an article or a source."""
    caller = call.request.caller
    corpus_editor, forgetting = call.service.corpus_editor, call.arguments.flag("forget")
    governed = call.service.admin_rights.governed(caller.venue)
    name, target = _named(call.arguments.text("target"), governed, _collection(call))
    return await run_change(
        call,
        lambda progress: corpus_editor.remove(caller, name, target, progress, forgetting=forgetting),
    )


async def restore(call: CommandCall) -> Card:
    """Restore a removed article."""
    caller, name = call.request.caller, _collection(call)
    article = call.arguments.text("article")
    return await run_change(
        call,
        lambda progress: call.service.corpus_editor.restore(caller, name, article, progress),
    )


def _collection(call: CommandCall) -> str:
    """The named collection, or else the community's."""
    named = call.arguments.text("collection")
    return named or call.service.admin_rights.collection_for(call.request.venue)


def _named(target: str, governed: tuple[str, ...], collection: str) -> tuple[str, str]:
    """The collection and the target in it; a target from a completion has its collection before it."""
    for name in governed:
        if target.startswith(f"{name}:"):
            return name, target.removeprefix(f"{name}:")
    return collection, target
