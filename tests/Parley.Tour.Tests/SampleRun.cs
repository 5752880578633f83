using System.Diagnostics;
using Parley.TestKit;

namespace Parley.Tour.Tests;

/// <summary>What a sample did: its exit code and the lines it wrote.</summary>
internal sealed record SampleRun(int ExitCode, IReadOnlyList<string> Output, string Errors)
{
    /// <summary>Runs `dotnet` with arguments, in the repository, and waits for its end.</summary>
    public static async Task<SampleRun> OfAsync(TimeSpan limit, params string[] arguments)
    {
        var start = new ProcessStartInfo(Dotnet(), arguments)
        {
            WorkingDirectory = Tour.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Build servers outlive the build, and would hold the ends of these pipes.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(limit, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"`dotnet {string.Join(' ', arguments)}` did not end. It printed:\n{await output}{await errors}");
        }

        string[] lines = (await output).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        return new SampleRun(process.ExitCode, lines, await errors);
    }

    /// <summary>It printed what the header of the sample says, and nothing went wrong.</summary>
    public void Expect(Sample sample)
    {
        if (sample.Output.Mismatch(Output) is { } mismatch)
        {
            Assert.Fail($"{sample.Path}: {mismatch}{Errors}");
        }

        Assert.Equal("", Errors);
        Assert.Equal(0, ExitCode);
    }

    // The one that runs these tests: .../dotnet/shared/Microsoft.NETCore.App/10.x.y/.
    private static string Dotnet() => Path.GetFullPath(Path.Combine(
        Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
