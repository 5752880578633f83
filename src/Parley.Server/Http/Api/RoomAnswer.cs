namespace Parley.Server.Http.Api;

/// <summary>One registered channel.</summary>
internal sealed record RoomAnswer(
    string Name, string Founder, DateTimeOffset RegisteredAt, int UserCount, bool Secret, string? Topic, IReadOnlyList<RoomRoleAnswer> Roles);
