namespace Parley.Server.Metrics;

/// <summary>Where histograms are divided.</summary>
internal static class Buckets
{
    /// <summary>From what a quiet server takes to what people notice, three to a decade.</summary>
    public static double[] Seconds { get; } =
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

    /// <summary>From one short line to all that an outbox gathers for a send.</summary>
    public static int[] Bytes { get; } = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 65536];

    /// <summary>For instruments that do not say: those that OpenTelemetry's specification gives.</summary>
    public static double[] Default { get; } = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];
}
