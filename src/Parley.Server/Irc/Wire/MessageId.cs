using System.Buffers;
using System.Globalization;
using System.Text;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Server.Irc.Wire;

/// <summary>
/// Id by which clients know a message (https://ircv3.net/specs/extensions/message-ids): where it was said, and its number in
/// history there. So the same message has the same one after a restart, and is found by it at once; where it was said is the name
/// that the room had then, as no number is given twice under one name. A message that is not
/// kept has one that begins with this run of the server, and can be found by nobody.
/// </summary>
internal static class MessageId
{
    // id = room "." number                        ; kept
    //    / "." number                             ; kept, direct
    //    / run "!" [room] "." number "-" time     ; not kept

    /// <summary>Bytes that hold every id.</summary>
    public const int MaxBytes = 192;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private static readonly string Run = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray().AsSpan(0, 4));

    /// <summary>Writes the id of a message in a room, and says how long it is.</summary>
    public static int Write(MessagePosted message, Span<byte> id)
        => Write(message.FormerRoom.IsEmpty ? message.Room : message.FormerRoom, message.Number, message.IsKept, message.Time, id);

    /// <summary>Writes the id of a direct message, and says how long it is.</summary>
    public static int Write(DirectMessage message, Span<byte> id)
        => Write(default, message.Number, message.IsKept, message.Time, id);

    /// <summary>The id of an entry of history, which it keeps when its room takes another name.</summary>
    public static string Of(in HistoryEntry entry) => Of(entry.SaidIn, entry.Number);

    /// <summary>The id of a message in history.</summary>
    public static string Of(RoomName room, long number)
        => string.Create(CultureInfo.InvariantCulture, $"{room.Key}.{number}");

    /// <summary>Where a message is in history; false if this is no id of a message that is kept.</summary>
    public static bool TryParse(string id, out RoomName room, out long number)
    {
        var dot = id.LastIndexOf('.');
        room = default;
        number = 0;
        return dot >= 0
            && (dot == 0 || RoomName.TryParse(id.AsSpan(0, dot), out room))
            && long.TryParse(id.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number > 0;
    }

    /// <summary>True if a text has the form of an id, of a message that is kept or not.</summary>
    public static bool IsOne(string text)
    {
        var run = text.IndexOf('!', StringComparison.Ordinal);
        if (run < 0)
        {
            return TryParse(text, out _, out _);
        }

        var (dot, time) = (text.LastIndexOf('.'), text.LastIndexOf('-'));
        return run == Run.Length && dot > run && time > dot
            && !text.AsSpan(0, run).ContainsAnyExcept(HexDigits) && !text.AsSpan(time + 1).ContainsAnyExcept(HexDigits)
            && (dot == run + 1 || RoomName.TryParse(text.AsSpan(run + 1, dot - run - 1), out _))
            && long.TryParse(text.AsSpan(dot + 1, time - dot - 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    private static int Write(RoomName room, long number, bool isKept, DateTimeOffset time, Span<byte> id)
    {
        var length = 0;
        if (!isKept)
        {
            length = Encoding.ASCII.GetBytes(Run, id);
            id[length++] = (byte)'!';
        }

        // The key of a name of ASCII would be a string of its own.
        length += Encoding.UTF8.GetBytes(room.IsAscii ? room.Value : room.Key, id[length..]);
        if (room.IsAscii)
        {
            Ascii.ToLowerInPlace(id[..length], out _);
        }

        id[length++] = (byte)'.';
        length += Digits(number, "D", id[length..]);
        if (!isKept)
        {
            id[length++] = (byte)'-';
            length += Digits(time.UtcTicks, "x", id[length..]);
        }

        return length;
    }

    private static int Digits(long number, string format, Span<byte> output)
    {
        number.TryFormat(output, out var written, format, CultureInfo.InvariantCulture);
        return written;
    }
}
