using System.Buffers;
using Parley.Client;

namespace Parley.Cli.Load;

/// <summary>Lines over TCP or TLS.</summary>
internal sealed class SocketLines(ParleyConnection connection) : ILineConnection
{
    public static async Task<ILineConnection> ConnectAsync(LoadServer server, TimeProvider time, CancellationToken cancellationToken)
        => new SocketLines(await ParleyConnection
            .ConnectAsync(server.Address.Host, server.Address.Port, new ClientOptions { TimeProvider = time, Tls = server.Tls }, cancellationToken)
            .ConfigureAwait(false));

    public ValueTask SendAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken) => connection.SendAsync(line, cancellationToken);

    public IAsyncEnumerable<string> ReadLinesAsync(CancellationToken cancellationToken) => connection.ReadLinesAsync(cancellationToken);

    public IAsyncEnumerable<ReadOnlySequence<byte>> ReadBytesAsync(CancellationToken cancellationToken) => connection.ReadBytesAsync(cancellationToken);

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
