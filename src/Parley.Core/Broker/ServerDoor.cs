using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Moderation;
using Parley.Core.Names;

namespace Parley.Core.Broker;

/// <summary>Keeps those out whom a ban from the server is about, under whatever name and account they come, and names for their owners.</summary>
/// <remarks>
/// Somebody who makes a ban looks for those who are in afterwards. So a user is looked at twice: before it is let in, and once it can be found. Then
/// a ban that is made in between is missed by one of the two at most. The same goes for an account that is made, and its name.
/// </remarks>
internal sealed class ServerDoor(IBanList? bans, NameOwnership? ownership)
{
    /// <summary>Reason that others are given when somebody who was in has to go.</summary>
    private const string PublicReason = "Banned from this server";

    /// <summary>Why somebody may not wear a name; null if it may.</summary>
    public async ValueTask<Verdict?> NameRefusalAsync(UserName name, UserProfile? profile, CancellationToken cancellationToken)
        => ownership is null ? null : await ownership.RefusalAsync(name, profile?.Login, profile is { IsPoster: true }, cancellationToken);

    /// <summary>Has guests wear another name who wear that of an account, or one that looks like it.</summary>
    public async ValueTask<Verdict> FreeAsync(ProvenAccount owner, long except, CancellationToken cancellationToken)
    {
        if (ownership is not null)
        {
            await ownership.FreeAsync(owner, except, cancellationToken);
        }

        return Verdict.Accepted;
    }

    /// <summary>Why a user may not take a name; null if it may.</summary>
    public async ValueTask<Verdict?> RefusalAsync(User? user, UserName name, CancellationToken cancellationToken)
    {
        var owned = await NameRefusalAsync(name, user?.Profile, cancellationToken);
        return owned ?? (user is not null && bans?.Find(user.Actor with { Name = name }) is not null ? Verdict.BannedFromServer : null);
    }

    /// <summary>Ends a session if a ban is about the user that it is to be; true if it may go on.</summary>
    public bool Admits(Session session, in Actor user)
    {
        if (bans?.Find(user) is not { } ban)
        {
            return true;
        }

        session.Close(ban.Words("this server"), PublicReason);
        return false;
    }

    /// <summary>Number of times that names were freed so far.</summary>
    public long Freed => ownership?.Freed ?? 0;

    /// <summary>Looks again whether a user may wear the name that it has just taken.</summary>
    /// <param name="session">The user's session.</param>
    /// <param name="verdict">What was decided; nothing is looked at unless the name was given.</param>
    /// <param name="freed">How often names had been freed before the first look.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<Verdict> LookAgainAsync(Session session, Verdict verdict, long freed, CancellationToken cancellationToken)
    {
        if (verdict == Verdict.Accepted && ownership is not null && session.User is { } user)
        {
            await ownership.LookAgainAsync(user, freed, cancellationToken);
        }

        return verdict;
    }

    /// <summary>Looks again at a user that was let in, or has changed.</summary>
    public Verdict LookAgain(Session session, Verdict verdict)
    {
        if (session.User is { } user)
        {
            _ = Admits(session, user.Actor);
        }

        return verdict;
    }
}
