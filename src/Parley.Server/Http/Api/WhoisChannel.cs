namespace Parley.Server.Http.Api;

/// <summary>A channel that somebody is in.</summary>
internal sealed record WhoisChannel(string Name);
