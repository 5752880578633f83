using System.Globalization;

namespace Parley.Server.Connections;

/// <summary>How many connections the process can hold before the system gives it no more descriptors.</summary>
internal static class DescriptorLimit
{
    /// <summary>Descriptors that are not for connections: assemblies, logs, listeners, and what a host needs besides.</summary>
    private const int Reserve = 256;

    private const string LimitsFile = "/proc/self/limits";

    /// <summary>The limit less a reserve, or no limit where the system does not tell.</summary>
    public static int Connections()
    {
        if (!File.Exists(LimitsFile))
        {
            return int.MaxValue;
        }

        // proc(5): "Max open files            1024                 1048576              files": soft, hard.
        foreach (var line in File.ReadLines(LimitsFile))
        {
            if (line.StartsWith("Max open files", StringComparison.Ordinal)
                && int.TryParse(line[26..].Split(' ', 2)[0], NumberStyles.None, CultureInfo.InvariantCulture, out var descriptors))
            {
                return Math.Max(descriptors / 2, descriptors - Reserve);
            }
        }

        return int.MaxValue;
    }
}
