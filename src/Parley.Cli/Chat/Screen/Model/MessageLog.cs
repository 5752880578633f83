using Parley.Cli.Chat.Screen.Text;

namespace Parley.Cli.Chat.Screen.Model;

/// <summary>Log of the conversation: the newest entries, each with a number that stays the same when old entries are removed.</summary>
internal sealed class MessageLog(int capacity = 10_000)
{
    private readonly List<Entry> _entries = [];

    /// <summary>The number of the oldest entry that is still there.</summary>
    public long First { get; private set; }

    /// <summary>The number that the next entry will get.</summary>
    public long End => First + _entries.Count;

    public Entry this[long number]
    {
        get => _entries[(int)(number - First)];
        set => _entries[(int)(number - First)] = value;
    }

    public void Add(Entry entry)
    {
        if (_entries.Count >= capacity)
        {
            // A tenth at a time, so that a full log does not move all its entries for each new one.
            int dropped = Math.Max(1, capacity / 10);
            _entries.RemoveRange(0, dropped);
            First += dropped;
        }

        _entries.Add(entry);
    }

    /// <summary>The numbers of the entries of a message, one for each of its lines, the last first.</summary>
    public IEnumerable<long> FindId(string id)
    {
        for (long at = End - 1; at >= First; at--)
        {
            if (this[at].Id == id)
            {
                yield return at;
            }
        }
    }

    /// <summary>Returns the number of entries from <paramref name="number"/> on that somebody said, not counting notices and alerts.</summary>
    public int SaidFrom(long number)
    {
        int said = 0;
        for (long at = Math.Max(number, First); at < End; at++)
        {
            said += this[at].IsSaid ? 1 : 0;
        }

        return said;
    }

    /// <summary>The newest entry before that number which contains the text, as a search compares it; null if there is none.</summary>
    public long? FindBefore(long number, string text)
    {
        string folded = SearchText.Fold(text);
        for (long at = Math.Min(number, End) - 1; at >= First; at--)
        {
            if (Contains(at, folded))
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>The oldest entry after that number which contains the text, as a search compares it; null if there is none.</summary>
    public long? FindAfter(long number, string text)
    {
        string folded = SearchText.Fold(text);
        for (long at = Math.Max(number + 1, First); at < End; at++)
        {
            if (Contains(at, folded))
            {
                return at;
            }
        }

        return null;
    }

    private bool Contains(long number, string folded) => SearchText.Fold(this[number].Plain).Contains(folded, StringComparison.Ordinal);
}
