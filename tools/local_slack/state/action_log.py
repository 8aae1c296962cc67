"""What people began where and when: by it a message of the bot's is matched to the action it answers."""

from bisect import bisect_right, insort

from tools.local_slack.model.entities import Message

EVERYONE = ""
NO_THREAD = ""


class ActionLog:
    """Timestamps of what people began, by channel, thread and person."""

    def __init__(self) -> None:
        self._began: dict[tuple[str, str, str], list[str]] = {}

    def begin(self, ts: str, user_id: str, channel_id: str, *threads: str) -> None:
        """A person began something at `ts`, in these threads; `NO_THREAD` is the channel itself."""
        for thread in threads:
            for who in (EVERYONE, user_id):
                insort(self._began.setdefault((channel_id, thread, who), []), ts)

    def owns(self, ts: str, message: Message) -> bool:
        """Whether what began at `ts` is the latest before a message, where it stands: of what its viewer
        began, for an ephemeral one."""
        who = message.viewer_id or EVERYONE
        began = self._began.get((message.channel_id, message.thread_ts or NO_THREAD, who), [])
        place = bisect_right(began, message.ts)
        return place > 0 and began[place - 1] == ts
