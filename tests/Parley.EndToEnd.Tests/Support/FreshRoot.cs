using System.Diagnostics;
using System.Text;

namespace Parley.EndToEnd.Tests.Support;

/// <summary>A Debian system of its own (<c>eng/packaging/fresh-root</c>), in which what a page of the documentation says is done word for word.</summary>
internal static class FreshRoot
{
    private const int CannotRunHere = 75;

    // Two minutes on two idle cores.
    public static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(12);
    public static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(5);

    /// <summary>Skips the test where the machine cannot make one, and says why.</summary>
    public static async Task NeedAsync()
    {
        using TemporaryFolder folder = new();
        string script = Path.Combine(folder.Path, "script");
        File.WriteAllText(script, "true\n");
        (int possible, string why) = await RunAsync("eng/packaging/fresh-root", [folder.Path, script], RunLimit);
        Assert.SkipWhen(possible == CannotRunHere, $"no fresh system here: {why.Trim()}");
        Assert.True(possible == 0, why);
    }

    /// <summary>Runs a script there, as root, with a folder at /release; the result is all that it said.</summary>
    public static Task<string> RunScriptAsync(string folder, string script) => MustAsync("eng/packaging/fresh-root", [folder, script], RunLimit);

    /// <summary>The blocks of a page that are marked <c>sh</c>, each with the heading it stands under.</summary>
    public static IEnumerable<(string Section, string Block)> BlocksOf(string page) => BlocksOf(page, "sh");

    /// <summary>The blocks of a page in one language.</summary>
    public static IEnumerable<(string Section, string Block)> BlocksOf(string page, string language)
    {
        string section = "";
        StringBuilder? block = null;
        foreach (string line in File.ReadLines(Path.Combine(ParleyBinary.Repository, page)))
        {
            if (block is not null && line == "```")
            {
                yield return (section, block.ToString());
                block = null;
            }
            else if (block is not null)
            {
                block.AppendLine(line);
            }
            else if (line == "```" + language)
            {
                block = new StringBuilder();
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = line[3..];
            }
        }
    }

    /// <summary>Runs a program of the repository or of the system, which has to end with 0; the result is all that it said.</summary>
    public static async Task<string> MustAsync(string program, string[] arguments, TimeSpan limit)
    {
        (int exitCode, string said) = await RunAsync(program, arguments, limit);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)}: {exitCode}\n{said}");
        return said;
    }

    /// <summary>Runs a program of the repository or of the system; the result is its exit code, and all that it said.</summary>
    public static async Task<(int ExitCode, string Said)> RunAsync(string program, string[] arguments, TimeSpan limit)
    {
        string path = program.Contains('/', StringComparison.Ordinal) ? Path.Combine(ParleyBinary.Repository, program) : Programs.Need(program);
        ProcessStartInfo start = new(path, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = ParleyBinary.Repository,
        };
        start.Environment["PARLEY_RIDS"] = "linux-x64";
        start.Environment["PARLEY_COMPRESSION"] = "1";
        // The tests' own host must not be taken for the build's.
        start.Environment.Remove("MSBUILD_EXE_PATH");
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> said = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await said + await errors);
    }
}
