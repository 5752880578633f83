using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Server.Posting;

/// <summary>A message that a room has taken in, and that is in history where one is kept.</summary>
/// <param name="Room">The room, as spelled by whoever created it.</param>
/// <param name="Number">Its number in the room's history; 0 if none is kept.</param>
/// <param name="Id">Names it for ever and nothing else, the same to everybody who is told of it.</param>
/// <param name="Time">When it was accepted, UTC.</param>
public sealed record PostedMessage(RoomName Room, long Number, string Id, DateTimeOffset Time)
{
    internal static PostedMessage Of(MessagePosted message) => new(message.Room, message.IsKept ? message.Number : 0, IdOf(message), message.Time);

    internal static PostedMessage Of(in HistoryEntry entry) => new(entry.Room, entry.Number, IdOf(entry.SaidIn, entry.Number), entry.Time);

    // Where nothing is kept, the room's events count from 1 again when it was empty: the time tells those apart.
    private static string IdOf(MessagePosted message)
        => message.IsKept
            ? IdOf(message.Room, message.Number)
            : FormattableString.Invariant($"{message.Room.Key}.{message.Time.ToUnixTimeMilliseconds()}.{message.Number}");

    private static string IdOf(RoomName room, long number) => FormattableString.Invariant($"{room.Key}.{number}");
}
