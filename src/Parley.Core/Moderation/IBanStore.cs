using Parley.Core.Accounts;

namespace Parley.Core.Moderation;

/// <summary>Keeps the bans from the server. Every implementation passes <c>BanStoreSpecification</c>.</summary>
/// <remarks>
/// Methods may be called at any time, from any thread, and MUST NOT block it. What one has changed is there for the next, and survives the
/// end of the machine where the store is a file. All throw <see cref="AccountStoreException"/> where the store fails.
/// </remarks>
public interface IBanStore
{
    /// <summary>All bans, those that are over too, in the order in which their subjects were first banned.</summary>
    ValueTask<IReadOnlyList<Ban>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Keeps a ban, in the place of the one about the same subject if there is one.</summary>
    ValueTask SetAsync(Ban ban, CancellationToken cancellationToken = default);

    /// <summary>Removes the ban about a subject; false if there is none.</summary>
    ValueTask<bool> RemoveAsync(BanSubject subject, CancellationToken cancellationToken = default);
}
