using System.Text.Json;

namespace Parley.Cli.Bench;

/// <summary>Reports as JSON files.</summary>
internal static class ReportFile
{
    /// <summary>Writes a report over whatever is there.</summary>
    public static async Task WriteAsync(string path, BenchReport report)
    {
        FileStream file = File.Create(path);
        await using (file.ConfigureAwait(false))
        {
            await JsonSerializer.SerializeAsync(file, report, ReportJson.Default.BenchReport).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a report.</summary>
    /// <exception cref="InvalidDataException">There is none that this version can read; the message says why.</exception>
    public static async Task<BenchReport> ReadAsync(string path)
    {
        try
        {
            FileStream file = File.OpenRead(path);
            await using (file.ConfigureAwait(false))
            {
                BenchReport? report = await JsonSerializer.DeserializeAsync(file, ReportJson.Default.BenchReport).ConfigureAwait(false);
                return report is { Format: BenchReport.CurrentFormat }
                    ? report
                    : throw new InvalidDataException($"{path} is of another version (format {report?.Format}): run it again with this one");
            }
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is no report of parley bench --json: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"Cannot read {path}: {e.Message}", e);
        }
    }
}
