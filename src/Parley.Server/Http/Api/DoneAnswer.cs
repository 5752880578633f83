namespace Parley.Server.Http.Api;

/// <summary>Answer to a request for a change.</summary>
/// <param name="Success">True if it was.</param>
/// <param name="AccountName">The account that it was done to, as it is spelled.</param>
/// <param name="Error">For people.</param>
/// <param name="ErrorCode">For programs.</param>
internal sealed record DoneAnswer(bool Success, string? AccountName = null, string? Error = null, string? ErrorCode = null);
