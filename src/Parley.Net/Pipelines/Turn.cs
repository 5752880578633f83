namespace Parley.Net.Pipelines;

/// <summary>An item, and when it is its turn to be handed over.</summary>
internal sealed class Turn<T>(T item, Task before)
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public T Item { get; } = item;

    /// <summary>Completes when the item before this one has been handed over.</summary>
    public Task Before { get; } = before;

    /// <summary>Completes when this one has.</summary>
    public Task Over => _over.Task;

    public void End() => _over.TrySetResult();
}
