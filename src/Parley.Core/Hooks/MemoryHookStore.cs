namespace Parley.Core.Hooks;

/// <summary>Web hooks of one process, gone with it.</summary>
public sealed class MemoryHookStore : IHookStore
{
    private readonly Lock _gate = new();
    private readonly List<WebHook> _hooks = [];
    private long _lastId;

    /// <inheritdoc/>
    public ValueTask<WebHook> AddAsync(WebHook hook, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var added = hook with { Id = ++_lastId };
            _hooks.Add(added);
            return new(added);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WebHook>> ListAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new([.. _hooks]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> RemoveAsync(long id, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_hooks.RemoveAll(hook => hook.Id == id) > 0);
        }
    }
}
