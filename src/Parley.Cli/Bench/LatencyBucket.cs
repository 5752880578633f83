namespace Parley.Cli.Bench;

/// <summary>Number of latencies between two bounds, both inclusive.</summary>
internal readonly record struct LatencyBucket(long FromNanoseconds, long ToNanoseconds, long Count);
