namespace Parley.Protocol.Addressed;

// server-line  = "from " name ": " text / "error: " text
// name         = 1*(any character but SP and ":")

/// <summary>Parses what an addressed server says, for clients and bots.</summary>
public static class AddressedServerLineParser
{
    private const string FromStart = "from ";
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

        if (line.StartsWith(FromStart, StringComparison.Ordinal))
        {
            var end = line.IndexOf(NameEnd, FromStart.Length, StringComparison.Ordinal);
            if (end > FromStart.Length && !line.AsSpan(FromStart.Length..end).ContainsAny(' ', ':'))
            {
                return new AddressedServerLine(AddressedServerLineKind.From, line[FromStart.Length..end], line[(end + NameEnd.Length)..]);
            }
        }

        return new AddressedServerLine(AddressedServerLineKind.Unknown, "", line);
    }
}
