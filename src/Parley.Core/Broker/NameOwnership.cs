using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Intentions;
using Parley.Core.Names;

namespace Parley.Core.Broker;

/// <summary>Keeps names of accounts for their owners.</summary>
internal sealed class NameOwnership(NameDirectory names, UserDepartures departures, INameOwners owners)
{
    private long _freed;

    /// <summary>Number of times that names were freed so far. A look at the owner of a name holds as long as it stays the same: no account was made since.</summary>
    public long Freed => Interlocked.Read(ref _freed);

    /// <summary>Why somebody may not wear a name; null if it may, and then no guest wears it any more.</summary>
    /// <param name="name">The name.</param>
    /// <param name="login">The account that it has proven; null for none.</param>
    /// <param name="isPoster">Whether it is a program that posts.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<Verdict?> RefusalAsync(UserName name, ProvenAccount? login, bool isPoster, CancellationToken cancellationToken)
    {
        ProvenAccount? owner;
        try
        {
            owner = await owners.FindAsync(name, cancellationToken);
            if (owner is null && !isPoster && await owners.IsOfProgramAsync(name, cancellationToken))
            {
                return Verdict.NameOwned;
            }
        }
        catch (AccountStoreException)
        {
            return Verdict.AccountsFail;
        }

        if (owner is null)
        {
            return null;
        }

        if (owner.Id != login?.Id)
        {
            return Verdict.NameOwned;
        }

        await EvictAsync(name, owner, cancellationToken);
        return null;
    }

    /// <summary>Has guests wear other names who wear that of an account, or one that looks like it.</summary>
    /// <param name="owner">The account.</param>
    /// <param name="except">Number of the user who keeps its name; 0 for nobody.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask FreeAsync(ProvenAccount owner, long except, CancellationToken cancellationToken)
    {
        // Ahead of the look: whoever takes the name behind that sees that there is reason to look again.
        Interlocked.Increment(ref _freed);
        if (names.Find(owner.Name) is { } wearer && wearer.Profile.Login?.Id != owner.Id && wearer.Id != except)
        {
            await EvictAsync(wearer, cancellationToken);
        }

        if (names.FindLookAlike(owner.Name) is { Profile.Login: null } guest && guest.Id != except)
        {
            await EvictAsync(guest, cancellationToken);
        }
    }

    /// <summary>Has a user wear another name that it may not have after all: an account was made of it while it was given.</summary>
    /// <param name="user">The user, who can be found by its name.</param>
    /// <param name="freed">How often names had been freed before it was asked whose the name is.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask LookAgainAsync(User user, long freed, CancellationToken cancellationToken)
    {
        if (Freed == freed)
        {
            return;
        }

        try
        {
            if (await owners.FindAsync(user.Name, cancellationToken) is { } owner && owner.Id != user.Profile.Login?.Id)
            {
                await EvictAsync(user, cancellationToken);
            }
        }
        catch (AccountStoreException)
        {
            // Who was let in by a store that answers no more stays.
        }
    }

    /// <summary>Has a guest that wears the name of an account wear another.</summary>
    private ValueTask EvictAsync(UserName name, ProvenAccount owner, CancellationToken cancellationToken)
        => names.Find(name) is { } guest && guest.Profile.Login?.Id != owner.Id ? EvictAsync(guest, cancellationToken) : default;

    private async ValueTask EvictAsync(User guest, CancellationToken cancellationToken)
    {
        if (guest.Sessions is not [var session, ..])
        {
            return;
        }

        Verdict verdict;
        Task<Verdict>? completion;
        var number = guest.Id;
        do
        {
            verdict = departures.Rename(session, guest, SpareNames.Next(ref number), out completion);
        }
        while (verdict is Verdict.NameTaken or Verdict.NameLooksTaken);

        await (completion?.WaitAsync(cancellationToken) ?? Task.FromResult(verdict));
    }
}
