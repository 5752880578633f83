using System.Globalization;

namespace Parley.EndToEnd.Tests.Support;

/// <summary>What the system knows about a process: proc(5).</summary>
internal static class ProcessStatus
{
    /// <summary>Clock ticks of /proc/PID/stat, which is 100 on every Linux that runs .NET.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Memory that is in use and not swapped out: VmRSS.</summary>
    public static long ResidentKilobytes(int processId)
    {
        string line = File.ReadLines($"/proc/{processId}/status").First(each => each.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
    }

    /// <summary>CPU time used so far, user and system.</summary>
    public static TimeSpan CpuTime(int processId)
    {
        // The second field is the program's name in parentheses and may have spaces; utime and stime are fields 14 and 15.
        string stat = File.ReadAllText($"/proc/{processId}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    /// <summary>Whether SIGSTOP has taken effect.</summary>
    public static bool IsStopped(int processId)
    {
        string stat = File.ReadAllText($"/proc/{processId}/stat");
        return stat[stat.LastIndexOf(')') + 2] == 'T';
    }

    public static int OpenDescriptors(int processId) => Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length;
}
