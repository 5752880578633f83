using System.Buffers;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Delivery;

/// <summary>
/// One way to put events into bytes: a dialect, together with the options that change its bytes. A room encodes each
/// event once per flavor in use, whatever the number of members.
/// </summary>
/// <remarks>
/// Sessions that shall share bytes MUST share the instance: flavors are compared by reference. The methods run on any
/// thread, under a room's lock: they MUST NOT block, throw, or call back into the core. Writing nothing is how a flavor
/// leaves an event out.
/// </remarks>
public abstract class Flavor
{
    /// <summary>What the members of a room are shown.</summary>
    public abstract void Encode(RoomEvent entry, IBufferWriter<byte> output);

    /// <summary>What a session is shown of its own arrival in a room, ahead of anything that is said there.</summary>
    /// <param name="room">How the room is, itself included; only to be looked at now.</param>
    /// <param name="self">Who has arrived.</param>
    /// <param name="output">Takes the bytes.</param>
    public abstract void EncodeWelcome(IRoomView room, Actor self, IBufferWriter<byte> output);

    /// <summary>What a session is shown of its own message, where that is not what everybody is shown.</summary>
    public virtual void EncodeEcho(MessagePosted message, IBufferWriter<byte> output) => Encode(message, output);

    /// <summary>What a session is shown of what it has itself made happen in a room, where that is not what everybody is shown.</summary>
    public virtual void EncodeOwn(RoomEvent entry, IBufferWriter<byte> output) => Encode(entry, output);

    /// <summary>What a member is shown when its room takes another name.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="room">How the room is, under its new name; only to be looked at now.</param>
    /// <param name="self">The member.</param>
    /// <param name="isOwn">Whether the session has itself made it happen.</param>
    /// <param name="output">Takes the bytes.</param>
    public virtual void EncodeRenaming(RoomRenamed entry, IRoomView room, Actor self, bool isOwn, IBufferWriter<byte> output)
        => Encode(entry, output);

    /// <summary>What the recipient of a direct message is shown.</summary>
    public abstract void EncodeDirect(DirectMessage message, IBufferWriter<byte> output);

    /// <summary>What the author of a direct message is shown of it.</summary>
    public abstract void EncodeDirectEcho(DirectMessage message, IBufferWriter<byte> output);

    /// <summary>What somebody is told who was asked into a room.</summary>
    public virtual void EncodeInvitation(UserInvited entry, IBufferWriter<byte> output)
    {
    }

    /// <summary>What both ends of a direct message are told when it was taken away.</summary>
    public virtual void EncodeRedaction(DirectRedacted redaction, IBufferWriter<byte> output)
    {
    }

    /// <summary>What a session is told when another of the same user has been read up to a time.</summary>
    /// <param name="target">Where, as the other session's protocol names it.</param>
    /// <param name="time">The time of the last message that was read, UTC.</param>
    /// <param name="output">Takes the bytes.</param>
    public virtual void EncodeReadMarker(string target, DateTimeOffset time, IBufferWriter<byte> output)
    {
    }

    /// <summary>What a session is told of a name that it watches.</summary>
    /// <param name="user">Whose name it is.</param>
    /// <param name="isHere">Somebody has come under it, or nobody has it any more.</param>
    /// <param name="output">Takes the bytes.</param>
    public virtual void EncodePresence(Actor user, bool isHere, IBufferWriter<byte> output)
    {
    }

    /// <summary>What everybody who wants to hear it is told by an operator of the server.</summary>
    public virtual void EncodeWallops(Actor from, ReadOnlyMemory<byte> text, IBufferWriter<byte> output)
    {
    }

    /// <summary>What a session is told when a room that it follows, or a user whom it shares one with, has another value under a key.</summary>
    public virtual void EncodeValue(ValueChanged entry, IBufferWriter<byte> output)
    {
    }

    /// <summary>What a reader that fell behind is told: how many messages it missed.</summary>
    public abstract void EncodeMissed(long count, IBufferWriter<byte> output);

    /// <summary>What a session is shown of what was said before.</summary>
    /// <param name="room">The room it was said in.</param>
    /// <param name="entries">Oldest first; may be none.</param>
    /// <param name="part">Whether this begins what is shown, and whether it ends it.</param>
    /// <param name="output">Takes the bytes.</param>
    public abstract void EncodeHistory(RoomName room, IReadOnlyList<HistoryEntry> entries, HistoryPart part, IBufferWriter<byte> output);

    /// <summary>What an author is told whose message could not be kept, and was not delivered.</summary>
    public abstract void EncodeRefused(ReadOnlySpan<byte> text, IBufferWriter<byte> output);

    /// <summary>What an author is told who might not speak in the room any more when its message came to be delivered.</summary>
    public virtual void EncodeSilenced(RoomName room, ReadOnlySpan<byte> text, IBufferWriter<byte> output) => EncodeRefused(text, output);
}
