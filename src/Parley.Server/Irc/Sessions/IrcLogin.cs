using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Protocol.Irc;
using Parley.Server.Accounts.Sasl;
using Parley.Server.Irc.Wire;
using Parley.Server.Moderation;

namespace Parley.Server.Irc.Sessions;

/// <summary>Login by which a client proves that an account is its own (https://ircv3.net/specs/extensions/sasl-3.2).</summary>
internal sealed class IrcLogin(IrcSession session)
{
    private readonly SaslChunks _chunks = new();
    private ISaslExchange? _exchange;

    /// <summary>The ways in that this client has, the best first.</summary>
    public IReadOnlyList<string> Mechanisms => session.Context.Sasl.For(Peer);

    /// <summary>True if an attempt is in hand.</summary>
    public bool IsInHand => _exchange is not null;

    private SaslPeer Peer => new(session.Peer.Address, session.Peer.Certificate, session.Peer.IsPrivate);

    /// <summary>Takes the parameter of one AUTHENTICATE.</summary>
    public async ValueTask TakeAsync(string parameter, CancellationToken cancellationToken)
    {
        if (string.Equals(parameter, "*", StringComparison.Ordinal))
        {
            Abort();
        }
        else if (_exchange is null)
        {
            Begin(parameter);
        }
        else
        {
            switch (_chunks.Add(Encoding.UTF8.GetBytes(parameter), out var message))
            {
                case SaslChunkResult.Complete:
                    await GoOnAsync(_exchange, message, cancellationToken);
                    break;
                case SaslChunkResult.TooLong:
                    _exchange = null;
                    session.Numeric(IrcNumeric.ERR_SASLTOOLONG, ":SASL message too long");
                    break;
                case SaslChunkResult.Malformed:
                    Fail("What came is no base64");
                    break;
            }
        }
    }

    /// <summary>Gives up the attempt in hand.</summary>
    public void Abort()
    {
        _exchange = null;
        session.Numeric(IrcNumeric.ERR_SASLABORTED, ":SASL authentication aborted");
    }

    /// <summary>The client is that account's owner from here on; false, and its session ends, if the account is banned.</summary>
    public async ValueTask<bool> LogInAsync(ProvenAccount account, CancellationToken cancellationToken)
    {
        if (ServerBans.Words(session.Context.Bans.Find(account.Id)) is { } banned)
        {
            session.Session.Close(banned);
            return false;
        }

        var source = session.Session.User is null
            ? $"{(session.Registration.Name.IsEmpty ? "*" : session.Registration.Name.Value)}!*@*"
            : IrcEvents.Source(session.Self);
        session.Numeric(IrcNumeric.RPL_LOGGEDIN, $"{source} {account.Name.Value} :You are now logged in as {account.Name.Value}");
        session.Registration.Login = account;
        if (session.Session.User is { } user)
        {
            // Rights of an account go with it.
            var keepsRights = session.OperatorByAccount is not { } by || by == account.Id;
            await session.AskAsync(new UpdateProfile(user.Profile with { Login = account, Rights = keepsRights ? user.Profile.Rights : ServerRights.None }), cancellationToken);
            await MoveMarkersAsync(user, cancellationToken);
            await ShowWaitingAsync(cancellationToken);
        }

        return true;
    }

    /// <summary>Shows what was sent to the account while nobody was logged in to it, behind what is answered so far.</summary>
    public async ValueTask ShowWaitingAsync(CancellationToken cancellationToken)
    {
        if (session.Session.User is { Profile.Login: not null })
        {
            session.AnswersFollow();
            await session.Context.Access.Mailboxes.ShowAsync(session.Broker, session.Session, cancellationToken);
        }
    }

    private async ValueTask MoveMarkersAsync(User user, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (target, time) in await session.Context.ReadMarkers.LoggedInAsync(user, cancellationToken))
            {
                await session.AskAsync(new ShareReadMarker(target, time), cancellationToken);
            }
        }
        catch (AccountStoreException)
        {
            // To be logged in matters more.
        }
    }

    private void Begin(string mechanism)
    {
        _exchange = session.Context.Sasl.Begin(mechanism, Peer);
        if (_exchange is null)
        {
            session.Numeric(IrcNumeric.RPL_SASLMECHS, $"{string.Join(',', Mechanisms)} :are available SASL mechanisms");
            Fail("There is no such mechanism here");
        }
        else
        {
            session.Line("AUTHENTICATE +");
        }
    }

    private async ValueTask GoOnAsync(ISaslExchange exchange, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        SaslStep step;
        try
        {
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, session.Session.Outbox.Ended);
            step = await exchange.NextAsync(message, gone.Token);
        }
        catch (AccountStoreException)
        {
            session.Context.AccountWatch.HasFailed();
            step = new SaslStep.Failed("Accounts cannot be looked up now, try again later");
        }

        switch (step)
        {
            case SaslStep.Challenge challenge:
                foreach (var part in SaslChunks.Split(challenge.Data))
                {
                    session.Line($"AUTHENTICATE {part}");
                }

                break;
            case SaslStep.Succeeded { Account: var account } when ServerBans.Words(session.Context.Bans.Find(account.Id)) is { } banned:
                Fail(banned);
                session.Session.Close(banned);
                break;
            case SaslStep.Succeeded { Account: var account }:
                _exchange = null;
                await LogInAsync(account.Proven, cancellationToken);
                session.Numeric(IrcNumeric.RPL_SASLSUCCESS, ":SASL authentication successful");
                break;
            case SaslStep.Failed failed:
                Fail(failed.Reason);
                break;
        }
    }

    private void Fail(string reason)
    {
        _exchange = null;
        session.Numeric(IrcNumeric.ERR_SASLFAIL, $":SASL authentication failed: {reason}");
    }
}
