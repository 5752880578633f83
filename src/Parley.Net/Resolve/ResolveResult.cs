using System.Net;

namespace Parley.Net.Resolve;

/// <summary>Result of the resolution of one name.</summary>
/// <param name="Text">The name as it was given.</param>
/// <param name="Addresses">All its addresses, each once, in the order of the resolver; none if there is an error.</param>
/// <param name="Port">The port that goes with them, if any.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Error">Why there are no addresses, in words that say what to do; null if there are.</param>
public sealed record ResolveResult(string Text, IReadOnlyList<IPAddress> Addresses, int? Port, TimeSpan Elapsed, string? Error);
