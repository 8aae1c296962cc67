"""Methods that upload files, and the routes for uploads and downloads."""

from dataclasses import replace

from aiohttp import web

from tools.local_slack.api.methods import Call, method
from tools.local_slack.model.entities import File, Payload
from tools.local_slack.rules.errors import Problem, Refused, invalid_arguments
from tools.local_slack.state import posting
from tools.local_slack.state.payloads import file_payload
from tools.local_slack.state.requests import DOWNLOAD, UPLOAD
from tools.local_slack.state.state import State

SIGN_IN = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to see it.</body></html>"
"""The response to a request for a file without a token: a page with status 200."""


@method("files.getUploadURLExternal", "files:write", "filename! length!:number")
def get_upload_url(state: State, call: Call) -> Payload:
    if call.arguments["length"] < 1:
        raise invalid_arguments([Problem(("length",), "must be more than 0")])
    bot = state.world.bot(call.team.id)
    file = state.world.add_file(bot, call.text("filename"), b"", "application/octet-stream")
    state.world.files[file.id] = replace(file, size=call.arguments["length"])
    secret = state.clock.new_secret()
    state.uploads[secret] = file.id
    return {"upload_url": f"{state.base}/upload/v1/{secret}", "file_id": file.id}


@method(
    "files.completeUploadExternal",
    "files:write",
    "files!:json channel_id! thread_ts",
)
def complete(state: State, call: Call) -> Payload:
    given = call.arguments["files"]
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) for one in given):
        raise invalid_arguments([Problem(("files",), "must provide an array of objects with an id")])
    channel = state.world.member_channel(call.text("channel_id"), call.team)
    files = tuple(_uploaded(state, one) for one in given)
    state.world.files |= {file.id: file for file in files}
    message = posting.bot_message(
        state,
        channel,
        call.team,
        files=files,
        thread_ts=call.text("thread_ts") or None,
        source=call.method.name,
    )
    posting.post(state, message)
    return {"files": [file_payload(state.base, file) for file in files]}


def _uploaded(state: State, given: Payload) -> File:
    file = state.world.files.get(str(given.get("id")))
    if file is None:
        raise Refused("file_not_found")
    if len(state.world.contents[file.id]) != file.size:
        raise Refused("file_upload_not_complete")
    return replace(file, title=given.get("title") or file.name)


@method("files.info", "files:read", "file!")
def info(state: State, call: Call) -> Payload:
    file = state.world.files.get(call.text("file"))
    if file is None:
        raise Refused("file_not_found")
    return {"file": file_payload(state.base, file, info=True), "comments": []}


async def take_upload(state: State, request: web.Request) -> web.Response:
    """Receive the bytes sent to an address from files.getUploadURLExternal."""
    file_id = state.uploads.get(request.match_info["secret"])
    content = await request.read()
    problems = []
    if file_id is None:
        problems.append(Problem((), "there is no such address"))
    elif len(content) != state.world.files[file_id].size:
        problems.append(Problem((), f"{len(content)} bytes were sent where another length was announced"))
    status = 404 if file_id is None else 200
    error = None if status == 200 else "invalid_url"
    state.record(UPLOAD, {"bytes": len(content)}, status, error, problems)
    if file_id is not None:
        state.world.contents[file_id] = content
    return web.Response(status=status, text=f"OK - {len(content)}" if error is None else error)


async def give_file(state: State, request: web.Request) -> web.Response:
    """Send a file's content to a bot that may read it, and the sign-in page to anyone else."""
    file = state.world.files.get(request.match_info["file"].rpartition("-")[2])
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    known = token in state.tokens or token in state.enterprise_tokens
    admitted = scheme == "Bearer" and known and token not in state.revoked
    problem = None
    if not admitted:
        problem = "a file was asked for without a token"
    elif "files:read" not in state.world.app.scopes:
        problem = "a file was asked for without the scope files:read"
    error = "not_found" if file is None else "sign_in" if problem else None
    status = 404 if file is None else 200
    problems = [Problem((), problem)] if problem else []
    state.record(DOWNLOAD, {"file": request.match_info["file"]}, status, error, problems)
    if file is None:
        return web.Response(status=404, text="no such file")
    if file.redirect:
        return web.Response(status=302, headers={"Location": file.redirect})
    if problem:
        return web.Response(text=SIGN_IN, content_type="text/html")
    return web.Response(body=state.world.contents[file.id], content_type=file.mimetype)
