namespace Parley.Protocol.Addressed;

// server-line  = ("from " / "to ") name ": " text / "error: " text
// name         = 1*(any character but SP and ":")

/// <summary>Parses what an addressed server says, for clients and bots.</summary>
public static class AddressedServerLineParser
{
    private const string FromStart = "from ";
    private const string ToStart = "to ";
    private const string ErrorStart = "error: ";
    private const string NameEnd = ": ";

    /// <summary>Parses one line, given without its ending; it never fails, what it does not know is unknown.</summary>
    public static AddressedServerLine Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.StartsWith(ErrorStart, StringComparison.Ordinal))
        {
            return new AddressedServerLine(AddressedServerLineKind.Error, "", line[ErrorStart.Length..]);
        }

        return TryParse(line, FromStart, AddressedServerLineKind.From)
            ?? TryParse(line, ToStart, AddressedServerLineKind.To)
            ?? new AddressedServerLine(AddressedServerLineKind.Unknown, "", line);
    }

    private static AddressedServerLine? TryParse(string line, string start, AddressedServerLineKind kind)
    {
        if (!line.StartsWith(start, StringComparison.Ordinal))
        {
            return null;
        }

        var end = line.IndexOf(NameEnd, start.Length, StringComparison.Ordinal);
        return end > start.Length && !line.AsSpan(start.Length..end).ContainsAny(' ', ':')
            ? new AddressedServerLine(kind, line[start.Length..end], line[(end + NameEnd.Length)..])
            : null;
    }
}
