using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Parley.Client;

/// <summary>Servers that a client may go to, one of which is its current one. Not thread-safe.</summary>
/// <param name="servers">At least one.</param>
public sealed class ServerList(IReadOnlyList<DnsEndPoint> servers)
{
    private int _index;

    /// <summary>Number of them.</summary>
    public int Count => servers.Count;

    /// <summary>The one that the client is at, or tries.</summary>
    public DnsEndPoint Current => servers[_index];

    /// <summary>Goes to the next; behind the last comes the first.</summary>
    public void Next() => _index = (_index + 1) % servers.Count;

    /// <summary>Connects to the current one.</summary>
    public Task<ParleyConnection> ConnectAsync(ClientOptions options, CancellationToken cancellationToken)
        => ParleyConnection.ConnectAsync(Current.Host, Current.Port, options, cancellationToken);

    /// <summary>Connects to the first that answers, from the current one on; where none does, what the last one said is thrown.</summary>
    public async Task<ParleyConnection> ConnectToAnyAsync(ClientOptions options, CancellationToken cancellationToken)
    {
        for (int left = Count - 1; ; left--)
        {
            try
            {
                return await ConnectAsync(options, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (left > 0 && e is SocketException or TimeoutException or AuthenticationException or IOException)
            {
                Next();
            }
        }
    }
}
