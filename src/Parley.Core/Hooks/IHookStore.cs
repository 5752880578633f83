using Parley.Core.Tokens;

namespace Parley.Core.Hooks;

/// <summary>Where web hooks are registered. Every implementation passes <c>HookStoreSpecification</c>.</summary>
/// <remarks>
/// May be called at any time, from any thread; MUST NOT block the caller's. What another process has changed is seen by the
/// next call. Throws <see cref="TokenStoreException"/>.
/// </remarks>
public interface IHookStore
{
    /// <summary>Adds a hook, and gives it its id.</summary>
    ValueTask<WebHook> AddAsync(WebHook hook, CancellationToken cancellationToken = default);

    /// <summary>All there are, oldest first.</summary>
    ValueTask<IReadOnlyList<WebHook>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes a hook away; false if there is none of that id.</summary>
    ValueTask<bool> RemoveAsync(long id, CancellationToken cancellationToken = default);
}
