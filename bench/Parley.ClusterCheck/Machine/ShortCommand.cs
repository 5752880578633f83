using System.Diagnostics;

namespace Parley.ClusterCheck.Machine;

/// <summary>Runs programs that end by themselves.</summary>
internal static class ShortCommand
{
    /// <summary>Runs one, and returns what it says.</summary>
    /// <exception cref="InvalidOperationException">It fails, or takes a minute.</exception>
    public static async Task<string> RunAsync(params IReadOnlyList<string> command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"`{string.Join(' ', command)}` has failed with {process.ExitCode}: {(await errors).Trim()}");
    }
}
