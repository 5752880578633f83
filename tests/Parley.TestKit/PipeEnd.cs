using System.Buffers;
using System.IO.Pipelines;

namespace Parley.TestKit;

/// <summary>The client's end of an <see cref="InMemoryConnection"/>.</summary>
internal sealed class PipeEnd(InMemoryConnection connection, PipeReader input, PipeWriter output) : IClientEnd
{
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            var result = await input.ReadAsync(connection.CutOff);
            var length = (int)Math.Min(buffer.Length, result.Buffer.Length);
            result.Buffer.Slice(0, length).CopyTo(buffer.Span);
            input.AdvanceTo(result.Buffer.GetPosition(length));
            return length;
        }
        catch (Exception e) when (connection.CutOff.IsCancellationRequested && e is OperationCanceledException or InvalidOperationException)
        {
            throw new IOException("The connection was cut off", e);
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            if ((await output.WriteAsync(bytes)).IsCompleted)
            {
                throw new IOException("The server reads no more");
            }
        }
        catch (InvalidOperationException e)
        {
            throw new IOException("The connection was cut off", e);
        }
    }

    public ValueTask CompleteSendingAsync() => output.CompleteAsync();

    public async ValueTask CloseAsync()
    {
        await output.CompleteAsync();
        await input.CompleteAsync();
        connection.ClientIsGone();
    }
}
