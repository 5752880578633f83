namespace Parley.Core.Delivery;

/// <summary>Those who wait until an outbox is in some state; under its lock.</summary>
internal struct OutboxWait
{
    private TaskCompletionSource? _waiting;

    /// <summary>Completes at once if it is so, otherwise when it is found to be.</summary>
    public Task UntilAsync(bool isSo)
        => isSo ? Task.CompletedTask : (_waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Releases whoever waits if it is so by now.</summary>
    public void ReleaseIf(bool isSo)
    {
        if (isSo && _waiting is { } waiting)
        {
            _waiting = null;
            waiting.TrySetResult();
        }
    }
}
