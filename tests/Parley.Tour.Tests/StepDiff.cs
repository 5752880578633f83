using System.Diagnostics;

namespace Parley.Tour.Tests;

/// <summary>What a step changes in the server of the step before, without the conversation that shows it and the client.</summary>
/// <param name="Block">A fenced block for the page.</param>
/// <param name="ChangedLines">Lines added and lines taken away.</param>
internal sealed record StepDiff(string Block, int ChangedLines)
{
    /// <summary>Null where there is no git, which finds the differences.</summary>
    public static async Task<StepDiff?> BetweenAsync(Sample before, Sample after, CancellationToken cancellationToken)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("parley-tour-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "before"), ServerOf(before), cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "after"), ServerOf(after), cancellationToken);
            var start = new ProcessStartInfo(
                "git",
                ["diff", "--no-index", "--no-color", "--no-ext-diff", "--diff-algorithm=histogram", "--unified=2", "before", "after"])
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
            };
            using Process git = Process.Start(start)!;
            string output = await git.StandardOutput.ReadToEndAsync(cancellationToken);
            await git.WaitForExitAsync(cancellationToken);

            // Behind the second @@ stands a guess at the method, which versions of git differ in.
            string[] lines =
            [
                .. output.TrimEnd('\n').Split('\n')
                    .SkipWhile(line => !line.StartsWith("@@", StringComparison.Ordinal))
                    .Select(line => line.StartsWith("@@", StringComparison.Ordinal) ? "@@" : line.TrimEnd()),
            ];
            return new StepDiff($"```diff\n{string.Join('\n', lines)}\n```\n", lines.Count(line => line.StartsWith('+') || line.StartsWith('-')));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string ServerOf(Sample step)
    {
        int start = step.Code.IndexOf("internal sealed class ChatServer", StringComparison.Ordinal);
        int end = step.Code.IndexOf("internal sealed class Client", StringComparison.Ordinal);
        return step.Code[start..end];
    }
}
