namespace Parley.Server.Http.Api;

/// <summary>Bans from the server: those that hold, or the one that was made or lifted.</summary>
/// <param name="Success">True if what was asked for was done.</param>
/// <param name="Bans">The bans.</param>
/// <param name="Nicknames">Those whose connections have ended, or would.</param>
/// <param name="Error">Why it was not done, for people.</param>
internal sealed record BansAnswer(bool Success, IReadOnlyList<BanAnswer>? Bans = null, IReadOnlyList<string>? Nicknames = null, string? Error = null);
