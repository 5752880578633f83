namespace Parley.Cli.Load;

/// <summary>Bytes and lines that went over one connection, line ends included. One task writes each way; anybody may read.</summary>
internal sealed class Traffic
{
    private long _bytesSent;
    private long _bytesReceived;

    public long BytesSent => Interlocked.Read(ref _bytesSent);

    public long BytesReceived => Interlocked.Read(ref _bytesReceived);

    public void Sent(long bytes) => Interlocked.Add(ref _bytesSent, bytes);

    public void Received(long bytes) => Interlocked.Add(ref _bytesReceived, bytes);
}
