namespace Parley.Server.Http.Api;

/// <summary>A channel with somebody in it.</summary>
internal sealed record ListChannel(string Name, bool Secret, int UserCount, string? Topic, DateTimeOffset? TopicSetAt, DateTimeOffset? CreatedAt);
