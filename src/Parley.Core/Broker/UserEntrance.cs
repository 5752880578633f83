using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;

namespace Parley.Core.Broker;

/// <summary>Decides whose a session is: a new user's, or that of the user who has proven the same account, from the beginning or later.</summary>
/// <param name="members">The users who have proven an account.</param>
/// <param name="arrivals">Brings users in.</param>
/// <param name="departures">Sees them out.</param>
/// <param name="users">Gives users other profiles.</param>
/// <param name="door">Keeps those out who may not come in.</param>
/// <param name="isStopping">Whether nothing is decided any more.</param>
internal sealed class UserEntrance(
    MemberDirectory members, UserArrivals arrivals, UserDepartures departures, UserDecisions users, ServerDoor door, Func<bool> isStopping)
{
    /// <summary>Makes a session one of the member of its account, or else the first of a new user.</summary>
    public async ValueTask<Verdict> SignInAsync(Session session, UserName name, UserProfile profile, CancellationToken cancellationToken)
        => door.Admits(session, new Actor(0, name, profile))
            ? door.LookAgain(session, await EnterAsync(session, name, profile, cancellationToken))
            : Verdict.BannedFromServer;

    /// <summary>Changes a user's profile, and with another account its session the user of that, if that is here.</summary>
    public async ValueTask<Verdict> UpdateProfileAsync(Session session, User user, UpdateProfile what, CancellationToken cancellationToken)
    {
        var profile = what.On(user.Profile);
        if (!door.Admits(session, user.Actor with { KnownProfile = profile }))
        {
            return Verdict.BannedFromServer;
        }

        Task<Verdict>? completion = null;
        Verdict? verdict = null;
        lock (user.Gate)
        {
            profile = what.On((user.Ahead ?? user.Actor).Profile);
            if (TryChangeAccount(user, profile.Login))
            {
                verdict = users.UpdateProfile(session, user, profile, out completion);
            }
        }

        return verdict is { } updated
            ? door.LookAgain(session, updated != Verdict.Accepted || completion is null ? updated : await completion.WaitAsync(cancellationToken))
            : await BecomeAsync(session, user, profile, cancellationToken);
    }

    /// <summary>A user with nothing but a stand-in is away from the first moment.</summary>
    private static UserProfile ProfileOf(Session session, UserProfile profile) => session.IsStandIn ? profile with { Away = profile.Away ?? UserDecisions.NotHere } : profile;

    private async ValueTask<Verdict> EnterAsync(Session session, UserName name, UserProfile profile, CancellationToken cancellationToken)
    {
        while (!isStopping())
        {
            if (profile.Login is { } login && await members.AttachAsync(session, login.Id, cancellationToken) is { } attached)
            {
                return attached == Verdict.Accepted ? await users.ReturnAsync(session, profile.Away, cancellationToken) : attached;
            }

            var freed = door.Freed;
            var verdict = await door.NameRefusalAsync(name, profile, cancellationToken)
                ?? (isStopping() ? Verdict.Stopping : arrivals.SignIn(session, name, ProfileOf(session, profile)));

            // Another session of the account may have taken the name meanwhile, or whoever had it leaves it.
            if (verdict is not null
                && !(verdict == Verdict.NameTaken && profile.Login is { } its && members.Find(its.Id) is not null)
                && !(verdict is Verdict.NameTaken or Verdict.NameLooksTaken && await arrivals.IsLeftAsync(name, cancellationToken)))
            {
                return await door.LookAgainAsync(session, verdict.Value, freed, cancellationToken);
            }
        }

        return Verdict.Stopping;
    }

    /// <summary>Has a user own another account, or none, from here on; false if another user has that, or if other sessions stay with the one that it has. Its gate MUST be held.</summary>
    private bool TryChangeAccount(User user, ProvenAccount? login)
    {
        var old = (user.Ahead ?? user.Actor).Profile.Login;
        if (user.IsGone || old?.Id == login?.Id)
        {
            return true;
        }

        // What the owner of one account has (name, rooms, ranks, invitations) is not for that of another.
        if (user.Sessions.Length > 1 || (login is not null && (old is not null || !members.TryClaim(login.Id, user))))
        {
            return false;
        }

        members.Release(old, user);
        return true;
    }

    /// <summary>Makes a session that has a user one of the member of another account.</summary>
    private async ValueTask<Verdict> BecomeAsync(Session session, User user, UserProfile profile, CancellationToken cancellationToken)
    {
        if (profile.Login is not { } login)
        {
            return Verdict.NotLoggedIn;
        }

        if (members.IsFull(login.Id))
        {
            return Verdict.TooManySessions;
        }

        await departures.SignOutAsync(session, user, $"Logged in as {login.Name}", staysConnected: true);
        var (name, number) = (login.Name, user.Id);
        while (true)
        {
            // What the session may do besides, it has proven as somebody else.
            var verdict = await EnterAsync(session, name, profile.WithoutRights() with { Away = null }, cancellationToken);
            if (verdict is not (Verdict.NameTaken or Verdict.NameLooksTaken or Verdict.NameOwned or Verdict.NameNotAscii))
            {
                if (verdict != Verdict.Accepted)
                {
                    session.Close($"You cannot be {login.Name} now, come again");
                }

                return door.LookAgain(session, verdict);
            }

            name = SpareNames.Next(ref number);
        }
    }
}
