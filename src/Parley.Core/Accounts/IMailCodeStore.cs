using Parley.Core.Names;

namespace Parley.Core.Accounts;

/// <summary>Keeps codes that were sent by e-mail. Every implementation passes <c>MailCodeStoreSpecification</c>.</summary>
/// <remarks>The rules of <see cref="IAccountStore"/> about threads, failures and wholeness hold.</remarks>
public interface IMailCodeStore
{
    /// <summary>
    /// Keeps a code, in the place of earlier ones for the same account and purpose; codes that are over go, and the oldest of too many. Of several
    /// for an account that is still to be made, none keeps its password: they may lie in one mailbox, whatever their addresses look like, and
    /// nobody could tell there whose password stands behind which.
    /// </summary>
    /// <param name="code">The code.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="most">Codes that are kept in all.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The code as it is kept.</returns>
    ValueTask<MailCode> AddAsync(MailCode code, DateTimeOffset now, int most, CancellationToken cancellationToken = default);

    /// <summary>Takes a code, which is gone then; null, and it stays, if there is none such for this purpose and name, or it is over.</summary>
    ValueTask<MailCode?> TakeAsync(string hash, MailCodeKind kind, UserName name, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Removes the codes of an account, for whatever purpose.</summary>
    ValueTask RemoveAllAsync(AccountId account, CancellationToken cancellationToken = default);
}
