using System.Buffers;
using System.Globalization;
using System.Text;

namespace Parley.Protocol.Lines;

// server-line  = [tags] [time] (about-you / room-line / direct / list / history / dropped / notice)
// time         = "[" [4DIGIT "-" 2DIGIT "-" 2DIGIT " "] 2DIGIT ":" 2DIGIT "] "
// tags         = "#" name " " ["@" id " "] [">" id " "]     ; after /tags on
// id           = 1*(any but " ")
// about-you    = "You are " name / "You joined " name / "You are in no room, /join one"
// room-line    = name ": " text / "* " name " " text / name " joined" / name " left" [", kicked by " text] / name " is now " name / name " deleted a message" [" (" text ")"]
// direct       = ("from " / "to ") name ": " text
// list         = ("Rooms - " / "Users - ") text
// history      = "History - " text
// dropped      = "Server is very busy and dropped " 1*DIGIT " messages, sorry!"
// notice       = text                                    ; whatever is none of the above
// name         = 2*64(LETTER / MARK / DIGIT / "-" / "_" / "." / "+" / "[" / "]" / "\" / "^" / "{" / "}" / "|" / "`")

/// <summary>Parses what a lines server says, for clients and bots.</summary>
/// <remarks>
/// The protocol does not mark its lines, so a notice that happens to read like another line is taken for it: one such as
/// <c>Note: restart at noon</c> reads as a message from <c>Note</c>. A server SHOULD NOT word its notices so. What users write cannot
/// be mistaken, since it always follows a name. <c>Usage: /</c> is known to be a notice.
/// </remarks>
public static class ServerLineParser
{
    private const int TimeLength = 8;
    private const int DateAndTimeLength = 19;
    private const string DroppedStart = "Server is very busy and dropped ";
    private const string DroppedEnd = " messages, sorry!";

    private static readonly SearchValues<char> NameChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+[]\\^{}|`");

    /// <summary>Parses one line, given without its ending; it never fails, what it does not know is a notice.</summary>
    public static ServerLine Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var (room, id, reference) = TakeTags(ref line);
        DateOnly? date = null;
        TimeOnly? time = null;
        if (line.Length >= TimeLength
            && TimeOnly.TryParseExact(line.AsSpan(0, TimeLength), "'['HH':'mm'] '", CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
        {
            time = clock;
            line = line[TimeLength..];
        }
        else if (line.Length >= DateAndTimeLength
            && DateTime.TryParseExact(line.AsSpan(0, DateAndTimeLength), "'['yyyy'-'MM'-'dd HH':'mm'] '", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
        {
            (date, time) = (DateOnly.FromDateTime(moment), TimeOnly.FromDateTime(moment));
            line = line[DateAndTimeLength..];
        }

        var parsed = ParseMarked(line) ?? ParseAboutSomeone(line) ?? new ServerLine(ServerLineKind.Notice, "", line);
        return parsed with { Date = date, Time = time, Room = room, Id = id, Reference = reference };
    }

    /// <summary>Takes the tags off a line: no other line begins with the sign before a room.</summary>
    private static (string Room, string Id, string Reference) TakeTags(ref string line)
    {
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        if (!line.StartsWith('#') || end < 0 || !IsName(line.AsSpan(1..end)))
        {
            return ("", "", "");
        }

        var room = line[1..end];
        line = line[(end + 1)..];
        return (room, TakeTag('@', ref line), TakeTag('>', ref line));
    }

    private static string TakeTag(char sign, ref string line)
    {
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        if (!line.StartsWith(sign) || end <= 1)
        {
            return "";
        }

        var tag = line[1..end];
        line = line[(end + 1)..];
        return tag;
    }

    /// <summary>Lines that start with words of the server's own.</summary>
    private static ServerLine? ParseMarked(string line)
    {
        if (After(line, "You are ") is { } self && IsName(self))
        {
            return new ServerLine(ServerLineKind.YouAre, self, "");
        }

        if (line == "You are in no room, /join one")
        {
            return new ServerLine(ServerLineKind.InNoRoom, "", line);
        }

        if (After(line, "You joined ") is { } room && IsName(room))
        {
            return new ServerLine(ServerLineKind.YouJoined, room, "");
        }

        if (After(line, "Rooms - ") is { } rooms)
        {
            return new ServerLine(ServerLineKind.Rooms, "", rooms);
        }

        if (After(line, "Users - ") is { } users)
        {
            return new ServerLine(ServerLineKind.Users, "", users);
        }

        if (After(line, "History - ") is { } history)
        {
            return new ServerLine(ServerLineKind.History, "", history);
        }

        if (After(line, DroppedStart) is { } dropped
            && dropped.EndsWith(DroppedEnd, StringComparison.Ordinal)
            && long.TryParse(dropped.AsSpan()[..^DroppedEnd.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return new ServerLine(ServerLineKind.Dropped, "", line, Count: count);
        }

        return After(line, "Usage: /") is not null ? new ServerLine(ServerLineKind.Notice, "", line) : null;
    }

    /// <summary>Lines in which a name says whom they are about.</summary>
    private static ServerLine? ParseAboutSomeone(string line) =>
        NameThen(ServerLineKind.Action, After(line, "* "), " ")
        ?? NameThen(ServerLineKind.DirectFrom, After(line, "from "), ": ")
        ?? NameThen(ServerLineKind.DirectTo, After(line, "to "), ": ")
        ?? NameThen(ServerLineKind.Message, line, ": ")
        ?? NameThenEnd(ServerLineKind.Joined, line, " joined")
        ?? NameThenEnd(ServerLineKind.Left, line, " left")
        ?? NameThenEnd(ServerLineKind.Deleted, line, " deleted a message")
        ?? (NameThen(ServerLineKind.Deleted, line, " deleted a message (") is { Text: [.. var why, ')'] } deleted ? deleted with { Text = deleted.Text[..^1] } : default(ServerLine?))
        ?? (NameThen(ServerLineKind.Left, line, " left, ") is { } kicked && After(kicked.Text, "kicked by ") is not null ? kicked : default(ServerLine?))
        ?? (NameThen(ServerLineKind.Renamed, line, " is now ") is { } renamed && IsName(renamed.Text) ? renamed : null);

    private static ServerLine? NameThen(ServerLineKind kind, string? line, string separator)
    {
        var end = line?.IndexOf(separator, StringComparison.Ordinal) ?? -1;
        return end > 0 && IsName(line.AsSpan(0, end)) ? new ServerLine(kind, line![..end], line[(end + separator.Length)..]) : null;
    }

    private static ServerLine? NameThenEnd(ServerLineKind kind, string line, string ending) =>
        NameThen(kind, line, ending) is { Text: "" } found ? found : null;

    private static string? After(string line, string start) =>
        line.StartsWith(start, StringComparison.Ordinal) ? line[start.Length..] : null;

    private static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.Length is < 2 or > 64)
        {
            return false;
        }

        if (!text.ContainsAnyExcept(NameChars))
        {
            return true;
        }

        foreach (var rune in text.EnumerateRunes())
        {
            // The server has looked at its names more closely.
            if (rune.IsAscii ? !NameChars.Contains((char)rune.Value) : !IsOfName(Rune.GetUnicodeCategory(rune)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOfName(UnicodeCategory category) => category
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber;
}
