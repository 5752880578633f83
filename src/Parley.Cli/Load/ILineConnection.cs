using System.Buffers;

namespace Parley.Cli.Load;

/// <summary>A connection that carries lines both ways, over a socket or in messages of a WebSocket.</summary>
/// <remarks>Any number may send at a time, one may read.</remarks>
internal interface ILineConnection : IAsyncDisposable
{
    /// <summary>Sends one line, given without its end.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken);

    /// <summary>Reads lines, without their ends; whoever leaves half-way finds the next at the next call.</summary>
    IAsyncEnumerable<string> ReadLinesAsync(CancellationToken cancellationToken);

    /// <summary>Reads all lines that are there at once, each with its end, good until more is asked for.</summary>
    IAsyncEnumerable<ReadOnlySequence<byte>> ReadBytesAsync(CancellationToken cancellationToken);
}
