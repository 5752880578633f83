namespace Parley.Core.Delivery;

/// <summary>Takes out of an outbox, to the byte, what its reader is still owed, so that somebody else can send it.</summary>
public static class OutboxHandover
{
    /// <summary>Has nobody wait for the reader any more: what is answered, and what is read from history, comes at once, however much it is.</summary>
    public static void StopPacing(this Outbox outbox)
    {
        lock (outbox.Gate)
        {
            outbox.IsUnpaced = true;
            outbox.ReleaseReaders(hasEnded: false);
            for (var i = 0; i < outbox.Queue.Count; i++)
            {
                outbox.Queue[i].Hole?.StopWaiting();
            }
        }
    }

    /// <summary>Completes when everything that is to come into the outbox by itself, such as history behind a gap, is there. Comes behind <see cref="StopPacing"/>.</summary>
    public static async Task WhenSettledAsync(this Outbox outbox, CancellationToken cancellationToken = default)
    {
        while (outbox.TryFindOpenHole(out var closing))
        {
            await closing.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends the outbox, which sends nothing more, and returns what was not sent. It MUST have settled.</summary>
    public static byte[] TakeRest(this Outbox outbox)
    {
        lock (outbox.Gate)
        {
            var rest = new MemoryStream();
            for (var i = 0; i < outbox.Queue.Count; i++)
            {
                ref var segment = ref outbox.Queue[i];
                rest.Write(segment.Hole is { } hole ? hole.Bytes : segment.Bytes.Span);
            }

            outbox.Abort();
            return rest.ToArray();
        }
    }

    /// <summary>Has a new outbox begin with what another has owed the reader, as it is sent.</summary>
    /// <param name="outbox">An outbox with nothing in it.</param>
    /// <param name="rest">The bytes. The outbox keeps them; MUST NOT be changed afterwards.</param>
    public static void Owe(this Outbox outbox, byte[] rest) => outbox.AppendFrame(rest);

    /// <summary>Finds the first hole that is open; false if there is none.</summary>
    /// <param name="outbox">Where to look.</param>
    /// <param name="closing">Completes when the hole is closed.</param>
    private static bool TryFindOpenHole(this Outbox outbox, out Task closing)
    {
        lock (outbox.Gate)
        {
            for (var i = 0; i < outbox.Queue.Count; i++)
            {
                if (outbox.Queue[i].Hole is not { IsClosed: false } hole)
                {
                    continue;
                }

                if (hole is { IsGap: true, IsReached: false })
                {
                    outbox.Reach(hole, i);
                }

                if (!hole.IsClosed)
                {
                    closing = hole.Closed;
                    return true;
                }
            }
        }

        closing = Task.CompletedTask;
        return false;
    }
}
