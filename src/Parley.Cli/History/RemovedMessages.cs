namespace Parley.Cli.History;

/// <summary>Number of messages removed.</summary>
internal sealed record RemovedMessages(long Removed);
