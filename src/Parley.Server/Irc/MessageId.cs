using System.Buffers;
using System.Globalization;
using System.Text;
using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Server.Irc;

/// <summary>
/// What clients know a message by (https://ircv3.net/specs/extensions/message-ids): where it was said, and its number in
/// history there. So the same message has the same one after a restart, and is found by it at once. A message that is not
/// kept has one that begins with this run of the server, and can be found by nobody.
/// </summary>
internal static class MessageId
{
    // room "." number / "." number (direct) / run "!" room "." sequence

    private static readonly string Run = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray().AsSpan(0, 4));

    /// <summary>The id of a message in a room.</summary>
    public static void Write(IBufferWriter<byte> output, MessagePosted message)
        => Write(output, message.Room, message.Number, message.Sequence);

    /// <summary>The id of a direct message.</summary>
    public static void Write(IBufferWriter<byte> output, DirectMessage message)
        => Write(output, default, message.Number, message.Sequence);

    /// <summary>The id of a message in history.</summary>
    public static string Of(RoomName room, long number)
        => string.Create(CultureInfo.InvariantCulture, $"{room.Value.ToLowerInvariant()}.{number}");

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

    private static void Write(IBufferWriter<byte> output, RoomName room, long number, long sequence)
    {
        Span<byte> id = stackalloc byte[64];
        var length = 0;
        if (number == 0)
        {
            length += Encoding.ASCII.GetBytes(Run, id);
            id[length++] = (byte)'!';
        }

        length += Encoding.ASCII.GetBytes(room.Value, id[length..]);
        Ascii.ToLowerInPlace(id[..length], out _);
        id[length++] = (byte)'.';
        (number == 0 ? sequence : number).TryFormat(id[length..], out var digits, provider: CultureInfo.InvariantCulture);
        output.Write(id[..(length + digits)]);
    }
}
