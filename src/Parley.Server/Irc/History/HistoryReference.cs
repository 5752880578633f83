using Parley.Core.Names;
using Parley.Protocol.Irc;
using Parley.Protocol.Values;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.History;

// reference = "msgid=" id / "timestamp=" YYYY-MM-DDThh:mm:ss.sssZ / "*"     ; https://ircv3.net/specs/extensions/chathistory

/// <summary>A place in history that a client names: a message, a time, or its end.</summary>
internal readonly record struct HistoryReference
{
    /// <summary>Word that stands before the id of a message.</summary>
    public const string IdPrefix = "msgid=";

    private const string TimePrefix = "timestamp=";

    /// <summary>The end: <c>*</c>.</summary>
    public static HistoryReference End { get; } = new() { IsEnd = true };

    public bool IsEnd { get; private init; }

    /// <summary>The message's number; null for a time or the end.</summary>
    public long? Number { get; private init; }

    /// <summary>The time, UTC, in milliseconds; null for a message or the end.</summary>
    public DateTimeOffset? Time { get; private init; }

    /// <summary>Where entries begin that are behind a time as clients are told it, in milliseconds, and cut off.</summary>
    public DateTimeOffset? BehindTime => Time is { } time ? ClientTime.From(time).Behind() : null;

    /// <summary>Reads a reference.</summary>
    /// <param name="text">What the client sent.</param>
    /// <param name="nameAt">The name that the room whose messages are meant had when one of a number was said; empty for direct ones.</param>
    /// <param name="reference">The place.</param>
    /// <returns>Null; or the code and the words of what is wrong.</returns>
    public static (string Code, string Words)? Parse(string text, Func<long, RoomName> nameAt, out HistoryReference reference)
    {
        reference = End;
        if (string.Equals(text, "*", StringComparison.Ordinal))
        {
            return null;
        }

        if (text.StartsWith(TimePrefix, StringComparison.Ordinal))
        {
            var isTime = TryParseTime(text, out var time);
            reference = new() { Time = time };
            return isTime ? null : ("INVALID_PARAMS", "Invalid timestamp, it has to be timestamp=YYYY-MM-DDThh:mm:ss.sssZ");
        }

        if (text.StartsWith(IdPrefix, StringComparison.Ordinal))
        {
            var isKept = MessageId.TryParse(text[IdPrefix.Length..], out var of, out var number) && nameAt(number) == of;
            reference = new() { Number = number };
            return isKept ? null : ("MESSAGE_ERROR", "There is no such message here, try a timestamp");
        }

        return text.Contains('=', StringComparison.Ordinal)
            ? ("INVALID_MSGREFTYPE", "Messages are found by msgid= and timestamp= only")
            : ("INVALID_PARAMS", "Name a message by msgid= or timestamp=");
    }

    /// <summary>Reads <c>timestamp=…</c>.</summary>
    public static bool TryParseTime(string text, out DateTimeOffset time)
    {
        time = default;
        return text.StartsWith(TimePrefix, StringComparison.Ordinal)
            && IrcServerTime.TryParse(text.AsSpan(TimePrefix.Length), out time);
    }
}
