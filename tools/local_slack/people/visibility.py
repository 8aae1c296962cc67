"""What a person sees: each look-up gives it as it is now, or raises NotPossible."""

from tools.local_slack.model.entities import Channel, Message, User
from tools.local_slack.people.interact import NotPossible
from tools.local_slack.state.state import State
from tools.local_slack.state.views import View


def require_member(state: State, user: User, channel: Channel) -> Channel:
    """The channel as it is now, with the person in it."""
    channel = state.world.channels[channel.id]
    if user.id not in channel.member_ids:
        raise NotPossible(f"{user.real_name} is not in {channel.name or 'those direct messages'}")
    return channel


def require_visible(state: State, user: User, message: Message) -> Message:
    """The message as it is now, as a person sees it."""
    current = state.world.messages.get(message.ts)
    if current is None:
        raise NotPossible("the message is there no more")
    require_member(state, user, state.world.channels[current.channel_id])
    if current.ephemeral and current.viewer_id != user.id:
        raise NotPossible(f"{user.real_name} does not see somebody else's message")
    return current


def require_open_view(state: State, user: User, view: View | None) -> View:
    """The view as it is now: the modal on top, or the Home."""
    current = view and state.views.views.get(view.id)
    if current is None or current.user.id != user.id or not state.views.is_open(current):
        raise NotPossible(f"that view is not open for {user.real_name}")
    return current


def require_shown(state: State, user: User, shown: Message | View | None) -> Message | View:
    """A message or a view, as a person sees it now."""
    if shown is None:
        raise NotPossible("there is nothing to look at")
    return (
        require_visible(state, user, shown)
        if isinstance(shown, Message)
        else require_open_view(state, user, shown)
    )
