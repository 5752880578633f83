namespace Parley.Tour.Tests;

/// <summary>The command that a learner types. A few stand for all, as each takes seconds: <see cref="SampleCompiler"/>.</summary>
public sealed class DotnetRunTests
{
    // For programs that are built first. Never waited for when all is well.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData("samples/tour/01-cell.cs")]
    [InlineData("samples/tour/15-rendezvous.cs")]
    [InlineData("samples/tour/steps/8-shutdown.cs")]
    public async Task One_command_builds_and_runs_a_sample(string path)
    {
        // In the configuration of these tests, whose build of Parley.Net is there already.
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        SampleRun run = await SampleRun.OfAsync(Limit, "run", "-c", configuration, path);
        run.Expect(Tour.Find(path));
    }

    [Fact]
    public async Task The_samples_are_formatted_like_everything_else()
    {
        SampleRun run = await SampleRun.OfAsync(Limit, "format", "whitespace", "samples", "--folder", "--verify-no-changes");

        Assert.Equal("", string.Join('\n', run.Output) + run.Errors);
        Assert.Equal(0, run.ExitCode);
    }
}
