using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;

namespace Parley.Cluster.Links;

/// <summary>Bytes both ways, over which a link goes.</summary>
/// <param name="Input">What comes.</param>
/// <param name="Output">Where what is sent goes.</param>
/// <param name="FinishSending">Tells the other end that no more will come.</param>
/// <param name="Abort">Ends both ways at once, whatever is under way.</param>
internal sealed record LinkTransport(PipeReader Input, Stream Output, Func<Task> FinishSending, Action Abort)
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>A transport over TLS.</summary>
    public static LinkTransport Over(Socket socket, SslStream stream) => new(
        PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferBytes, leaveOpen: true)),
        stream,
        async () =>
        {
            await stream.ShutdownAsync();
            socket.Shutdown(SocketShutdown.Send);
        },
        () =>
        {
            socket.Dispose();
            stream.Dispose();
        });

    /// <summary>Two ends in one process.</summary>
    public static (LinkTransport One, LinkTransport Other) Pair()
    {
        // No more is under way than a socket would have.
        var options = new PipeOptions(pauseWriterThreshold: BufferBytes, resumeWriterThreshold: BufferBytes / 2, useSynchronizationContext: false);
        var (there, back) = (new Pipe(options), new Pipe(options));
        return (End(back, there), End(there, back));
    }

    private static LinkTransport End(Pipe input, Pipe output) => new(
        input.Reader,
        output.Writer.AsStream(leaveOpen: true),
        () => output.Writer.CompleteAsync().AsTask(),
        () =>
        {
            var cause = new IOException("The other end was cut off.");
            output.Writer.Complete(cause);
            input.Writer.Complete(cause);
            input.Reader.CancelPendingRead();
            output.Writer.CancelPendingFlush();
        });
}
