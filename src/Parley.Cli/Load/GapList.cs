namespace Parley.Cli.Load;

/// <summary>Numbers that are missing, as ranges in ascending order.</summary>
/// <remarks>
/// MUST stay bounded: past 1000 ranges the oldest is given up. Its numbers stay counted as missing, and should one of them
/// come after all, it counts as a duplicate.
/// </remarks>
internal sealed class GapList
{
    private const int MaxRanges = 1000;

    private readonly List<(long From, long To)> _ranges = [];

    /// <summary>Count of all missing numbers.</summary>
    public long Total { get; private set; }

    /// <summary>Adds the numbers from <paramref name="from"/> up to, without, <paramref name="to"/>: above all that are in it.</summary>
    public void Add(long from, long to)
    {
        if (_ranges.Count == MaxRanges)
        {
            _ranges.RemoveAt(0);
        }

        _ranges.Add((from, to));
        Total += to - from;
    }

    public bool Contains(long number) => IndexOf(number) >= 0;

    /// <summary>Takes a number out; false if it is not in it.</summary>
    public bool TryFill(long number)
    {
        int index = IndexOf(number);
        if (index < 0)
        {
            return false;
        }

        (long from, long to) = _ranges[index];
        _ranges.RemoveAt(index);
        if (number + 1 < to)
        {
            _ranges.Insert(index, (number + 1, to));
        }

        if (from < number)
        {
            _ranges.Insert(index, (from, number));
        }

        Total--;
        return true;
    }

    private int IndexOf(long number) => _ranges.FindIndex(range => range.From <= number && number < range.To);
}
