namespace Parley.EndToEnd.Tests.Support;

/// <summary>The programs that people bring along.</summary>
internal static class Programs
{
    /// <summary>Where a program is; without it the test is skipped, and says so.</summary>
    public static string Need(params string[] names)
    {
        foreach (string name in names)
        {
            foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            {
                if (File.Exists(Path.Combine(folder, name)))
                {
                    return Path.Combine(folder, name);
                }
            }
        }

        Assert.Skip($"none of these programs is installed: {string.Join(", ", names)}");
        return "";
    }

    /// <summary>OpenBSD's netcat for choice: it has the fewest ideas of its own.</summary>
    public static ChildProcess StartNetcat(int port) =>
        ChildProcess.Start(Need("nc.openbsd", "nc", "ncat"), ["127.0.0.1", $"{port}"]);

    public static ChildProcess StartTelnet(int port) => ChildProcess.Start(Need("telnet"), ["127.0.0.1", $"{port}"]);
}
