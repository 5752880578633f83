using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Parley.Cluster.Membership;

namespace Parley.Cluster.Links;

/// <summary>Makes links to other nodes.</summary>
/// <param name="own">Certificate of this node.</param>
/// <param name="options">Bounds.</param>
/// <param name="time">Time.</param>
public sealed class NodeConnector(LinkCertificate own, LinkOptions options, TimeProvider time)
{
    /// <summary>Links to a node; returns when that has let this one in.</summary>
    /// <param name="peer">The node.</param>
    /// <param name="accept">Takes the new link: what comes over it goes to the result.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LinkException">The link does not come about.</exception>
    public async Task<NodeLink> ConnectAsync(ClusterNode peer, Func<NodeLink, IFrameReader> accept, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(options.HandshakeTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            var (host, port) = Split(peer.Address);
            await socket.ConnectAsync(host, port, both.Token);
            var stream = await LinkTls.ConnectAsync(socket, own, peer.Certificate, both.Token);

            // Its certificate is looked at behind the handshake: only an empty frame says that this node is in.
            await stream.ReadExactlyAsync(new byte[LinkFrameParser.HeaderBytes], both.Token);
            var link = new NodeLink(peer, LinkTransport.Over(socket, stream), options, time);
            link.Start(accept(link));
            return link;
        }
        catch (Exception e)
        {
            socket.Dispose();
            throw e switch
            {
                OperationCanceledException when cancellationToken.IsCancellationRequested => e,
                OperationCanceledException => new LinkException($"Node {peer.Name} at {peer.Address} does not answer", e),
                AuthenticationException => new LinkException($"Whoever listens at {peer.Address} is not node {peer.Name}", e),
                EndOfStreamException or IOException => new LinkException($"Node {peer.Name} at {peer.Address} does not let this node in: {e.Message}", e),
                _ => new LinkException($"Node {peer.Name} at {peer.Address} cannot be reached: {e.Message}", e),
            };
        }
    }

    private static (string Host, int Port) Split(string address)
    {
        var colon = address.LastIndexOf(':');
        return colon > 0 && int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? (address[..colon].Trim('[', ']'), port)
            : throw new FormatException("its address is not HOST:PORT");
    }
}
