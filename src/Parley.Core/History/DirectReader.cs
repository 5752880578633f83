using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>Somebody who asks for direct messages; only those that it wrote or was sent are its own.</summary>
/// <remarks>
/// A name proves nothing: somebody else may have worn it before. Entries of before identities were kept belong to the account
/// that they name, if that is old enough: a later account of the same name is somebody else.
/// </remarks>
/// <param name="Guest">Its identity without an account; what it said before it logged in stays its own.</param>
/// <param name="Login">The account it has proven; null if none.</param>
public readonly record struct DirectReader(Identity Guest, ProvenAccount? Login = null)
{
    /// <summary>The account as an identity; unknown if none.</summary>
    public Identity Account => Login is null ? default : Identity.Of(Login.Id);

    /// <summary>True if it wrote a message, in a room or to somebody.</summary>
    public bool Wrote(in HistoryEntry entry) => IsOwn(entry.AuthorId, entry.Account, entry.Time);

    /// <summary>True if a direct message was sent to it.</summary>
    public bool Received(in HistoryEntry entry) => !entry.Recipient.IsEmpty && IsOwn(entry.RecipientId, entry.RecipientAccount, entry.Time);

    /// <summary>True if it may be shown a direct message.</summary>
    public bool MayRead(in HistoryEntry entry) => Wrote(entry) || Received(entry);

    /// <summary>True if a message is between it and another.</summary>
    public bool IsBetween(in HistoryEntry entry, Correspondent other)
        => (Wrote(entry) && other.Received(entry)) || (Received(entry) && other.Wrote(entry));

    private bool IsOwn(Identity end, UserName account, DateTimeOffset time)
        => end.IsUnknown ? Login is not null && account == Login.Name && time >= Login.Created : end == Guest || end == Account;
}
