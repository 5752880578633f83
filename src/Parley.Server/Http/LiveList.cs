namespace Parley.Server.Http;

/// <summary>Entries of a setting that is a list, in any case, read again once a reload has changed it.</summary>
internal sealed class LiveList(Func<string> setting)
{
    private volatile Reading _reading = new("", []);

    public IReadOnlySet<string> Entries
    {
        get
        {
            var (text, reading) = (setting(), _reading);
            if (!string.Equals(text, reading.Text, StringComparison.Ordinal))
            {
                _reading = reading = new Reading(
                    text,
                    text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(entry => entry.TrimEnd('/')).ToHashSet(StringComparer.OrdinalIgnoreCase));
            }

            return reading.Entries;
        }
    }

    private sealed record Reading(string Text, HashSet<string> Entries);
}
