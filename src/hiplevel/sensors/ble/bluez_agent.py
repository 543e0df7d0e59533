"""On Linux, somebody must agree to pairing: where no desktop does, this does it for the sensor a person chose."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

PATH = "/hiplevel/agent"
MANAGER = "org.bluez.AgentManager1"
AGENT = "org.bluez.Agent1"
# Sensors have no keys and no display: there is nothing to compare or to type.
AGREED = ("RequestAuthorization", "RequestConfirmation", "AuthorizeService", "Release", "Cancel")


@asynccontextmanager
async def agreeing() -> AsyncIterator[None]:
    """Inside, BlueZ's questions about pairing are agreed to, and what asks for a PIN is refused.

    BlueZ pairs by itself when a sensor refuses a request for want of encryption, so this must be there before.
    """
    from dbus_fast import BusType, Message, MessageType
    from dbus_fast.aio import MessageBus
    from dbus_fast.errors import AuthError

    def answer(message: Message) -> Any:
        if message.message_type is not MessageType.METHOD_CALL or message.path != PATH or message.interface != AGENT:
            return None
        if message.member in AGREED:
            return Message.new_method_return(message)
        return Message.new_error(message, "org.bluez.Error.Rejected", "hiplevel cannot type")

    try:
        bus = await MessageBus(bus_type=BusType.SYSTEM).connect()
    except (OSError, EOFError, AuthError):
        yield  # whoever connects next will say what is wrong
        return
    bus.add_message_handler(answer)

    async def manage(member: str, signature: str, *body: str) -> None:
        # A refusal costs nothing: pairing then goes as it goes without.
        await bus.call(Message("org.bluez", "/org/bluez", MANAGER, member, signature=signature, body=list(body)))

    try:
        await manage("RegisterAgent", "os", PATH, "NoInputNoOutput")
        await manage("RequestDefaultAgent", "o", PATH)
        yield
        await manage("UnregisterAgent", "o", PATH)
    finally:
        bus.disconnect()
