namespace Parley.Cli.Bench;

/// <summary>How many times were between two bounds, both within.</summary>
internal readonly record struct LatencyBucket(long FromNanoseconds, long ToNanoseconds, long Count);
