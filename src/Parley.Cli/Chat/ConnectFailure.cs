using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Parley.Cli.Chat;

/// <summary>Why there is no connection, in words that say what to do next.</summary>
internal static class ConnectFailure
{
    /// <summary>One line for the user; <paramref name="failure"/> is what the connection threw.</summary>
    public static string Describe(Exception failure, ChatOptions options)
    {
        if (options.Others.Count > 0)
        {
            string last = Describe(failure, options with { Address = options.Others[^1], Others = [] });
            return $"None of the {options.Others.Count + 1} servers can be reached. The last: {last}";
        }

        ServerAddress address = options.Address;
        if (failure is AuthenticationException)
        {
            return $"No TLS with {address}: {failure.Message}. If it is the right server, give its fingerprint with --tls-pin";
        }

        if (failure is IOException && options.Tls is not null)
        {
            return $"No TLS with {address}: what listens there does not speak it. Connect to the port for TLS (--lines-tls of the server), or leave --tls out";
        }

        return (failure as SocketException)?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused =>
                $"No server listening on {address}. Start one with: {ServeCommand(options)}",
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
                $"Cannot find the host {address.Host}. Check its name, or give its address as in 127.0.0.1:{address.Port}",
            SocketError.TimedOut or null =>
                $"No answer from {address}. Check the address and port, and any firewall on the way",
            _ => $"Cannot connect to {address}: {failure.Message}. Check the address and the network",
        };
    }

    private static string ServeCommand(ChatOptions options)
    {
        int defaultPort = options.Addressed ? ChatOptions.AddressedPort : ChatOptions.LinesPort;
        bool isDefault = options.Address.Port == defaultPort
            && (options.Address.Host == "localhost" || options.Address.Host == IPAddress.Loopback.ToString());
        return isDefault ? "parley serve" : $"parley serve {(options.Addressed ? "--addressed" : "--lines")} {options.Address}";
    }
}
