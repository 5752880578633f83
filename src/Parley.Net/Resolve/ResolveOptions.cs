namespace Parley.Net.Resolve;

/// <summary>How names are resolved.</summary>
public sealed record ResolveOptions
{
    /// <summary>How many names are asked for at a time, at least 1.</summary>
    public int Degree { get; init; } = 50;

    /// <summary>How long a name may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether a name without a port is an error.</summary>
    public bool NeedsPort { get; init; }

    /// <summary>The port of names that bring none; null: they have none.</summary>
    public int? DefaultPort { get; init; }
}
