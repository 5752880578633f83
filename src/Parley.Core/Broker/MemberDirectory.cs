using System.Collections.Concurrent;
using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Intentions;

namespace Parley.Core.Broker;

/// <summary>The users who have proven an account. An account belongs to one user at a time, however many sessions its owner has.</summary>
/// <remarks>
/// A user MUST be found here from before it can be found by name until it is gone; which account it has is decided under its gate. So whoever has
/// found it looks again under that gate.
/// </remarks>
/// <param name="maxSessions">Sessions that one account may have at a time.</param>
internal sealed class MemberDirectory(int maxSessions)
{
    private readonly ConcurrentDictionary<AccountId, User> _members = new();

    /// <summary>The user who has proven an account; null if none is here.</summary>
    public User? Find(AccountId account) => _members.GetValueOrDefault(account);

    /// <summary>Gives an account to a user; false if another has it. The user's gate MUST be held.</summary>
    public bool TryClaim(AccountId account, User user) => _members.GetOrAdd(account, user) == user;

    /// <summary>Takes an account from a user, but only if the user has it. The user's gate MUST be held.</summary>
    public void Release(ProvenAccount? account, User user)
    {
        if (account is not null)
        {
            _members.TryRemove(KeyValuePair.Create(account.Id, user));
        }
    }

    /// <summary>True if an account has as many sessions as it may.</summary>
    public bool IsFull(AccountId account) => Find(account) is { } user && IsFull(user);

    /// <summary>Makes a session one of the user who has proven an account.</summary>
    /// <returns>Null: no user has it, and another may take it now.</returns>
    public async ValueTask<Verdict?> AttachAsync(Session session, AccountId account, CancellationToken cancellationToken)
    {
        while (Find(account) is { } user)
        {
            Task? going;
            lock (user.Gate)
            {
                going = user.Going;
                if (!user.IsGone && Find(account) == user)
                {
                    if (!session.IsStandIn && IsFull(user))
                    {
                        return Verdict.TooManySessions;
                    }

                    user.Add(session);
                    session.IsSignedOut = false;
                    session.User = user;
                    return Verdict.Accepted;
                }
            }

            if (going is not null)
            {
                await going.WaitAsync(cancellationToken);
            }
        }

        return null;
    }

    private bool IsFull(User user) => user.Sessions.Count(session => !session.IsStandIn) >= maxSessions;
}
