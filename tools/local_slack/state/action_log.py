"""A log of people's actions, with which the bot's messages are matched to the actions that they answer."""

from bisect import bisect_right, insort

from tools.local_slack.model.entities import Message

EVERYONE = ""
NO_THREAD = ""


class ActionLog:
    """The timestamps of actions, by channel, thread and person."""

    def __init__(self) -> None:
        self._began: dict[tuple[str, str, str], list[str]] = {}

    def begin(self, ts: str, user_id: str, channel_id: str, *threads: str) -> None:
        """Record that a person began an action at `ts` in these threads; `NO_THREAD` means the channel."""
        for thread in threads:
            for who in (EVERYONE, user_id):
                insort(self._began.setdefault((channel_id, thread, who), []), ts)

    def owns(self, ts: str, message: Message) -> bool:
        """Whether the action at `ts` is the latest one before a message in its thread; for an ephemeral
        message, only actions of its viewer count."""
        who = message.viewer_id or EVERYONE
        began = self._began.get((message.channel_id, message.thread_ts or NO_THREAD, who), [])
        place = bisect_right(began, message.ts)
        return place > 0 and began[place - 1] == ts
