namespace Parley.Core.Sessions;

/// <summary>How much of what a session has said is still on its way to those it is for.</summary>
internal sealed class Unsettled
{
    // Lock tier 4: taken last, nothing is taken inside.
    private readonly Lock _gate = new();
    private TaskCompletionSource? _settled;
    private int _count;

    public void Begin()
    {
        lock (_gate)
        {
            _count++;
        }
    }

    public void End()
    {
        lock (_gate)
        {
            if (--_count == 0)
            {
                _settled?.TrySetResult();
                _settled = null;
            }
        }
    }

    /// <summary>Completes when nothing is on its way any more.</summary>
    public ValueTask SettledAsync()
    {
        lock (_gate)
        {
            if (_count == 0)
            {
                return default;
            }

            _settled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_settled.Task);
        }
    }
}
