using System.Net;
using Parley.Cli.Chat;

namespace Parley.Cli.Load;

/// <summary>Load on a server elsewhere is held back by its limits, which do not count on its own machine: told beforehand.</summary>
internal static class RemoteNotice
{
    public static void Write(ServerAddress server, TextWriter notices)
    {
        if (!IsThisMachine(server.Host))
        {
            notices.WriteLine(
                $"{server.Host} is another machine. Unless told otherwise, a Parley server takes 16 connections from one address, 32 new ones"
                + " in 10 minutes, and 5 lines a second from each (later ones wait). To measure the server rather than these limits, start it with"
                + " --max-connections-per-address, --max-new-connections-per-address, --command-burst and --command-rate.");
        }
    }

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
