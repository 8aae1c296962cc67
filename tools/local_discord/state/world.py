"""All users, guilds, channels, messages and files, and their permissions."""

from dataclasses import replace

from tools.local_discord.model.clock import Clock
from tools.local_discord.model.entities import (
    Attachment,
    Channel,
    ChannelType,
    Guild,
    Member,
    Message,
    Role,
    User,
)
from tools.local_discord.model.permissions import (
    DIRECT,
    NOTHING,
    ORDINARY,
    Overwrite,
    Permission,
    channel_permissions,
    guild_permissions,
)
from tools.local_discord.rules.errors import (
    missing_access,
    missing_permissions,
    unknown,
)


class World:
    """Builders, look-ups and permissions. A look-up of something unknown raises Discord's error."""

    def __init__(self, clock: Clock, cdn: str) -> None:
        """`cdn` is the address below which files are served."""
        self.clock = clock
        self._cdn = cdn
        self.bot = User(clock.new_id(), "Newsdesk", bot=True)
        self.application_id = clock.new_id()
        self.users: dict[str, User] = {self.bot.id: self.bot}
        self.guilds: dict[str, Guild] = {}
        self.roles: dict[str, dict[str, Role]] = {}
        self.members: dict[str, dict[str, Member]] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, Message] = {}
        self.files: dict[str, bytes] = {}
        self.installed_by: set[str] = set()
        """The users who have installed the application for themselves."""
        self.more_guilds = 0
        """A number that is added to the bot's reported number of guilds."""

    # Builders

    def add_user(self, name: str, *, locale: str = "en-US", takes_dms: bool = True) -> User:
        user = User(self.clock.new_id(), name, locale, takes_dms=takes_dms)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, *, owner: User, locale: str = "en-US", bot_inside: bool = True) -> Guild:
        """Add a guild with its owner and, if `bot_inside`, the bot. The @everyone role has the guild's id."""
        guild = Guild(self.clock.new_id(), name, owner.id, locale, bot_inside)
        self.guilds[guild.id] = guild
        self.roles[guild.id] = {guild.id: Role(guild.id, "@everyone", ORDINARY, position=0)}
        self.members[guild.id] = {}
        self.join(guild, owner)
        if bot_inside:
            self.join(guild, self.bot)
        return guild

    def add_role(
        self, guild: Guild, name: str, permissions: Permission = NOTHING, *, mentionable: bool = False
    ) -> Role:
        role = Role(self.clock.new_id(), name, permissions, mentionable, len(self.roles[guild.id]))
        self.roles[guild.id][role.id] = role
        return role

    def add_own_role(self, guild: Guild) -> Role:
        """Add the role that Discord creates for a bot that is invited with permissions."""
        role = self.add_role(guild, self.bot.name)
        role = self.roles[guild.id][role.id] = replace(role, bot_id=self.bot.id)
        self.join(guild, self.bot, role)
        return role

    def join(self, guild: Guild, user: User, *roles: Role) -> Member:
        """Add a user as a member with these roles, or replace the roles of a member."""
        role_ids = tuple(role.id for role in roles)
        member = Member(user, guild.id, role_ids, self.clock.now())
        self.members[guild.id][user.id] = member
        return member

    def add_channel(self, guild: Guild, name: str, *overwrites: Overwrite) -> Channel:
        position = sum(channel.guild_id == guild.id for channel in self.channels.values())
        channel = Channel(
            self.clock.new_id(),
            ChannelType.TEXT,
            name,
            guild.id,
            overwrites=overwrites,
            position=position,
            created=self.clock.now(),
        )
        return self.keep_channel(channel)

    def bot_denied(self, denied: Permission) -> Overwrite:
        """The overwrite that denies the bot permissions in a channel."""
        return Overwrite(self.bot.id, is_role=False, deny=denied)

    def dm(self, user: User) -> Channel:
        """The channel of the bot's direct messages with a user."""
        return self.private_channel(self.bot, user)

    def private_channel(self, *users: User) -> Channel:
        """The channel of direct messages between these users, two or a group."""
        for channel in self.channels.values():
            if channel.guild_id is None and set(channel.recipients) == set(users):
                return channel
        kind = ChannelType.DM if len(users) == 2 else ChannelType.GROUP_DM
        channel = Channel(self.clock.new_id(), kind, "", recipients=users, created=self.clock.now())
        return self.keep_channel(channel)

    def add_file(
        self,
        channel: Channel,
        filename: str,
        content: bytes,
        content_type: str | None,
        description: str | None = None,
        *,
        ephemeral: bool = False,
    ) -> Attachment:
        """Add a file, which the server serves from now on."""
        file_id = self.clock.new_id()
        url = f"{self._cdn}/attachments/{channel.id}/{file_id}/{filename}"
        self.files[file_id] = content
        return Attachment(file_id, filename, len(content), content_type, url, description, ephemeral)

    def keep_channel(self, channel: Channel) -> Channel:
        """Store a channel, in place of its earlier state."""
        self.channels[channel.id] = channel
        return channel

    def forget_channel(self, channel: Channel) -> None:
        """Delete a channel with its messages."""
        del self.channels[channel.id]
        for message in self.messages_in(channel.id):
            del self.messages[message.id]

    def keep_message(self, message: Message) -> Message:
        """Store a message, in place of its earlier state; this reopens an archived thread."""
        channel = self.channels[message.channel_id]
        if channel.archived and not channel.locked and message.id not in self.messages:
            self.keep_channel(replace(channel, archived=False))
        self.messages[message.id] = message
        return message

    # Look-ups

    def channel(self, channel_id: str) -> Channel:
        """A channel that the bot may know of."""
        channel = self.channels.get(channel_id)
        if channel is None or (channel.guild_id is None and self.bot not in channel.recipients):
            raise unknown("Channel")
        if channel.guild_id is not None and not self.guilds[channel.guild_id].bot_inside:
            raise missing_access()
        return channel

    def guild(self, guild_id: str) -> Guild:
        """A guild that the bot is in."""
        guild = self.guilds.get(guild_id)
        if guild is None or not guild.bot_inside:
            raise unknown("Guild")
        return guild

    def message(self, channel: Channel, message_id: str) -> Message:
        """A message of the channel, but not an ephemeral one."""
        message = self.messages.get(message_id)
        if message is None or message.channel_id != channel.id or message.ephemeral:
            raise unknown("Message")
        return message

    def messages_in(self, channel_id: str) -> list[Message]:
        """The messages of a channel, including ephemeral ones, oldest first."""
        found = [message for message in self.messages.values() if message.channel_id == channel_id]
        return sorted(found, key=lambda message: int(message.id))

    # Permissions

    def permissions(self, user: User, channel: Channel) -> Permission:
        """A user's permissions in a channel; none in a guild of which the user is not a member."""
        if channel.guild_id is None:
            return DIRECT if user in channel.recipients else NOTHING
        member = self.members[channel.guild_id].get(user.id)
        if member is None:
            return NOTHING
        return self._in_channel(member, channel)

    def app_permissions(self, channel: Channel) -> Permission:
        """The application's permissions in a channel. If its bot is not in the guild, it can respond through
        its webhook."""
        if channel.guild_id is not None and self.bot.id in self.members[channel.guild_id]:
            return self.permissions(self.bot, channel)
        return DIRECT

    def check(self, channel: Channel, *needed: Permission) -> None:
        """Raise Refused if the bot lacks a permission; a channel that it can't see has another error."""
        granted = self.permissions(self.bot, channel)
        if not granted & Permission.VIEW_CHANNEL:
            raise missing_access()
        if any(not granted & permission for permission in needed):
            raise missing_permissions()

    def _in_channel(self, member: Member, channel: Channel) -> Permission:
        guild = self.guilds[member.guild_id]
        roles = self.roles[guild.id]
        base = guild_permissions(
            roles[guild.id].permissions,
            (roles[role_id].permissions for role_id in member.role_ids),
            owner=member.user.id == guild.owner_id,
        )
        # A thread has the overwrites of its parent channel.
        holder = self.channels[channel.parent_id] if channel.is_thread and channel.parent_id else channel
        return channel_permissions(base, holder.overwrites, guild.id, member.role_ids, member.user.id)
