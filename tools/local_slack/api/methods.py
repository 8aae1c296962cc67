"""The methods of the Web API that the server speaks: their arguments, and the scopes that they need."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "flag", "number", "json"]
KINDS: Mapping[str, Kind] = {"": "text", "flag": "flag", "number": "number", "json": "json"}

BY_CHANNEL_HISTORY = "{channel}:history"
CHANNEL_SCOPES = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
"""The first part of a scope, by the kind of channel."""


@dataclass(frozen=True, slots=True)
class Argument:
    """`json` is given as an object or a list, or as a text that is JSON."""

    kind: Kind
    required: bool


@dataclass(frozen=True, slots=True)
class Method:
    """`scopes` are those of which one is enough; `{channel}` stands for the kind of the channel it is about.

    `token` is the kind of token that it takes: a bot's (xoxb) or the app's own (xapp).
    """

    name: str
    arguments: Mapping[str, Argument]
    scopes: tuple[str, ...]
    token: Literal["xoxb", "xapp"] = "xoxb"

    @property
    def required(self) -> list[str]:
        return [name for name, argument in self.arguments.items() if argument.required]


def _arguments(words: str) -> dict[str, Argument]:
    """Arguments from `name`, `name!` (required), `name:kind` or `name!:kind`."""
    arguments: dict[str, Argument] = {}
    for word in words.split():
        name, _, kind = word.partition(":")
        arguments[name.removesuffix("!")] = Argument(KINDS[kind], name.endswith("!"))
    return arguments


_AUTHORSHIP = "as_user:flag icon_emoji icon_url username"
_SAID = "text markdown_text blocks:json attachments:json parse link_names:flag"
_PAGE = "cursor limit:number"

_ROWS: tuple[tuple[str, str, str], ...] = (
    ("auth.test", "", ""),
    (
        "chat.postMessage",
        "chat:write",
        f"channel! {_SAID} {_AUTHORSHIP} thread_ts reply_broadcast:flag unfurl_links:flag unfurl_media:flag "
        "mrkdwn:flag metadata:json container_id",
    ),
    ("chat.postEphemeral", "chat:write", f"channel! user! {_SAID} {_AUTHORSHIP} thread_ts"),
    (
        "chat.update",
        "chat:write",
        f"channel! ts! {_SAID} as_user:flag file_ids:json reply_broadcast:flag metadata:json",
    ),
    ("chat.delete", "chat:write", "channel! ts! as_user:flag"),
    ("conversations.open", "im:write", "channel users return_im:flag prevent_creation:flag"),
    (
        "conversations.replies",
        BY_CHANNEL_HISTORY,
        f"channel! ts! {_PAGE} inclusive:flag include_all_metadata:flag latest oldest",
    ),
    ("users.info", "users:read", "user! include_locale:flag"),
    (
        "usergroups.list",
        "usergroups:read",
        "include_count:flag include_disabled:flag include_users:flag team_id",
    ),
    ("views.open", "", "trigger_id interactivity_pointer view!:json"),
    ("views.publish", "", "user_id! hash view!:json"),
    (
        "assistant.threads.setStatus",
        "chat:write assistant:write",
        "channel_id! thread_ts! status! loading_messages:json icon_emoji icon_url username",
    ),
    (
        "assistant.threads.setSuggestedPrompts",
        "assistant:write",
        "channel_id! thread_ts title prompts!:json",
    ),
    ("assistant.threads.setTitle", "assistant:write", "channel_id! thread_ts! title!"),
    ("files.getUploadURLExternal", "files:write", "filename! length!:number alt_txt snippet_type"),
    (
        "files.completeUploadExternal",
        "files:write",
        "files!:json channel_id channels initial_comment blocks:json thread_ts",
    ),
    ("files.info", "files:read", "file! count:number cursor limit:number page:number"),
)

METHODS: Mapping[str, Method] = {
    **{name: Method(name, _arguments(words), tuple(scopes.split())) for name, scopes, words in _ROWS},
    "apps.connections.open": Method("apps.connections.open", {}, ("connections:write",), token="xapp"),
}
