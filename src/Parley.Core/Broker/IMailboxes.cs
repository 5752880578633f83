using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Broker;

/// <summary>Mailboxes of accounts: notes of direct messages that were kept while their owners were away. Without it, such messages are refused.</summary>
public interface IMailboxes
{
    /// <summary>The account of exactly this name; null if there is none.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    ValueTask<ProvenAccount?> FindAsync(UserName name, CancellationToken cancellationToken = default);

    /// <summary>Notes that a message to an account was kept. Never throws: history has the message all the same.</summary>
    /// <param name="account">The account, whose owner is away.</param>
    /// <param name="from">The author.</param>
    /// <param name="number">The message's number among the direct ones.</param>
    ValueTask NoteAsync(AccountId account, Actor from, long number);
}
