namespace Parley.Net.Sweep;

/// <summary>Result of one probe.</summary>
/// <param name="Kind">How the host met it.</param>
/// <param name="RoundTrip">From the probe to the answer, or to the end of the wait for one.</param>
/// <param name="Detail">What there is to say beyond the kind, else null.</param>
public sealed record ProbeReply(ProbeReplyKind Kind, TimeSpan RoundTrip, string? Detail = null)
{
    /// <summary>True if anything came back from the host itself.</summary>
    public bool IsThere => Kind is ProbeReplyKind.Answered or ProbeReplyKind.Refused or ProbeReplyKind.Other;
}
