using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;

namespace Parley.Core.Broker;

/// <summary>Brings users in, each under a name that nobody else wears, and each account once.</summary>
internal sealed class UserArrivals(NameDirectory names, MemberDirectory members, PresenceWatch watch, UserCounter counter, TimeProvider time)
{
    // They name guests in history, so they begin where no other start of a server has.
    private long _lastUserId = AccountId.New().Value >> 1;

    /// <summary>Brings in a user; null if somebody has proven its account meanwhile.</summary>
    public Verdict? SignIn(Session session, UserName name, UserProfile profile)
    {
        var user = new User(Interlocked.Increment(ref _lastUserId), name, profile, time.GetUtcNow());
        user.Add(session);
        session.User = user;
        if (profile.Login is not { } login)
        {
            var claim = names.Claim(name, user);
            return claim == Verdict.Accepted ? Come(session, user) : Fail(session, claim);
        }

        lock (user.Gate)
        {
            if (!members.TryClaim(login.Id, user))
            {
                return Fail(session, null);
            }

            if (names.Claim(name, user) is not Verdict.Accepted and var refusal)
            {
                user.IsGone = true;
                members.Release(login, user);
                return Fail(session, refusal);
            }
        }

        return Come(session, user);
    }

    /// <inheritdoc cref="NameDirectory.IsLeftAsync"/>
    public ValueTask<bool> IsLeftAsync(UserName name, CancellationToken cancellationToken) => names.IsLeftAsync(name, cancellationToken);

    private Verdict Come(Session session, User user)
    {
        session.IsSignedOut = false;
        counter.Came(user.Profile);
        watch.Tell(user.Actor, isHere: true);
        return Verdict.Accepted;
    }

    private static Verdict? Fail(Session session, Verdict? why)
    {
        session.User = null;
        return why;
    }
}
