using Parley.Core.Moderation;

namespace Parley.Server.Moderation;

/// <summary>Outcome of an order about a ban.</summary>
/// <param name="Ban">The ban; null if it was refused.</param>
/// <param name="Names">Those whose sessions have ended, or would.</param>
/// <param name="Refusal">Why nothing was done; null if it was.</param>
internal sealed record BanOutcome(Ban? Ban, IReadOnlyList<string> Names, string? Refusal)
{
    public static BanOutcome Refused(string why) => new(null, [], why);
}
