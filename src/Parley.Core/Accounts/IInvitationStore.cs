namespace Parley.Core.Accounts;

/// <summary>Keeps invitations. Every implementation passes <c>InvitationStoreSpecification</c>.</summary>
/// <remarks>The rules of <see cref="IAccountStore"/> about threads, failures and wholeness hold.</remarks>
public interface IInvitationStore
{
    /// <summary>Keeps an invitation; the result has its number.</summary>
    ValueTask<ServerInvitation> AddAsync(ServerInvitation invitation, CancellationToken cancellationToken = default);

    /// <summary>All invitations, the oldest first, those that are of no use any more, too.</summary>
    ValueTask<IReadOnlyList<ServerInvitation>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>The invitation with this hash; null if there is none.</summary>
    ValueTask<ServerInvitation?> FindAsync(string hash, CancellationToken cancellationToken = default);

    /// <summary>Takes one use of an invitation; false if it has none left, is over, or is not there.</summary>
    ValueTask<bool> UseAsync(string hash, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Gives a use back that came to nothing.</summary>
    ValueTask GiveBackAsync(string hash, CancellationToken cancellationToken = default);

    /// <summary>Removes an invitation; null if there is none of that number.</summary>
    ValueTask<ServerInvitation?> RemoveAsync(long id, CancellationToken cancellationToken = default);
}
