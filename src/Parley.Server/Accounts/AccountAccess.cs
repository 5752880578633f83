using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Text;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>Accounts as the line protocols use them: who owns which name, and how somebody logs in by typing.</summary>
internal sealed class AccountAccess(OwnedNames names, PasswordLogin passwords, SshKeyLogin keys, Mailboxes mailboxes, AlwaysOn alwaysOn, ParleyOptions options, AccountDesk? desk = null, LoginRevocation? revocation = null)
{
    /// <summary>Advice on logging in where commands are typed, with <c>{0}</c> for the account.</summary>
    public const string Remedy = "log in with /login {0}";

    public OwnedNames Names { get; } = names;

    /// <summary>The steps that people take about their own accounts; null where they can do nothing.</summary>
    public AccountDesk? Desk { get; } = desk;

    public Mailboxes Mailboxes { get; } = mailboxes;

    /// <summary>Members who stay without a connection.</summary>
    public AlwaysOn AlwaysOn { get; } = alwaysOn;

    /// <summary>Somebody has logged in: shows what was sent to the account meanwhile, and has its member stay, if it is to.</summary>
    public async ValueTask ArrivedAsync(IBroker broker, Session session, CancellationToken cancellationToken)
    {
        if (session.User?.Profile.Login is { } account)
        {
            await LookAgainAsync(session, account, cancellationToken);
        }

        await Mailboxes.ShowAsync(broker, session, cancellationToken);
        await AlwaysOn.ArrivedAsync(session, cancellationToken);
    }

    /// <summary>Ends a session that has just logged in, if what it has logged in by holds no more.</summary>
    public ValueTask LookAgainAsync(Session session, ProvenAccount account, CancellationToken cancellationToken)
        => revocation?.LookAgainAsync(session, account, cancellationToken) ?? default;

    /// <summary>True if an account is there, and what somebody has logged in to it by holds.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public ValueTask<bool> HoldsAsync(ProvenAccount account, LoginProof? proof, CancellationToken cancellationToken)
        => revocation?.HoldsAsync(account, proof, cancellationToken) ?? new(true);

    public PasswordLogin Passwords { get; } = passwords;

    public SshKeyLogin Keys { get; } = keys;

    /// <summary>Tells the owner of an account that it has as many sessions as it may.</summary>
    public string TooManySessions(ProvenAccount account) => $"{account.Name} is here with {Counted.Of(options.AccountSessions, "session")}, and may have no more: end one of them first";

    /// <summary>True if nobody comes in without an account. Whoever is in when that becomes so stays.</summary>
    public bool IsRequired => options.RequireAccount;
}
