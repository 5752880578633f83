using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Parley.Server.Admin;
using Parley.Server.Connections;
using Parley.Server.Transport;

namespace Parley.Server.Upgrade;

/// <summary>The new program's side of an upgrade: takes the place of a server that runs.</summary>
public sealed class Takeover : IDisposable
{
    /// <summary>The variable by which the running server tells the new program that it is to take its place, and where to ask.</summary>
    internal const string Variable = "PARLEY_TAKEOVER";

    private readonly StateChannel _channel;
    private readonly IReadOnlyList<HandedListener> _listeners;

    private Takeover(StateChannel channel, IReadOnlyList<HandedListener> listeners) => (_channel, _listeners) = (channel, listeners);

    /// <summary>Asks the server that has started this program; null if none has.</summary>
    /// <exception cref="UpgradeException">It is not there any more.</exception>
    public static async Task<Takeover?> ConnectAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } name)
        {
            return null;
        }

        Environment.SetEnvironmentVariable(Variable, null);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var channel = new StateChannel(socket);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint('\0' + name));
            await channel.SendAsync(UpgradeMessages.Hello, new UpgradeHello(UpgradeMessages.Format, AdminCommands.Version), UpgradeJson.Default.UpgradeHello, -1, CancellationToken.None);
            var listeners = new List<HandedListener>();
            while (await channel.ReceiveAsync(CancellationToken.None) is { Kind: not UpgradeMessages.Listened } message)
            {
                var listener = message.Kind == UpgradeMessages.Listener ? JsonSerializer.Deserialize(message.Body, UpgradeJson.Default.HandedListener) : null;
                listeners.Add((listener ?? throw Unknown(message.Kind)) with { Socket = new Socket(new SafeSocketHandle(message.Descriptor, ownsHandle: true)) });
            }

            return new Takeover(channel, listeners);
        }
        catch (Exception e) when (e is SocketException or IOException or JsonException)
        {
            channel.Dispose();
            throw new UpgradeException($"The server whose place is to be taken does not answer: {e.Message}");
        }
    }

    /// <summary>The sockets that the running server listens with.</summary>
    public PassedSockets Sockets => new ServerState(_listeners, [], [], [], []).Sockets;

    /// <summary>Settings and files will do: has the running server stop, and hand over all that it knows.</summary>
    /// <exception cref="UpgradeException">It does not, and serves on.</exception>
    public async Task<ServerState> ReceiveAsync()
    {
        try
        {
            await _channel.SendAsync(UpgradeMessages.Ready, ReadOnlyMemory<byte>.Empty, -1, CancellationToken.None);
            byte[] broker = [];
            var connections = new List<(HandedConnection, int)>();
            var posters = new List<HandedPoster>();
            var gone = new List<EndedSession>();
            while (await _channel.ReceiveAsync(CancellationToken.None) is var (kind, body, descriptor))
            {
                switch (kind)
                {
                    case UpgradeMessages.Broker:
                        broker = body;
                        break;
                    case UpgradeMessages.Connection when JsonSerializer.Deserialize(body, UpgradeJson.Default.HandedConnection) is { } connection:
                        connections.Add((connection, descriptor));
                        break;
                    case UpgradeMessages.Poster when JsonSerializer.Deserialize(body, UpgradeJson.Default.HandedPoster) is { } poster:
                        posters.Add(poster);
                        break;
                    case UpgradeMessages.Ended when JsonSerializer.Deserialize(body, UpgradeJson.Default.EndedSession) is { } ended:
                        gone.Add(ended);
                        break;
                    case UpgradeMessages.Handed:
                        return new ServerState(_listeners, broker, connections, posters, gone);
                    default:
                        throw Unknown(kind);
                }
            }

            throw new UpgradeException("The server whose place is to be taken serves on, or is gone");
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            throw new UpgradeException($"What the running server hands over cannot be read: {e.Message}");
        }
    }

    /// <summary>Everything is in its place. Completes when this process is to serve: the other one says so, or is gone.</summary>
    public async Task TakeAsync()
    {
        try
        {
            await _channel.SendAsync(UpgradeMessages.Taken, ReadOnlyMemory<byte>.Empty, -1, CancellationToken.None);

            // Whoever gives up waiting ends this process first: so the end of input says that the other one is gone.
            await _channel.ReceiveAsync(CancellationToken.None);
        }
        catch (IOException)
        {
            // Gone.
        }
    }

    /// <summary>Says why this program does not take the server's place, if that one still listens.</summary>
    public async Task FailAsync(string reason)
    {
        try
        {
            await _channel.SendAsync(UpgradeMessages.Failed, Encoding.UTF8.GetBytes(reason), -1, CancellationToken.None);
        }
        catch (IOException)
        {
            // It knows by this process's end.
        }
    }

    /// <summary>Ends the connection to the running server.</summary>
    public void Dispose() => _channel.Dispose();

    private static UpgradeException Unknown(string kind) => new($"The running server hands over something that this program does not know: {kind}");
}
