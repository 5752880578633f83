namespace Parley.Server.Http.Api;

/// <summary>One invitation.</summary>
internal sealed record InvitationAnswer(long Id, string SetBy, DateTimeOffset SetAt, DateTimeOffset? ExpiresAt, int Uses, int Used, string Note);
