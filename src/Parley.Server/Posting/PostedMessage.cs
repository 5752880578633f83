using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Server.Posting;

/// <summary>A message that a room has taken in, and that is in history where one is kept.</summary>
/// <param name="Room">The room, as spelled by whoever created it.</param>
/// <param name="Number">Its number in the room's history; 0 if none is kept.</param>
/// <param name="Id">Names it for ever and nothing else, the same to everybody who is told of it.</param>
/// <param name="Time">When it was accepted, UTC.</param>
public sealed record PostedMessage(RoomName Room, long Number, string Id, DateTimeOffset Time)
{
    internal static PostedMessage Of(MessagePosted message) => new(message.Room, message.Number, IdOf(message), message.Time);

    // Where nothing is kept, the room's events count from 1 again when it was empty: the time tells those apart.
    private static string IdOf(MessagePosted message)
    {
        var room = message.Room.Value.ToLowerInvariant();
        return message.Number > 0
            ? FormattableString.Invariant($"{room}.{message.Number}")
            : FormattableString.Invariant($"{room}.{message.Time.ToUnixTimeMilliseconds()}.{message.Sequence}");
    }
}
