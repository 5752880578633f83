using System.Net;

namespace Parley.Net.Sweep;

/// <summary>Result for one target.</summary>
/// <param name="Target">The target.</param>
/// <param name="Address">The address that the reply is about; null if the target has none.</param>
/// <param name="Reply">The reply.</param>
public sealed record SweepResult(SweepTarget Target, IPAddress? Address, ProbeReply Reply);
