"""All teams, people, groups, channels, messages and files, with access checks."""

from bisect import bisect_right, insort
from collections.abc import Iterable
from dataclasses import replace

from tools.local_slack.model.app import App
from tools.local_slack.model.clock import Clock
from tools.local_slack.model.entities import Channel, File, Group, Message, Team, User
from tools.local_slack.rules.errors import Refused

APP_NAME = "Newsdesk"


class World:
    """Builders and look-ups. A look-up of something unknown raises Slack's error."""

    def __init__(self, clock: Clock, app: App) -> None:
        self.clock = clock
        self.app = app
        """The app's configuration, which may be replaced."""
        self.history_allowed = False
        """Whether messages may be read; otherwise reading is always rate-limited."""
        self.app_id = clock.new_id("A")
        self.teams: dict[str, Team] = {}
        self.users: dict[str, User] = {}
        self.groups: dict[str, Group] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, Message] = {}
        """The messages by timestamp, which is unique."""
        self._in_channel: dict[str, list[str]] = {}
        self.files: dict[str, File] = {}
        self.contents: dict[str, bytes] = {}
        """The contents of the files."""

    # Builders

    def add_team(
        self, name: str, domain: str, *, enterprise_id: str | None = None, installed: bool = True
    ) -> Team:
        """Add a workspace, with the app's bot if it is `installed`."""
        team = Team(self.clock.new_id("T"), name, domain, enterprise_id)
        self.teams[team.id] = team
        return self.install(team) if installed else team

    def install(self, team: Team) -> Team:
        """Install the app in a workspace, with a bot that is in no channel yet."""
        bot_id = self.clock.new_id("B")
        bot = self._keep_user(
            User(self.clock.new_id("U"), team.id, APP_NAME.lower(), APP_NAME, bot_id=bot_id)
        )
        return self.join(team, bot)

    def join(self, team: Team, bot: User) -> Team:
        """Set the app's bot in a workspace, which may be the same one in all workspaces of an enterprise."""
        made = self.teams[team.id] = replace(self.teams[team.id], bot_id=bot.bot_id, bot_user_id=bot.id)
        return made

    def invite_bot(self, channel: Channel, team: Team | None = None) -> Channel:
        """Add the bot of a team, by default the channel's own, to a channel."""
        bot = self.bot(team.id if team else channel.team_id)
        kept = self.channels[channel.id]
        return self.keep_channel(replace(kept, member_ids=kept.member_ids | {bot.id}))

    def add_user(
        self,
        team: Team,
        name: str,
        *,
        locale: str = "en-US",
        zone: str = "Europe/London",
        admin: bool = False,
        owner: bool = False,
    ) -> User:
        """Add a person; an owner is also an administrator."""
        handle = name.lower().replace(" ", ".")
        return self._keep_user(
            User(self.clock.new_id("U"), team.id, handle, name, locale, zone, admin or owner, owner)
        )

    def add_group(self, team: Team, name: str, *users: User) -> Group:
        handle = name.lower().replace(" ", "-")
        group = Group(self.clock.new_id("S"), team.id, name, handle, tuple(user.id for user in users))
        self.groups[group.id] = group
        return group

    def add_channel(
        self,
        team: Team,
        name: str,
        users: Iterable[User],
        *,
        bot_inside: bool = True,
        private: bool = False,
        bot_may_post: bool = True,
        shared_with: tuple[Team, ...] = (),
    ) -> Channel:
        """Add a channel with these people and, if `bot_inside`, the bot."""
        members = {user.id for user in users}
        if bot_inside and team.bot_user_id:
            members.add(team.bot_user_id)
        return self.keep_channel(
            Channel(
                self.clock.new_id("C"),
                team.id,
                name,
                private,
                member_ids=frozenset(members),
                shared_with=tuple(one.id for one in shared_with),
                bot_may_post=bot_may_post,
            )
        )

    def dm(self, user: User) -> Channel:
        """The direct messages of a person with the bot of the person's team."""
        for channel in self.channels.values():
            if channel.user_id == user.id:
                return channel
        members = frozenset({user.id, self.bot(user.team_id).id})
        return self.keep_channel(
            Channel(self.clock.new_id("D"), user.team_id, user_id=user.id, member_ids=members)
        )

    def between(self, *users: User) -> Channel:
        """The direct messages of these users, two or a group; one may be the bot."""
        for channel in self.channels.values():
            if channel.people and channel.member_ids == {user.id for user in users}:
                return channel
        two = len(users) == 2
        name = "" if two else f"mpdm-{'--'.join(user.name for user in users)}-1"
        return self.keep_channel(
            Channel(
                self.clock.new_id("D" if two else "C"),
                users[0].team_id,
                name,
                member_ids=frozenset(user.id for user in users),
                people=True,
            )
        )

    def add_file(self, user: User, name: str, content: bytes, mimetype: str, title: str = "") -> File:
        """Add a file, which the server serves from now on to those who may read it."""
        file = File(
            self.clock.new_id("F"),
            user.team_id,
            user.id,
            name,
            title or name,
            mimetype,
            len(content),
        )
        self.files[file.id] = file
        self.contents[file.id] = content
        return file

    def keep_channel(self, channel: Channel) -> Channel:
        """Store a channel, in place of its earlier state."""
        self.channels[channel.id] = channel
        return channel

    def keep_message(self, message: Message) -> Message:
        """Store a message, in place of its earlier state."""
        if message.ts not in self.messages:
            insort(self._in_channel.setdefault(message.channel_id, []), message.ts)
        self.messages[message.ts] = message
        return message

    def drop_message(self, message: Message) -> None:
        """Delete a message."""
        del self.messages[message.ts]
        self._in_channel[message.channel_id].remove(message.ts)

    def _keep_user(self, user: User) -> User:
        self.users[user.id] = user
        return user

    # Look-ups

    def bot(self, team_id: str) -> User:
        """The app's bot in a team, in which the app must be installed."""
        bot_id = self.teams[team_id].bot_user_id
        assert bot_id is not None
        return self.users[bot_id]

    def seen_team(self, channel: Channel) -> Team:
        """The team whose installation gets the events of a channel: the last of the teams that share it and
        have a bot there, as in Slack, whichever team's bot was mentioned."""
        teams = (self.teams[one] for one in reversed((channel.team_id, *channel.shared_with)))
        return next(
            (team for team in teams if team.bot_user_id in channel.member_ids), self.teams[channel.team_id]
        )

    def is_inside(self, channel: Channel, team: Team) -> bool:
        """Whether a team's bot is in a channel."""
        return team.bot_user_id in channel.member_ids

    def channel(self, channel_id: str, team: Team) -> Channel:
        """A channel that a team's bot may know of; a person's id means the direct messages with them."""
        if channel_id in self.users and not self.users[channel_id].bot:
            return self.dm(self.users[channel_id])
        channel = self.channels.get(channel_id)
        if channel is None or team.id not in (channel.team_id, *channel.shared_with):
            raise Refused("channel_not_found")
        hidden = channel.private or channel.people or channel.direct
        if hidden and not self.is_inside(channel, team):
            raise Refused("channel_not_found")
        return channel

    def member_channel(self, channel_id: str, team: Team) -> Channel:
        """A channel of which a team's bot is a member."""
        channel = self.channel(channel_id, team)
        if not self.is_inside(channel, team):
            raise Refused("not_in_channel")
        return channel

    def user(self, user_id: str, team: Team) -> User:
        """A person whom a team's bot may know of: from its team or from a shared channel."""
        user = self.users.get(user_id)
        if user is None:
            raise Refused("user_not_found")
        met = any(
            user_id in channel.member_ids and team.id in (channel.team_id, *channel.shared_with)
            for channel in self.channels.values()
        )
        if user.team_id != team.id and not met:
            raise Refused("user_not_visible")
        return user

    def message(self, channel: Channel, ts: str) -> Message:
        """A message of the channel, but not an ephemeral one."""
        message = self.messages.get(ts)
        if message is None or message.channel_id != channel.id or message.ephemeral:
            raise Refused("message_not_found")
        return message

    def messages_in(self, channel_id: str, after: str = "") -> list[Message]:
        """The messages of a channel after the timestamp `after`, including ephemeral ones, oldest first."""
        stamps = self._in_channel.get(channel_id, [])
        return [self.messages[ts] for ts in stamps[bisect_right(stamps, after) :]]

    def thread(self, message: Message) -> list[Message]:
        """The parent message of a thread and its replies, oldest first, without ephemeral ones."""
        return [
            one
            for one in self.messages_in(message.channel_id)
            if one.root_ts == message.root_ts and not one.ephemeral
        ]
