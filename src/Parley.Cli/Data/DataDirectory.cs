using Parley.Server.Options;

namespace Parley.Cli.Data;

/// <summary>Where the server keeps its data unless told otherwise: where each system has the data of a user's programs.</summary>
public static class DataDirectory
{
    /// <summary>This system's default, a full path.</summary>
    public static string Default => Choose(
        Environment.GetEnvironmentVariable, OperatingSystem.IsWindows(), OperatingSystem.IsMacOS(), Environment.CurrentDirectory);

    /// <summary>The directory that a server's settings name; null for none.</summary>
    public static string? Of(ParleyOptions options) => Of(options.Data);

    /// <summary>The directory that the setting names; null for none.</summary>
    public static string? Of(string setting) => setting.ToUpperInvariant() switch
    {
        "NONE" => null,
        "DEFAULT" => Default,
        _ => setting,
    };

    /// <summary>The default on a system.</summary>
    /// <param name="environment">Reads a variable of the environment.</param>
    /// <param name="isWindows">Whether that is the system.</param>
    /// <param name="isMacOS">Whether that is the system.</param>
    /// <param name="current">The current directory, for processes that have no home.</param>
    internal static string Choose(Func<string, string?> environment, bool isWindows, bool isMacOS, string current)
    {
        if (isWindows)
        {
            return environment("LOCALAPPDATA") is { Length: > 0 } local ? Path.Combine(local, "parley") : InCurrent();
        }

        var home = environment("HOME");
        if (isMacOS)
        {
            return IsFull(home) ? Path.Combine(home!, "Library", "Application Support", "parley") : InCurrent();
        }

        // https://specifications.freedesktop.org/basedir-spec: a path that is not absolute is to be ignored.
        var data = environment("XDG_DATA_HOME");
        return IsFull(data) ? Path.Combine(data!, "parley")
            : IsFull(home) ? Path.Combine(home!, ".local", "share", "parley")
            : InCurrent();

        string InCurrent() => Path.Combine(current, "parley-data");
    }

    private static bool IsFull(string? path) => path is not null && path.StartsWith('/');
}
