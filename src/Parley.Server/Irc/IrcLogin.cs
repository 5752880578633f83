using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Protocol.Irc;
using Parley.Server.Accounts.Sasl;

namespace Parley.Server.Irc;

/// <summary>How a client proves that an account is its own (https://ircv3.net/specs/extensions/sasl-3.2).</summary>
internal sealed class IrcLogin(IrcSession session)
{
    private readonly SaslChunks _chunks = new();
    private ISaslExchange? _exchange;

    /// <summary>The ways in that this client has, the best first.</summary>
    public IReadOnlyList<string> Mechanisms => session.Context.Sasl.For(Peer);

    /// <summary>Whether an attempt is in hand.</summary>
    public bool IsInHand => _exchange is not null;

    private SaslPeer Peer => new(session.Peer.Address, session.Peer.Certificate);

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

    /// <summary>The client is that account's owner from here on.</summary>
    public async ValueTask LogInAsync(UserName account, CancellationToken cancellationToken)
    {
        var source = session.Session.User is null
            ? $"{(session.Registration.Name.IsEmpty ? "*" : session.Registration.Name.Value)}!*@*"
            : IrcEvents.Source(session.Self);
        session.Numeric(IrcNumeric.RPL_LOGGEDIN, $"{source} {account.Value} :You are now logged in as {account.Value}");
        session.Registration.Account = account;
        if (session.Session.User is { } user)
        {
            await session.Broker.UpdateProfileAsync(session.Session, user.Profile with { Account = account }, cancellationToken);
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
            step = await exchange.NextAsync(message, cancellationToken);
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
            case SaslStep.Succeeded { Account: var account }:
                _exchange = null;
                await LogInAsync(account.Name, cancellationToken);
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
