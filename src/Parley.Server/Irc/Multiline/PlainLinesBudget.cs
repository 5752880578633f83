using System.Globalization;

namespace Parley.Server.Irc.Multiline;

/// <summary>
/// Number of lines of one message that a client without multi-line messages is shown: there are clients that take more for a
/// flood, and ignore their author for a while.
/// </summary>
internal struct PlainLinesBudget(int maxLines)
{
    private int _taken;

    /// <summary>Lines that were not shown.</summary>
    public int Left { get; private set; }

    /// <summary>True if the next line is shown.</summary>
    public bool TryTake()
    {
        if (_taken < maxLines)
        {
            _taken++;
            return true;
        }

        Left++;
        return false;
    }

    /// <summary>Returns the text in place of the lines that were not shown.</summary>
    public static string Rest(int lines) => string.Create(
        CultureInfo.InvariantCulture, $"... {lines} more {(lines == 1 ? "line" : "lines")}: all of it is on the web page, and for clients with draft/multiline");
}
