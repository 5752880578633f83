using Parley.Server.Hosting;

namespace Parley.Cli.Serve;

/// <summary>Variables of the environment that look like settings and are none.</summary>
internal static class UnknownVariables
{
    /// <summary>Says of each what may have been meant, on standard error.</summary>
    public static void Tell()
    {
        foreach (string line in SettingsReader.UnknownVariables(Environment.GetEnvironmentVariables().Keys.Cast<string>()))
        {
            Console.Error.WriteLine(line);
        }
    }
}
