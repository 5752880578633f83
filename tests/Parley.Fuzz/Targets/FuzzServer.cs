using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Fuzz.Targets;

/// <summary>A server with everything on, in memory, that conversations are held with. It lives as long as the process.</summary>
internal sealed class FuzzServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ParleyServer _server;
    private readonly CollectedLog _log;
    private int _faultsSeen;

    private FuzzServer(ParleyServer server, CollectedLog log) => (_server, _log) = (server, log);

    public static FuzzServer Shared => Started.Value;

    private static Lazy<FuzzServer> Started { get; } = new(Start);

    private static FuzzServer Start()
    {
        var options = new ParleyOptions
        {
            Lines = ListenAddress.Loopback(0),
            Addressed = ListenAddress.Loopback(0),
            Irc = ListenAddress.Loopback(0),
            Http = ListenAddress.Loopback(0),
            Collect = ListenAddress.Loopback(0),
            CollectRoom = "fuzz",
            DrainTimeout = TimeSpan.FromSeconds(1),
        };
        var log = new CollectedLog();
        var server = ParleyServer.Create(options, logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Warning));
#pragma warning disable VSTHRD002 // A target is a function: it waits for its server once, on a thread of its own.
        server.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        return new FuzzServer(server, log);
    }

    /// <summary>Sends an opening and the input, closes the sending side and reads to the end; then asks for health.</summary>
    /// <exception cref="FuzzException">A session failed, or did not end, or the server answers others no more.</exception>
    public void Converse(string listener, string opening, ReadOnlyMemory<byte> input)
    {
        var address = _server.Listeners.Single(each => string.Equals(each.Name, listener, StringComparison.Ordinal)).Address;
        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = (int)Patience.TotalMilliseconds, SendTimeout = (int)Patience.TotalMilliseconds })
        {
            socket.Connect(address);
            try
            {
                socket.Send(Encoding.ASCII.GetBytes(opening));
                socket.Send(input.Span);
                socket.Shutdown(SocketShutdown.Send);
                var buffer = new byte[64 * 1024];
                while (socket.Receive(buffer) > 0)
                {
                }
            }
            catch (SocketException failure)
            {
                FuzzTarget.Require(failure.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.NotConnected, $"A conversation ends: {failure.SocketErrorCode}");
            }
        }

        foreach (var entry in _log.Entries.Skip(_faultsSeen))
        {
            _faultsSeen++;
            FuzzTarget.Require(entry.Exception is null && entry.Level < LogLevel.Error, $"No session fails: {entry.Message} {entry.Exception}");
        }
    }
}
