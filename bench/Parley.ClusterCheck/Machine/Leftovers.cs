using System.Globalization;

namespace Parley.ClusterCheck.Machine;

/// <summary>The list of what has to be gone afterwards, for eng/cluster/check, which clears up when this process could not.</summary>
internal static class Leftovers
{
    private static readonly string? List = Environment.GetEnvironmentVariable("PARLEY_CHECK_LEFTOVERS");

    /// <summary>Adds a process, with the moment of its start, by which it is told from another that has its number later.</summary>
    public static void Note(int process)
        => Add(string.Create(CultureInfo.InvariantCulture, $"process {process} {File.ReadAllText($"/proc/{process}/stat").Split(") ", 2)[1].Split(' ')[19]}"));

    /// <summary>Adds a folder.</summary>
    public static void Note(string folder) => Add($"folder {folder}");

    private static void Add(string line)
    {
        if (List is not null)
        {
            File.AppendAllLines(List, [line]);
        }
    }
}
