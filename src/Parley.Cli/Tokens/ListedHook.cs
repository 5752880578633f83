namespace Parley.Cli.Tokens;

/// <summary>A web hook, without its secret.</summary>
internal sealed record ListedHook(long Id, Uri Url, IEnumerable<string> Rooms, IReadOnlyList<string> Mentions, DateTimeOffset Created);
