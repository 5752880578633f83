using System.Net.Sockets;
using Parley.Cli.Data;
using Parley.Server.Options;

namespace Parley.Cli.Admin;

/// <summary>The Unix socket by which a server is looked after.</summary>
internal static class AdminSocket
{
    private const string FileName = "admin.sock";

    /// <summary>The one that a server's settings name; null for none.</summary>
    public static string? Of(ParleyOptions options) => Of(options.Admin, DataDirectory.Of(options));

    /// <summary>True if a socket can have that path for its address.</summary>
    public static bool IsAddress(string path)
    {
        try
        {
            _ = new UnixDomainSocketEndPoint(path);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The one that the setting names.</summary>
    /// <param name="setting">The value of <see cref="ParleyOptions.Admin"/>.</param>
    /// <param name="directory">The data directory; null for none.</param>
    public static string? Of(string setting, string? directory) => setting.ToUpperInvariant() switch
    {
        "NONE" => null,
        "DEFAULT" => directory is null ? null : Path.Combine(directory, FileName),
        _ => setting,
    };
}
