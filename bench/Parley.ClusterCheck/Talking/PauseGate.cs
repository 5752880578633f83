namespace Parley.ClusterCheck.Talking;

/// <summary>Holds clients between their steps at the end of a round.</summary>
internal sealed class PauseGate
{
    private volatile TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A gate that is closed.</summary>
    public PauseGate()
    {
    }

    /// <summary>Completes when clients may go on.</summary>
    public Task Opened => _open.Task;

    /// <summary>Lets clients go on.</summary>
    public void Open() => _open.TrySetResult();

    /// <summary>Holds those that come from here on.</summary>
    public void Close()
    {
        if (_open.Task.IsCompleted)
        {
            _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
