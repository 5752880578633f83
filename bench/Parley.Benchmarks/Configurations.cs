using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Order;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Parley.Benchmarks;

/// <summary>The two ways to run: until the figures are steady, or all of it in two minutes.</summary>
internal static class Configurations
{
    // In a folder that git ignores, wherever one stands.
    private static readonly string Artifacts = Path.Combine("artifacts", "benchmarks");

    /// <summary>A process per benchmark, as many iterations as it takes.</summary>
    public static IConfig Thorough => DefaultConfig.Instance.WithArtifactsPath(Artifacts);

    /// <summary>All in this process, one table for all, nothing else on the screen.</summary>
    public static IConfig Quick => ManualConfig.CreateEmpty()
        .AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithIterationTime(TimeInterval.FromMilliseconds(150))
            // A second of warm-up: by then the runtime has compiled what is hot for the second time.
            .WithWarmupCount(6)
            .WithIterationCount(8)
            .WithId(nameof(Quick)))
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .HideColumns(Column.Error, Column.Gen0, Column.Gen1, Column.Gen2, Column.Median)
        .WithOrderer(new DefaultOrderer(SummaryOrderPolicy.Declared))
        .AddLogger(NullLogger.Instance)
        .WithOptions(ConfigOptions.JoinSummary)
        .WithArtifactsPath(Artifacts);
}
