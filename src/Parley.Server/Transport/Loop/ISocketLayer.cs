namespace Parley.Server.Transport.Loop;

/// <summary>A layer between a loop's socket and what is read from it, such as TLS.</summary>
internal interface ISocketLayer
{
    /// <summary>Receives from the socket, on the loop's thread: MUST NOT block.</summary>
    /// <param name="buffer">Takes the bytes.</param>
    /// <param name="hasMore">There may be more, of which no event will tell.</param>
    /// <returns>Bytes, 0 at the end of input, or an error number below zero: <see cref="Libc.Again"/> if there are none now.</returns>
    int Receive(Span<byte> buffer, out bool hasMore);

    /// <summary>The socket takes bytes again.</summary>
    void OnWritable();
}
