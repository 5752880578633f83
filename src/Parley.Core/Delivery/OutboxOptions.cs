namespace Parley.Core.Delivery;

/// <summary>The bounds of a session's outbox.</summary>
public sealed record OutboxOptions
{
    /// <summary>Bytes that may wait for a reader before <see cref="Overflow"/> applies; 1 MiB unless set.</summary>
    public int MaxBytes { get; init; } = 1024 * 1024;

    /// <summary>Policy for an outbox that would exceed <see cref="MaxBytes"/>.</summary>
    public OverflowPolicy Overflow { get; init; } = OverflowPolicy.TellAndCatchUp;

    /// <summary>Counter of the session's messages, shared with other sessions; null if they are not counted.</summary>
    public Traffic? Traffic { get; init; }
}
