using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Intentions;
using Parley.Protocol.Irc;
using Parley.Server.Accounts;
using Parley.Server.Irc.Channels;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;
using Parley.Server.Moderation;

namespace Parley.Server.Irc.Accounts;

/// <summary>Makes clients the owners of accounts that they have proven, before they have registered and later.</summary>
internal static class AccountEntry
{
    /// <summary>The client is that account's owner from here on; returns why not, in words, null if it is. If the account is banned, its session ends.</summary>
    public static async ValueTask<string?> LogInAsync(IrcSession session, AccountProof proof, CancellationToken cancellationToken)
    {
        var account = proof.Account;
        if (ServerBans.Words(session.Context.Bans.Find(account.Id)) is { } banned)
        {
            session.Session.Close(banned);
            return banned;
        }

        if (session.Session.User is { } user)
        {
            return await BecomeAsync(session, user, proof, cancellationToken);
        }

        LoggedIn(session, proof, $"{(session.Registration.Name.IsEmpty ? "*" : session.Registration.Name.Value)}!*@*");
        await session.Context.Access.LookAgainAsync(session.Session, account, cancellationToken);
        return null;
    }

    private static void LoggedIn(IrcSession session, AccountProof proof, string source)
    {
        var account = proof.Account;
        session.Numeric(IrcNumeric.RPL_LOGGEDIN, $"{source} {account.Name.Value} :You are now logged in as {account.Name.Value}");
        session.Registration.Login = account;
        session.Session.Proof = proof.Proof;
    }

    /// <summary>Has the client's user own the account; or makes the client one of the sessions that the account has already. Returns why not, null if it is so.</summary>
    private static async ValueTask<string?> BecomeAsync(IrcSession session, User user, AccountProof proof, CancellationToken cancellationToken)
    {
        var account = proof.Account;
        var (source, rooms) = (IrcEvents.Source(session.Self), session.Session.Rooms.ToArray());
        session.AnswersFollow();

        // Rights of an account go with it.
        var keepsRights = session.OperatorByAccount is not { } by || by == account.Id;
        var profile = (keepsRights ? user.Profile : user.Profile.WithoutRights()) with { Login = account };
        var verdict = await session.AskAsync(new UpdateProfile(profile, user.Profile), cancellationToken);
        if (verdict == Verdict.TooManySessions)
        {
            return session.Context.Access.TooManySessions(account);
        }

        if (verdict != Verdict.Accepted || session.Session.User is not { } member)
        {
            return "You cannot log in now, try again later";
        }

        if (member != user)
        {
            session.Context.Clients.Registered(session);
            session.Line($":{source} NICK {member.Name.Value}");
        }

        LoggedIn(session, proof, IrcEvents.Source(session.Self));
        await MoveMarkersAsync(session, user, member, cancellationToken);
        await IrcEntry.FollowAsync(session, cancellationToken);
        foreach (var room in rooms.Where(room => !session.Session.Rooms.Contains(room)))
        {
            var decision = await IrcEntry.EnterAsync(session, new Join(room), cancellationToken);
            if (decision.Verdict != Verdict.Accepted)
            {
                session.Line($":{IrcEvents.Source(session.Self)} PART #{room.Value}");
                session.Refuse(decision, $"#{room.Value}");
            }
        }

        await session.Login.ShowWaitingAsync(cancellationToken);
        return null;
    }

    private static async ValueTask MoveMarkersAsync(IrcSession session, User user, User member, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (target, time) in await session.Context.ReadMarkers.LoggedInAsync(user, member, cancellationToken))
            {
                await session.AskAsync(new ShareReadMarker(target, time), cancellationToken);
            }
        }
        catch (AccountStoreException)
        {
            // To be logged in matters more.
        }
    }
}
