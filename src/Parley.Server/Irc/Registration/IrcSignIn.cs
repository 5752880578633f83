using System.Security.Cryptography;
using System.Text;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Text;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Channels;
using Parley.Server.Irc.Sessions;

namespace Parley.Server.Irc.Registration;

/// <summary>
/// Registration of a client: a name and a user, in either order, and the end of what it negotiates
/// (https://modern.ircdocs.horse/#connection-registration).
/// </summary>
internal static class IrcSignIn
{
    /// <summary>Takes note that the client was refused a name; false, with a farewell, if that was one too many.</summary>
    public static bool GoesOnAfterRefusal(IrcSession session)
    {
        var most = session.Context.Options.IrcRefusedNicks;
        if (++session.Registration.RefusedNames > most)
        {
            session.Farewell($"Closing link: more than {Counted.Of(most, "nickname")} refused");
            return false;
        }

        return true;
    }

    /// <summary>Lets the client in if all is there that it takes.</summary>
    public static async ValueTask<bool> TryCompleteAsync(IrcSession session, CancellationToken cancellationToken)
    {
        var registration = session.Registration;
        if (session.Session.User is not null || registration.IsNegotiating || registration.Name.IsEmpty || registration.Ident is null)
        {
            return true;
        }

        if (!IsPasswordRight(session))
        {
            session.Numeric(IrcNumeric.ERR_PASSWDMISMATCH, ":Password incorrect");
            session.Farewell("Closing link: this server wants another password, give it by PASS");
            return false;
        }

        if (session.Login.IsInHand)
        {
            session.Login.Abort();
        }

        if (registration.Login is null && session.Context.Access.IsRequired)
        {
            session.Fail("*", "ACCOUNT_REQUIRED", "This server is for people with an account: log in by SASL");
            session.Line("ERROR :Closing link: this server is for people with an account, log in by SASL");
            return false;
        }

        var profile = new UserProfile
        {
            Ident = registration.Ident,
            Host = session.Context.Hosts.Of(session.Peer.Address),
            RealName = registration.RealName,
            Login = registration.Login,
            Away = registration.Away,
        };
        var verdict = await session.AskAsync(new SignIn(registration.Name, profile), cancellationToken);
        if (verdict == Verdict.BannedFromServer)
        {
            session.Numeric(IrcNumeric.ERR_YOUREBANNEDCREEP, $":{session.Session.CloseReason}");
            return false;
        }

        if (verdict == Verdict.TooManySessions)
        {
            var words = session.Context.Access.TooManySessions(registration.Login!);
            session.Fail("*", "TOO_MANY_SESSIONS", words);
            session.Farewell($"Closing link: {words}");
            return false;
        }

        if (await IrcNames.RefusalAsync(session, verdict, registration.Name, cancellationToken) is { } refusal)
        {
            session.Numeric(IrcNumeric.ERR_NICKNAMEINUSE, $"{registration.Name.Value} :{refusal}");
            registration.Name = default;
            return GoesOnAfterRefusal(session);
        }

        if (verdict == Verdict.Accepted)
        {
            session.Context.Clients.Registered(session);
            await IrcGreeting.WriteAsync(session, cancellationToken);
            await IrcNames.WarnAsync(session, cancellationToken);
            await IrcEntry.FollowAsync(session, cancellationToken);
            await session.Login.ShowWaitingAsync(cancellationToken);
        }

        return verdict == Verdict.Accepted;
    }

    private static bool IsPasswordRight(IrcSession session)
    {
        return session.Context.Files.Password is not { } wanted
            || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(wanted), Encoding.UTF8.GetBytes(session.Registration.Password ?? ""));
    }
}
