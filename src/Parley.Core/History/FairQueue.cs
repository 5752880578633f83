namespace Parley.Core.History;

/// <summary>Lets so many do something at once, and of those who wait the client next whose turn was longest ago.</summary>
internal sealed class FairQueue(int places)
{
    // Guards what follows. Taken with no other lock.
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> _turns = new();
    private int _free = places;

    /// <summary>Waits for a place, which is given back when the result is disposed of.</summary>
    public async ValueTask<Place> EnterAsync(string client, CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return new Place(this);
            }

            if (!_waiting.TryGetValue(client, out var queue))
            {
                _waiting.Add(client, queue = new Queue<TaskCompletionSource>(1));
                _turns.Enqueue(client);
            }

            queue.Enqueue(turn);
        }

        using (cancellationToken.UnsafeRegister(static turn => ((TaskCompletionSource)turn!).TrySetCanceled(), turn))
        {
            await turn.Task;
        }

        return new Place(this);
    }

    private void Leave()
    {
        lock (_gate)
        {
            while (_turns.TryDequeue(out var client))
            {
                var queue = _waiting[client];
                var next = queue.Dequeue();
                if (queue.Count > 0)
                {
                    _turns.Enqueue(client);
                }
                else
                {
                    _waiting.Remove(client);
                }

                // Whoever has given up meanwhile has no use for the place.
                if (next.TrySetResult())
                {
                    return;
                }
            }

            _free++;
        }
    }

    /// <summary>A place that somebody has.</summary>
    internal readonly struct Place(FairQueue queue) : IDisposable
    {
        public void Dispose() => queue.Leave();
    }
}
