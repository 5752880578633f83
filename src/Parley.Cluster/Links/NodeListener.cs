using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Parley.Cluster.Membership;

namespace Parley.Cluster.Links;

/// <summary>The door for links: whoever shows the certificate of a living node comes in, everybody else is closed without a word.</summary>
public sealed class NodeListener : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly LinkCertificate _own;
    private readonly LinkOptions _options;
    private readonly ILinkMonitor _monitor;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private int _handshakes;

    private NodeListener(Socket socket, LinkCertificate own, LinkOptions options, ILinkMonitor monitor, TimeProvider time)
    {
        _socket = socket;
        _own = own;
        _options = options;
        _monitor = monitor;
        _time = time;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Takes the port. Who comes waits until <see cref="Start"/>.</summary>
    /// <exception cref="SocketException">The address is not to be had.</exception>
    public static NodeListener Bind(IPEndPoint address, LinkCertificate own, LinkOptions options, ILinkMonitor monitor, TimeProvider time)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // At all addresses means those of both kinds.
            if (address.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(address);
            socket.Listen();
            return new NodeListener(socket, own, options, monitor, time);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Lets nodes in.</summary>
    /// <param name="nodes">Who they may be.</param>
    /// <param name="accept">Takes a new link: what comes over it goes to the result.</param>
    public void Start(INodeDirectory nodes, Func<NodeLink, IFrameReader> accept) => _loop = Task.Run(() => AcceptAllAsync(nodes, accept));

    /// <summary>Closes the door; links that came in stay.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Dispose();
        await _loop;
    }

    private async Task AcceptAllAsync(INodeDirectory nodes, Func<NodeLink, IFrameReader> accept)
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _socket.AcceptAsync(_stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                // Out of descriptors, say: who waits to come in still does.
                _monitor.Refused("anybody", e.Message);
                await Task.Delay(_options.KeepAlive, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            if (Interlocked.Increment(ref _handshakes) > _options.MaxHandshakes)
            {
                Interlocked.Decrement(ref _handshakes);
                socket.Dispose();
                _monitor.Refused("anybody", "too many come at once");
                continue;
            }

            _ = GreetAsync(socket, nodes, accept);
        }
    }

    private async Task GreetAsync(Socket socket, INodeDirectory nodes, Func<NodeLink, IFrameReader> accept)
    {
        var remote = socket.RemoteEndPoint?.ToString() ?? "somebody";
        using var limit = new CancellationTokenSource(_options.HandshakeTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token);
        try
        {
            socket.NoDelay = true;
            var (stream, shown) = await LinkTls.AcceptAsync(socket, _own, both.Token);
            if (await nodes.FindAsync(shown, both.Token) is { } peer)
            {
                var link = new NodeLink(peer, LinkTransport.Over(socket, stream), _options, _time);
                link.Welcome();
                link.Start(accept(link));
                Interlocked.Decrement(ref _handshakes);
                return;
            }

            Refuse("shows no certificate of a living node");
        }
        catch (Exception e)
        {
            Refuse(e is OperationCanceledException ? "takes too long" : e is AuthenticationException ? "speaks no TLS of a node" : e.Message);
        }

        void Refuse(string reason)
        {
            socket.Dispose();
            Interlocked.Decrement(ref _handshakes);
            _monitor.Refused(remote, reason);
        }
    }
}
