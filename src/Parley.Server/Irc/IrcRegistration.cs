using System.Security.Cryptography;
using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Text;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc;

/// <summary>
/// Registration of a client: a name and a user, in either order, and the end of what it negotiates
/// (https://modern.ircdocs.horse/#connection-registration).
/// </summary>
internal sealed class IrcRegistration(IrcSession session)
{
    /// <summary>The name it asks for; empty until it has.</summary>
    public UserName Name { get; set; }

    /// <summary>User name that the client has given; null until it has.</summary>
    public string? Ident { get; set; }

    public string RealName { get; set; } = "";

    /// <summary>The account it has proven before it registered; null if none.</summary>
    public ProvenAccount? Login { get; set; }

    /// <summary>Why it is away before it has registered; null if it is not.</summary>
    public string? Away { get; set; }

    /// <summary>True if it still negotiates, and is not to be let in before it has done.</summary>
    public bool IsNegotiating { get; set; }

    /// <summary>The version of negotiation that it understands; 0 if it has not begun any.</summary>
    public int CapVersion { get; set; }

    /// <summary>The password it has given; null if none.</summary>
    public string? Password { get; set; }

    /// <summary>Number of names that the client was refused.</summary>
    public int RefusedNames { get; private set; }

    /// <summary>True if nothing has come of it yet.</summary>
    public bool HasNotBegun => session.Session.User is null && Name.IsEmpty && Ident is null && CapVersion == 0;

    /// <summary>Commands that a registration that takes too long still lacks.</summary>
    public string Lacks => (Name.IsEmpty, Ident is null) switch
    {
        (true, true) => "NICK and USER",
        (true, false) => "NICK",
        (false, true) => "USER",
        _ => "CAP END",
    };

    /// <summary>Takes note that the client was refused a name; false, with a farewell, if that was one too many.</summary>
    public bool GoesOnAfterRefusal()
    {
        var most = session.Context.Options.IrcRefusedNicks;
        if (++RefusedNames > most)
        {
            session.Farewell($"Closing link: more than {Counted.Of(most, "nickname")} refused");
            return false;
        }

        return true;
    }

    /// <summary>Lets the client in if all is there that it takes.</summary>
    public async ValueTask<bool> TryCompleteAsync(CancellationToken cancellationToken)
    {
        if (session.Session.User is not null || IsNegotiating || Name.IsEmpty || Ident is null)
        {
            return true;
        }

        if (!IsPasswordRight())
        {
            session.Numeric(IrcNumeric.ERR_PASSWDMISMATCH, ":Password incorrect");
            session.Farewell("Closing link: this server wants another password, give it by PASS");
            return false;
        }

        if (session.Login.IsInHand)
        {
            session.Login.Abort();
        }

        if (Login is null && session.Context.Access.IsRequired)
        {
            session.Fail("*", "ACCOUNT_REQUIRED", "This server is for people with an account: log in by SASL");
            session.Line("ERROR :Closing link: this server is for people with an account, log in by SASL");
            return false;
        }

        var profile = new UserProfile
        {
            Ident = Ident,
            Host = session.Context.Hosts.Of(session.Peer.Address),
            RealName = RealName,
            Login = Login,
            Away = Away,
        };
        var verdict = await session.AskAsync(new SignIn(Name, profile), cancellationToken);
        if (verdict == Verdict.NameTaken && await IrcTakeover.TryAsync(session, Name, Login, cancellationToken))
        {
            verdict = await session.AskAsync(new SignIn(Name, profile), cancellationToken);
        }

        if (verdict == Verdict.BannedFromServer)
        {
            session.Numeric(IrcNumeric.ERR_YOUREBANNEDCREEP, $":{session.Session.CloseReason}");
            return false;
        }

        if (await IrcNames.RefusalAsync(session, verdict, Name, cancellationToken) is { } refusal)
        {
            session.Numeric(IrcNumeric.ERR_NICKNAMEINUSE, $"{Name.Value} :{refusal}");
            Name = default;
            return GoesOnAfterRefusal();
        }

        if (verdict == Verdict.Accepted)
        {
            session.Context.Clients.Registered(session);
            await IrcGreeting.WriteAsync(session, cancellationToken);
            await IrcNames.WarnAsync(session, cancellationToken);
            await session.Login.ShowWaitingAsync(cancellationToken);
        }

        return verdict == Verdict.Accepted;
    }

    private bool IsPasswordRight()
    {
        return session.Context.Files.Password is not { } wanted
            || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(wanted), Encoding.UTF8.GetBytes(Password ?? ""));
    }
}
