namespace Parley.Net.Concurrency;

/// <summary>A writer that waits with its item, or a reader that waits for one; either way the task ends with the item.</summary>
internal sealed class Waiter<T>(T? item) : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>Item that a writer brought; the default value for a reader.</summary>
    public T? Item { get; } = item;
}
