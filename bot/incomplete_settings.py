"""Advice on settings that do nothing, because another one is missing or names what is not there."""

from collections.abc import Collection, Iterator

from bot.settings import NAMES, Settings


def incomplete_settings(settings: Settings) -> Iterator[str]:
    """One line for each platform that is only set up in part."""
    received = settings.slack_app_token or settings.slack_signing_secret
    sent = settings.slack_bot_token or settings.slack_oauth
    if sent and not received:
        token = "SLACK_BOT_TOKEN" if settings.slack_bot_token else NAMES["slack_client_id"]
        yield f"{token} is set, but neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET: not on Slack"
    if received and not sent:
        name = "SLACK_APP_TOKEN" if settings.slack_app_token else "SLACK_SIGNING_SECRET"
        yield f"{name} is set, but not SLACK_BOT_TOKEN: not on Slack"
    if bool(settings.slack_client_id) != bool(settings.slack_client_secret):
        yield (
            f"of {NAMES['slack_client_id']} and {NAMES['slack_client_secret']} only one is set: no workspace "
            "can install the app"
        )


def absent_collections(settings: Settings, known: Collection[str]) -> Iterator[str]:
    """One line for each collection that is to be searched but is not among the `known` ones."""
    for name in settings.collections:
        if name not in known:
            there = f"there are {', '.join(sorted(known))}" if known else "there are none yet"
            yield f"{NAMES['collections']} names {name}, which is no collection: {there}"
