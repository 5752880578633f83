using System.Security.Cryptography;
using System.Text;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc;

/// <summary>
/// How a client registers: a name and a user, in either order, and the end of what it negotiates
/// (https://modern.ircdocs.horse/#connection-registration).
/// </summary>
internal sealed class IrcRegistration(IrcSession session)
{
    /// <summary>The name it asks for; empty until it has.</summary>
    public UserName Name { get; set; }

    /// <summary>What its client calls its user; null until it has said.</summary>
    public string? Ident { get; set; }

    public string RealName { get; set; } = "";

    /// <summary>The account it has proven before it registered; empty if none.</summary>
    public UserName Account { get; set; }

    /// <summary>Why it is away before it has registered; null if it is not.</summary>
    public string? Away { get; set; }

    /// <summary>Whether it still negotiates, and is not to be let in before it has done.</summary>
    public bool IsNegotiating { get; set; }

    /// <summary>The version of negotiation that it understands; 0 if it has not begun any.</summary>
    public int CapVersion { get; set; }

    /// <summary>The password it has given; null if none.</summary>
    public string? Password { get; set; }

    /// <summary>Whether nothing has come of it yet.</summary>
    public bool HasNotBegun => session.Session.User is null && Name.IsEmpty && Ident is null && CapVersion == 0;

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
            session.Line("ERROR :Closing link: this server wants another password, give it by PASS");
            return false;
        }

        if (session.Login.IsInHand)
        {
            session.Login.Abort();
        }

        var profile = new UserProfile
        {
            Ident = Ident,
            Host = session.Context.Hosts.Of(session.Peer.Address),
            RealName = RealName,
            Account = Account,
            Away = Away,
        };
        var verdict = await session.Broker.SignInAsync(session.Session, Name, profile, cancellationToken);
        if (verdict == Verdict.NameTaken && await IrcTakeover.TryAsync(session, Name, Account, cancellationToken))
        {
            verdict = await session.Broker.SignInAsync(session.Session, Name, profile, cancellationToken);
        }

        if (verdict == Verdict.NameTaken)
        {
            session.Numeric(IrcNumeric.ERR_NICKNAMEINUSE, $"{Name.Value} :Nickname is already in use");
            Name = default;
            return true;
        }

        if (verdict == Verdict.Accepted)
        {
            session.Context.Clients.Registered(session);
            await IrcGreeting.WriteAsync(session, cancellationToken);
        }

        return verdict == Verdict.Accepted;
    }

    private bool IsPasswordRight()
    {
        return session.Context.Files.Password is not { } wanted
            || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(wanted), Encoding.UTF8.GetBytes(Password ?? ""));
    }
}
