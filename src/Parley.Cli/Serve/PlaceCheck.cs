using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Parley.Cli.Admin;
using Parley.Cli.Data;
using Parley.Server.Options;

namespace Parley.Cli.Serve;

/// <summary>Checks of the places on this machine that settings name, without opening any.</summary>
internal static class PlaceCheck
{
    private static readonly string[] DataEndings = [".db", ".db-wal", ".db-shm", ".lock"];

    /// <summary>A line for each setting whose place a server of this user could not use.</summary>
    public static IEnumerable<string> Faults(ParleyOptions options) => [.. DataFaults(options), .. AdminFaults(options)];

    /// <summary>A line for each listener whose address is taken at the moment, as by a server that runs, or that this machine does not have.</summary>
    public static IEnumerable<string> Notes(ParleyOptions options)
    {
        try
        {
            var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
            var own = NetworkInterface.GetAllNetworkInterfaces().SelectMany(each => each.GetIPProperties().UnicastAddresses).Select(each => each.Address).ToHashSet();
            return
            [
                .. from setting in Setting.All
                   where setting.IsListener && (setting.Name != "ircs" || !string.Equals(options.TlsCertificate, "none", StringComparison.OrdinalIgnoreCase))
                   let at = ListenAddress.TryParse(setting.Get(options), out var address) ? address.EndPoint : null
                   where at is not null
                   let note = !IsAny(at.Address) && !IPAddress.IsLoopback(at.Address) && !own.Contains(at.Address) ? "is no address of this machine now"
                       : at.Port > 0 && taken.Any(other => other.Port == at.Port && (other.Address.Equals(at.Address) || IsAny(other.Address) || IsAny(at.Address)))
                           ? "is taken now, by a server that runs or by another program"
                       : null
                   where note is not null
                   select $"{setting.Name}: {setting.Get(options)} {note}",
            ];
        }
        catch (Exception e) when (e is NetworkInformationException or PlatformNotSupportedException or SocketException)
        {
            return [];
        }
    }

    private static IEnumerable<string> DataFaults(ParleyOptions options)
    {
        if (DataDirectory.Of(options) is not { } directory)
        {
            yield break;
        }

        if (File.Exists(directory))
        {
            yield return $"data: {directory} is no directory: give another one, or none";
        }
        else if (!FileAccessCheck.MayMakeFilesIn(directory))
        {
            yield return $"data: {directory} cannot be written by this user ({Environment.UserName}): check as the user that the server runs as, such as with sudo -u, or give another directory";
        }
        else if (Directory.Exists(directory))
        {
            foreach (var file in Directory.EnumerateFiles(directory).Where(file => DataEndings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)) && !FileAccessCheck.MayChange(file)))
            {
                yield return $"data: {file} cannot be read and written by this user ({Environment.UserName}): give this user the file, with chown, or check as the user that the server runs as";
            }
        }
    }

    /// <summary>A socket that settings name themselves has to be there; without that of the default a server starts.</summary>
    private static IEnumerable<string> AdminFaults(ParleyOptions options)
    {
        if (string.Equals(options.Admin, "default", StringComparison.OrdinalIgnoreCase) || AdminSocket.Of(options) is not { } path)
        {
            yield break;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        if (!AdminSocket.IsAddress(path))
        {
            yield return $"admin: {path} is too long for the address of a socket: give a shorter one";
        }
        else if (DataDirectory.Of(options) is { } data && Path.GetFullPath(data) == folder)
        {
            // Made with the directory, if it is not there yet.
        }
        else if (!Directory.Exists(folder))
        {
            yield return $"admin: there is no directory {folder}: make it, or give another file, or none";
        }
        else if (!FileAccessCheck.MayMakeFilesIn(folder))
        {
            yield return $"admin: {folder} cannot be written by this user ({Environment.UserName}): give another file, or none";
        }
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
