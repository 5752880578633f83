namespace Parley.Core.Delivery;

/// <summary>The bounds of a session's outbox.</summary>
public sealed record OutboxOptions
{
    /// <summary>Bytes that may wait for a reader before <see cref="Overflow"/> applies; 1 MiB unless set.</summary>
    public int MaxBytes { get; init; } = 1024 * 1024;

    /// <summary>What happens past <see cref="MaxBytes"/>.</summary>
    public OverflowPolicy Overflow { get; init; } = OverflowPolicy.TellAndCatchUp;

    /// <summary>What counts the session's messages, together with those of others; null: nothing does.</summary>
    public Traffic? Traffic { get; init; }
}
