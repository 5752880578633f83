using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using Parley.Cli.Chat;
using Parley.Client;

namespace Parley.Cli.Load;

/// <summary>Server that is put under load, and the way to it.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="Protocol">What is spoken there.</param>
/// <param name="Tls">How it is encrypted; null for plain text.</param>
internal sealed record LoadServer(ServerAddress Address, LoadProtocol Protocol, ClientTlsOptions? Tls)
{
    private const string WebSocketPath = "/irc";

    /// <summary>The protocol as reports have it: <c>lines</c>, <c>irc over TLS</c>.</summary>
    public string Way => Protocol.ToString().ToLowerInvariant() + (Tls is null ? "" : " over TLS");

    /// <summary>The address of IRC over WebSocket.</summary>
    public Uri WebSocket => new($"{(Tls is null ? "ws" : "wss")}://{Address}{WebSocketPath}");

    /// <summary>The setting of a Parley server that has it listen for this.</summary>
    private string Setting => (Protocol, Tls) switch
    {
        (LoadProtocol.Lines, null) => "lines",
        (LoadProtocol.Lines, _) => "lines-tls",
        (LoadProtocol.Irc, null) => "irc",
        (LoadProtocol.Irc, _) => "ircs",
        (_, null) => "http",
        _ => "https",
    };

    /// <summary>Why there is no connection, in words that say what to do next.</summary>
    public string Explain(Exception failure)
    {
        // A WebSocket's own exception has the reason in one that it has caught.
        Exception cause = failure;
        while (cause is not (SocketException or AuthenticationException) && cause.InnerException is { } inner)
        {
            cause = inner;
        }

        return cause switch
        {
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => $"No server listening on {Address}. Start one with: parley serve --{Setting} {Address}",
            AuthenticationException => $"No TLS with {Address}: {cause.Message}. If it is the right server, give its fingerprint with --tls-pin",
            _ when failure is WebSocketException => $"No WebSocket at {WebSocket}: {cause.Message}",
            IOException when Tls is not null => $"No TLS with {Address}: what listens there does not speak it. Connect to the port for TLS (--{Setting} of the server), or leave --tls out",
            _ => ConnectFailure.Describe(failure, new ChatOptions(Address, Addressed: false, Login: null)),
        };
    }

    /// <summary>The port that a Parley server listens at for a protocol; over TLS, the one that its documentation has.</summary>
    public static int DefaultPort(LoadProtocol protocol, bool isTls) => (protocol, isTls) switch
    {
        (LoadProtocol.Lines, false) => ChatOptions.LinesPort,
        (LoadProtocol.Lines, true) => 6690,
        (LoadProtocol.Irc, false) => 6667,
        (LoadProtocol.Irc, true) => 6697,
        (_, false) => 8080,
        (_, true) => 443,
    };
}
