"""Simulates people on Discord: what their client would send, and the events that the bot then gets."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tools.local_discord.model.entities import (
    Channel,
    InteractionType,
    Message,
    MessageFlag,
    MessageType,
    Payload,
    Upload,
    User,
)
from tools.local_discord.model.permissions import Permission
from tools.local_discord.people.exchange import Conversation, Exchange
from tools.local_discord.people.interact import begin_interaction, command_data, use_component
from tools.local_discord.people.modal_values import submitted_modal
from tools.local_discord.people.options import FilledOptions, NotPossible, fill_options
from tools.local_discord.people.visibility import Visibility, owners_of
from tools.local_discord.rules.components import BUTTON, LINK_STYLE, SELECTS
from tools.local_discord.rules.limits import CONTENT_LIMIT, MESSAGE_COMMAND
from tools.local_discord.state import posting
from tools.local_discord.state.interaction import Modal
from tools.local_discord.state.mentions import mentioned
from tools.local_discord.state.message_payloads import message_payload
from tools.local_discord.state.state import State


class People:
    """The actions of people. Each method returns at once; `settled` of its result waits for the bot.

    All raise NotPossible for an action that the person's client does not allow.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._offers = Visibility(state)

    async def command(self, user: User, channel: Channel, name: str, /, **options: Any) -> Exchange:
        """Send a slash command; the name of a subcommand includes those of its groups.

        Options are Python values: texts, numbers, booleans, users, roles, channels and uploads.
        """
        command, steps, defined = self._offers.slash(user, channel, name)
        data = command_data(command, steps, fill_options(self._state.world, channel, defined, options))
        return self._begin(user, channel, InteractionType.COMMAND, data, command)

    async def autocomplete(
        self, user: User, channel: Channel, name: str, /, focused: str, value: str = "", **options: Any
    ) -> Exchange:
        """Type `value` into the option `focused`, with the other options filled in as given."""
        command, steps, defined = self._offers.slash(user, channel, name)
        option = next((one for one in defined if one["name"] == focused), None)
        if option is None or not option.get("autocomplete"):
            raise NotPossible(f"/{name} has no option {focused!r} with autocomplete")
        filled = fill_options(self._state.world, channel, defined, options, focused=focused, typed=value)
        data = command_data(command, steps, filled)
        return self._begin(user, channel, InteractionType.AUTOCOMPLETE, data, command)

    async def context_command(self, user: User, channel: Channel, name: str, target: Message) -> Exchange:
        """Choose a command from the menu of a message."""
        command = self._offers.command(user, channel, name, MESSAGE_COMMAND)
        self._offers.check_visible(user, target)
        # The content of the target is always sent, whatever the bot's intents are.
        current = self._state.world.messages[target.id]
        resolved = {"messages": {target.id: message_payload(self._state.world, current)}}
        filled = FilledOptions(self._state.world, channel, resolved=resolved)
        data = {**command_data(command, [], filled), "target_id": target.id}
        about = {"target_message_id": target.id}
        return self._begin(user, channel, InteractionType.COMMAND, data, command, about)

    def _begin(
        self,
        user: User,
        channel: Channel,
        kind: InteractionType,
        data: Payload,
        command: Payload,
        about: Payload | None = None,
    ) -> Exchange:
        owners = owners_of(self._state.world, user, channel, command["integration_types"])
        return begin_interaction(self._state, user, channel, kind, data, owners=owners, about=about)

    async def click(self, user: User, message: Message | None, name: str) -> Exchange:
        """Press the button with this custom id or label, on the message in the state that the person sees."""
        message, button = self._offers.component(user, message, name)
        if button["type"] != BUTTON or button["style"] == LINK_STYLE:
            raise NotPossible(f"{name!r} is no button that tells the bot anything")
        return use_component(self._state, user, message, button, {})

    async def select(self, user: User, message: Message | None, name: str, values: Sequence[str]) -> Exchange:
        """Choose these values in the select with this custom id."""
        message, select = self._offers.component(user, message, name)
        if select["type"] not in SELECTS or not select["min_values"] <= len(values) <= select["max_values"]:
            raise NotPossible(f"{name!r} does not let anyone choose {len(values)} values")
        if "options" in select and (strange := set(values) - {one["value"] for one in select["options"]}):
            raise NotPossible(f"{name!r} has no option {min(strange)!r}")
        return use_component(self._state, user, message, select, {"values": list(values)})

    async def submit(self, user: User, modal: Modal | None, values: Mapping[str, Any]) -> Exchange:
        """Submit a modal with these values by custom id: texts, and lists of texts for selects."""
        if modal is None or modal.origin.user != user:
            raise NotPossible(f"no modal is open for {user.name}")
        origin = modal.origin
        return begin_interaction(
            self._state,
            user,
            origin.channel,
            InteractionType.MODAL,
            submitted_modal(modal, values),
            owners=origin.owners,
            about={"triggering_interaction_metadata": origin.metadata},
            message=self._state.world.messages.get(origin.source_id or ""),
        )

    async def say(
        self,
        user: User,
        channel: Channel,
        text: str,
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        files: Sequence[Upload] = (),
    ) -> Conversation:
        """Write a message. A reply mentions the author of the other message unless `ping` is false."""
        world = self._state.world
        granted = world.permissions(user, channel)
        needed = Permission.SEND_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
        if not granted & needed:
            raise NotPossible(f"{user.name} may not write in {channel.name or 'that channel'}")
        if len(text) > CONTENT_LIMIT or not (text.strip() or files):
            raise NotPossible(f"a message has 1 to {CONTENT_LIMIT} characters")
        named = mentioned(world, channel, [text])
        answered = (reply_to.author,) if reply_to is not None and ping and reply_to.author != user else ()
        message = self._state.new_message(
            channel,
            user,
            MessageType.REPLY if reply_to else MessageType.DEFAULT,
            content=text.strip(),
            attachments=tuple(
                world.add_file(channel, one.filename, one.content, one.content_type) for one in files
            ),
            reply_to=reply_to.id if reply_to else None,
            mentioned=tuple(dict.fromkeys((*named.users, *answered))),
            mentioned_role_ids=named.role_ids,
            mentions_everyone=named.everyone and bool(granted & Permission.MENTION_EVERYONE),
        )
        world.keep_message(message)
        posting.publish(self._state, "MESSAGE_CREATE", message)
        return Conversation(self._state, message)

    async def forward(self, user: User, channel: Channel, message: Message) -> Conversation:
        """Forward a message, without text or mentions of its own."""
        forward = self._state.new_message(
            channel,
            user,
            MessageType.DEFAULT,
            flags=MessageFlag.HAS_SNAPSHOT,
            forwarded=self._state.world.messages[message.id],
        )
        self._state.world.keep_message(forward)
        posting.publish(self._state, "MESSAGE_CREATE", forward)
        return Conversation(self._state, forward)

    async def edit(self, message: Message, text: str) -> None:
        """Edit a message as its author."""
        named = mentioned(self._state.world, self._state.world.channels[message.channel_id], [text])
        changed = replace(
            message,
            content=text,
            edited=self._state.clock.now(),
            mentioned=named.users,
            mentioned_role_ids=named.role_ids,
        )
        self._state.world.keep_message(changed)
        posting.publish(self._state, "MESSAGE_UPDATE", changed)

    async def delete(self, message: Message) -> None:
        """Delete a message, as somebody with the permission."""
        posting.delete(self._state, message)

    async def purge(self, *messages: Message) -> None:
        """Delete several messages of a channel at once, as a moderator."""
        posting.delete_all(self._state, messages)

    def mention(self, user: User | None = None) -> str:
        """The text that mentions a user, by default the bot."""
        return f"<@{(user or self._state.world.bot).id}>"
