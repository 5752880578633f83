namespace Parley.Cli.Chat.Screen.Model;

/// <summary>Which part of the log is to be seen. It follows the newest entry until somebody scrolls up, and then stays where it is.</summary>
/// <remarks>
/// The place is an entry and a row in it, not a distance from the end: so it stays when entries come, and when the width
/// of the screen, and with it the number of rows of each entry, changes.
/// </remarks>
/// <param name="log">The entries.</param>
/// <param name="rowsOf">How many rows an entry takes at the present width; at least 1.</param>
internal sealed class Scrollback(MessageLog log, Func<Entry, int> rowsOf)
{
    private (long Entry, int Row)? _bottom;
    private long _seenEnd;

    /// <summary>Number of rows visible at once; at least 1.</summary>
    public int Height { get; set; } = 1;

    /// <summary>True if the newest entry is to be seen.</summary>
    public bool IsAtEnd => _bottom is null;

    /// <summary>Number of entries said since the user left the end of the log that are still below the visible rows; 0 at the end.</summary>
    public int Unread => IsAtEnd ? 0 : log.SaidFrom(_seenEnd);

    /// <summary>The entry and the row in it at the bottom of the pane; null for an empty log.</summary>
    public (long Entry, int Row)? Bottom
    {
        get
        {
            if (log.End == log.First)
            {
                return null;
            }

            (long entry, int row) = _bottom ?? (log.End - 1, int.MaxValue);
            return entry < log.First ? (log.First, 0) : (entry, Math.Min(row, rowsOf(log[entry]) - 1));
        }
    }

    public void Up(int rows)
    {
        if (Bottom is not { } bottom)
        {
            return;
        }

        if (IsAtEnd)
        {
            _seenEnd = log.End;
        }

        (long entry, int row) = Move(bottom, -rows);
        // Not so far that the top of the pane would be empty.
        (long entry, int row) highest = Move((log.First, 0), Height - 1);
        if (entry < highest.entry || (entry == highest.entry && row < highest.row))
        {
            (entry, row) = highest;
        }

        Place(entry, row);
    }

    public void Down(int rows)
    {
        if (_bottom is not null && Bottom is { } bottom)
        {
            (long entry, int row) = Move(bottom, rows);
            Place(entry, row);
        }
    }

    public void ToStart() => Up(int.MaxValue / 2);

    public void ToEnd() => _bottom = null;

    /// <summary>Brings an entry into the middle of the pane, or as near to it as the ends of the log allow.</summary>
    public void Show(long entry)
    {
        ToEnd();
        _seenEnd = log.End;
        (long below, int row) = Move((entry, 0), Height / 2);
        Place(below, row);
        Up(0);
    }

    private void Place(long entry, int row)
    {
        bool isEnd = entry == log.End - 1 && row >= rowsOf(log[entry]) - 1;
        _bottom = isEnd ? null : (entry, row);
        _seenEnd = Math.Max(_seenEnd, entry + 1);
    }

    private (long Entry, int Row) Move((long Entry, int Row) from, int rows)
    {
        (long entry, int row) = from;
        while (rows < 0 && (row > 0 || entry > log.First))
        {
            if (row == 0)
            {
                entry--;
                row = rowsOf(log[entry]);
            }

            int step = Math.Min(row, -rows);
            row -= step;
            rows += step;
        }

        while (rows > 0)
        {
            int left = rowsOf(log[entry]) - 1 - row;
            int step = Math.Min(left, rows);
            row += step;
            rows -= step;
            if (rows == 0 || entry == log.End - 1)
            {
                break;
            }

            entry++;
            row = 0;
            rows--;
        }

        return (entry, row);
    }
}
