namespace Parley.Net.Resolve;

/// <summary>Options for the resolution of names.</summary>
public sealed record ResolveOptions
{
    /// <summary>Maximum number of names resolved at a time; at least 1.</summary>
    public int Degree { get; init; } = 50;

    /// <summary>Time a name may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>True if a name without a port is an error.</summary>
    public bool NeedsPort { get; init; }

    /// <summary>The port of names that bring none; null: they have none.</summary>
    public int? DefaultPort { get; init; }
}
