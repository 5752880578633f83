namespace Parley.Net.Collect;

/// <summary>What a <see cref="StatusCollector"/> takes.</summary>
public sealed record StatusCollectorOptions
{
    /// <summary>The longest line that is taken; of a longer one the sender is told. Its ending is not counted.</summary>
    public int MaxLineBytes { get; init; } = 4096;

    /// <summary>How many senders may be connected at a time; more are told so and closed.</summary>
    public int MaxSenders { get; init; } = 1000;
}
