namespace Parley.Cli.Tokens;

/// <summary>A new web hook, whose secret is shown once.</summary>
internal sealed record AddedHook(long Id, Uri Url, string Secret);
