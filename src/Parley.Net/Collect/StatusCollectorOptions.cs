namespace Parley.Net.Collect;

/// <summary>Limits of a <see cref="StatusCollector"/>.</summary>
public sealed record StatusCollectorOptions
{
    /// <summary>The longest line that is taken; of a longer one the sender is told. Its ending is not counted.</summary>
    public int MaxLineBytes { get; init; } = 4096;

    /// <summary>Maximum number of senders connected at a time; any further sender gets an error and is closed.</summary>
    public int MaxSenders { get; init; } = 1000;
}
