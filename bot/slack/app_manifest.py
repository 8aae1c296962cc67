"""The manifest of the Slack app."""

import re
from functools import cache
from typing import Any

import yaml

from bot.actions.command_table import COMMANDS, Policy
from bot.messages.catalogue import messages_for

_HINTS = {
    "ask": "[question] source:NAME since:last-week until:2026-01-14 private:yes",
    "watch": "[question] source:NAME private:yes digest:yes daily:3 quiet:22-7 zone:Asia/Seoul",
    "latest": "[topic] [all:yes]",
    "article": "title or id",
}
"""Usage hints of the commands that have options."""
SCOPES = {
    "commands": "the commands above",
    "chat:write": "answering",
    "chat:write.public": "answering a command in a public channel that the bot has not joined",
    "app_mentions:read": "being asked by name",
    "channels:history": "follow-ups in a thread without a second mention, and channels where all is answered",
    "groups:history": "the same in private channels that the bot was invited to",
    "mpim:history": "the same in group messages",
    "im:history": "being asked directly",
    "im:write": "progress of a reload, and telling somebody that their channel is closed to the bot",
    "users:read": "a person's name, language and zone, and whether they administer the workspace",
    "usergroups:read": "groups that were chosen to administer",
    "files:read": "a file that is added to the corpus",
    "files:write": "the list of a reload's problems",
    "assistant:write": "prompts in the bot's messages, and the assistant's pane",
}
"""The OAuth scopes, and what each is needed for."""
EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "tokens_revoked",
)
SHARED_EVENTS = ("team_access_revoked",)
"""Additional events of an app that workspaces and enterprises install by OAuth."""
REDIRECT = "/slack/oauth_redirect"
"""The path to which Slack redirects people who allowed the app, below the address of the install pages."""
ASSISTANT_EVENTS = ("assistant_thread_context_changed", "assistant_thread_started")
"""Events of Slack's older messaging experience for agents only."""
PURPOSE = "Answers questions about the news with the exact words of articles, each quote cited."
ABOUT = "Ask about the news; answers are exact quotes, each cited."
SHORTCUTS = (
    ("Check against the news", "message", "check_news", "Find what the news says about a message"),
    ("Add to the corpus", "message", "add_file", "Take in the message's file, for administrators"),
    ("Ask the news", "global", "ask_news", "Ask with source and dates"),
)


@cache
def slash_commands() -> dict[str, tuple[str, str]]:
    """The slash commands with their description and usage hint: those for everybody in the table of all
    platforms, and two that group the others."""
    messages = messages_for("en", "slack")
    return {
        command.name: (messages(f"describe-{command.name}"), _HINTS.get(command.name, ""))
        for command in COMMANDS.values()
        if command.policy is Policy.EVERYBODY and not command.on_message and command.name != "help"
    } | {
        "corpus": (
            "Look after the articles, for administrators",
            "status | reload | rollback | history | audit | add ADDRESS | remove ID | restore ID",
        ),
        "newsdesk": ("Help, and the settings", "settings | settings channel"),
    }


def manifest(
    *, prefix: str = "", address: str = "", assistant: bool = False, oauth: str = ""
) -> dict[str, Any]:
    """The manifest as Slack reads it.

    With an `address`, Slack sends requests there; otherwise everything uses Socket Mode. `assistant` selects
    Slack's older messaging experience for agents, which only apps made before July 2026 can have. `oauth` is
    the address of the pages on which any workspace, or a whole enterprise, installs the app; its tokens then
    expire.
    """
    redirects = {"redirect_urls": [f"{oauth.rstrip('/')}{REDIRECT}"]} if oauth else {}
    shared = SHARED_EVENTS if oauth else ()
    url = {"url": address} if address else {}
    request = {"request_url": address} if address else {}
    menus = {"message_menu_options_url": address} if address else {}
    view = (
        {"assistant_view": {"assistant_description": ABOUT}}
        if assistant
        else {"agent_view": {"agent_description": ABOUT}}
    )
    return {
        "display_information": {
            "name": "Newsdesk",
            "description": PURPOSE,
            "background_color": "#1f4d3a",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Newsdesk", "always_online": True},
            **view,
            "shortcuts": [
                {"name": name, "type": kind, "callback_id": call, "description": about}
                for name, kind, call, about in SHORTCUTS
            ],
            "slash_commands": [
                {"command": f"/{prefix}{name}", **url, "description": about}
                | ({"usage_hint": hint} if hint else {})
                for name, (about, hint) in slash_commands().items()
            ],
        },
        "oauth_config": {**redirects, "scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {
                **request,
                "bot_events": sorted([*EVENTS, *shared, *(ASSISTANT_EVENTS if assistant else ())]),
            },
            "interactivity": {"is_enabled": True, **request, **menus},
            "org_deploy_enabled": bool(oauth),
            "socket_mode_enabled": not address,
            "token_rotation_enabled": bool(oauth),
        },
    }


def manifest_text(*, prefix: str = "", address: str = "", assistant: bool = False, oauth: str = "") -> str:
    """The manifest as YAML, with a comment that gives the reason for each scope."""
    made = manifest(prefix=prefix, address=address, assistant=assistant, oauth=oauth)
    text = yaml.safe_dump(made, sort_keys=False, width=1000)
    for scope, reason in SCOPES.items():
        text = re.sub(rf"^( +- {re.escape(scope)})$", rf"\1 # {reason}", text, flags=re.MULTILINE)
    return (
        '# The Slack app, to be pasted at api.slack.com/apps under "Create New App", "From a manifest".\n'
        "# Made by `newsdesk manifest`, which says more with --help.\n"
        f"{text}"
    )
