namespace Parley.Server.Http.Api;

/// <summary>One ban.</summary>
internal sealed record BanAnswer(string Kind, string Subject, DateTimeOffset? Until, string Reason, string SetBy, DateTimeOffset SetAt);
