using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;

namespace Parley.Core.Broker;

/// <summary>Brings users in, each under a name that nobody else wears.</summary>
internal sealed class UserArrivals(NameDirectory names, PresenceWatch watch, UserCounter counter, TimeProvider time)
{
    // They name guests in history, so they begin where no other start of a server has.
    private long _lastUserId = AccountId.New().Value >> 1;

    public Verdict SignIn(Session session, UserName name, UserProfile profile)
    {
        var user = new User(Interlocked.Increment(ref _lastUserId), name, profile, time.GetUtcNow());
        user.Add(session);
        session.User = user;
        var claim = names.Claim(name, user);
        if (claim == Verdict.Accepted)
        {
            counter.Came(user.Profile);
            watch.Tell(user.Actor, isHere: true);
            return claim;
        }

        session.User = null;
        return claim;
    }
}
