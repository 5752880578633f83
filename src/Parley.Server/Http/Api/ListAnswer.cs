namespace Parley.Server.Http.Api;

/// <summary>The channels there are.</summary>
internal sealed record ListAnswer(bool Success, IReadOnlyList<ListChannel> Channels);
