using System.Globalization;

namespace Parley.Server.Connections;

/// <summary>Number of connections that the process can hold before the system gives it no more descriptors.</summary>
internal static class DescriptorLimit
{
    /// <summary>
    /// Descriptors left free for what the process opens while it runs: threads, files. Without a free one the runtime cannot
    /// start a thread, and ends the process.
    /// </summary>
    private const int Reserve = 64;

    /// <summary>HTTP needs a few for a moment each, and not more than this however many there are.</summary>
    private const int MaxHttp = 1024;
    private const int MinHttp = 16;

    private const string LimitsFile = "/proc/self/limits";

    /// <summary>Those of people, also over WebSocket: the limit, less what is open already, a reserve, and those of HTTP; no limit where the system does not tell.</summary>
    public static int Connections(bool withHttp = true)
    {
        var free = Free();
        return free == int.MaxValue || !withHttp ? free : Math.Max(1, free - HttpOf(free));
    }

    /// <summary>Those that only ask something over HTTP.</summary>
    public static int HttpConnections() => HttpOf(Free());

    private static int HttpOf(int free) => Math.Clamp(free / 8, MinHttp, MaxHttp);

    private static int Free()
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
                return Math.Max(1, descriptors - Directory.GetFiles("/proc/self/fd").Length - Reserve);
            }
        }

        return int.MaxValue;
    }
}
