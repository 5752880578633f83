namespace Parley.Cli.Sweep;

/// <summary>Options of <c>parley sweep</c>.</summary>
internal sealed record SweepOptions
{
    /// <summary>The TCP port to connect to; null: ping.</summary>
    public int? Port { get; init; }

    /// <summary>The first line to look for at the port; null: a connection is enough.</summary>
    public string? Greeting { get; init; }

    public required int Degree { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>True if those that are not what was looked for are shown, too, and not only counted.</summary>
    public bool ShowsAll { get; init; }

    public bool IsJson { get; init; }
}
