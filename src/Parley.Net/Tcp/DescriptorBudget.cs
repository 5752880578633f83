using System.Globalization;

namespace Parley.Net.Tcp;

/// <summary>Number of sockets that the process may open without running out of file descriptors.</summary>
/// <remarks>Without a free descriptor the runtime cannot start a thread, and ends the process: MUST NOT take the last one.</remarks>
internal static class DescriptorBudget
{
    // For threads that start, files, name servers that are asked.
    private const int Reserve = 64;

    /// <summary>The limit, less what is open now and the reserve; at least one, and no limit where the system does not tell.</summary>
    public static int Sockets()
    {
        if (!OperatingSystem.IsLinux())
        {
            return int.MaxValue;
        }

        // proc_pid_limits(5): name, soft limit, hard limit, unit. The runtime has raised the soft limit to the hard one.
        string line = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        string soft = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out int descriptors)
            ? Math.Max(1, descriptors - Directory.GetFiles("/proc/self/fd").Length - Reserve)
            : int.MaxValue;
    }
}
