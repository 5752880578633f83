using Parley.Core.Names;

namespace Parley.Core.Tokens;

/// <summary>Where tokens are known. Every implementation passes <c>TokenStoreSpecification</c>.</summary>
/// <remarks>
/// May be called at any time, from any thread; MUST NOT block the caller's. What another process has changed is seen by the
/// next call: a token that was revoked is good for nothing from then on. Throws <see cref="TokenStoreException"/>.
/// </remarks>
public interface ITokenStore
{
    /// <summary>Adds a token, and gives it its id; null where one of that name is there and not revoked.</summary>
    /// <param name="token">The token.</param>
    /// <param name="hash">Its <see cref="TokenSecret.Hash"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<AccessToken?> AddAsync(AccessToken token, ReadOnlyMemory<byte> hash, CancellationToken cancellationToken = default);

    /// <summary>The token of that hash, also if it has expired or was revoked; null if there is none.</summary>
    ValueTask<AccessToken?> FindAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken = default);

    /// <summary>All there ever were, oldest first.</summary>
    ValueTask<IReadOnlyList<AccessToken>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Revokes the token of that name; false if there is none, or none that is not revoked yet.</summary>
    ValueTask<bool> RevokeAsync(UserName name, DateTimeOffset time, CancellationToken cancellationToken = default);

    /// <summary>Notes that a token was used.</summary>
    ValueTask UsedAsync(long id, DateTimeOffset time, CancellationToken cancellationToken = default);
}
