using System.Buffers;
using System.IO.Pipelines;
using Parley.Core.Delivery;

namespace Parley.Server.Connections;

/// <summary>The write side of a connection: sends what is in its outbox, as much as there is at a time, until that is complete or the connection gone.</summary>
internal sealed class OutboxWriter(Outbox outbox, PipeWriter output)
{
    /// <summary>Bytes handed to the transport at a time: what a socket takes in one go; the rest waits where it is bounded.</summary>
    private const int MaxBatchBytes = 64 * 1024;

    public async Task RunAsync()
    {
        try
        {
            while (await outbox.WaitToTakeAsync())
            {
                for (var batch = 0; batch < MaxBatchBytes && outbox.TryTake(out var segment);)
                {
                    output.Write(segment.Bytes.Span);
                    batch += segment.Length;
                    segment.Release();
                }

                if ((await output.FlushAsync()).IsCompleted)
                {
                    return;
                }
            }
        }
        finally
        {
            outbox.Abort();
        }
    }
}
