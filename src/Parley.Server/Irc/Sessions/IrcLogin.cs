using System.Text;
using Parley.Core.Accounts;
using Parley.Protocol.Irc;
using Parley.Server.Accounts;
using Parley.Server.Accounts.Sasl;

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

    private SaslPeer Peer => new(session.Peer.Address, session.Peer.Certificate, session.Peer.IsPrivate, session.Session.User?.Id ?? 0);

    /// <summary>Takes the parameter of one AUTHENTICATE.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="logIn">Makes the client the owner of the account that it has proven; returns why not, in words, null if it is.</param>
    /// <param name="cancellationToken">The connection is gone.</param>
    public async ValueTask TakeAsync(string parameter, Func<AccountProof, CancellationToken, ValueTask<string?>> logIn, CancellationToken cancellationToken)
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
                    await GoOnAsync(_exchange, message, logIn, cancellationToken);
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
        _chunks.Clear();
        session.Numeric(IrcNumeric.ERR_SASLABORTED, ":SASL authentication aborted");
    }

    /// <summary>Shows what was sent to the account while nobody was logged in to it, behind what is answered so far.</summary>
    public async ValueTask ShowWaitingAsync(CancellationToken cancellationToken)
    {
        if (session.Session.User is { Profile.Login: not null })
        {
            session.AnswersFollow();
            await session.Context.Access.ArrivedAsync(session.Broker, session.Session, cancellationToken);
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

    private async ValueTask GoOnAsync(
        ISaslExchange exchange, ReadOnlyMemory<byte> message, Func<AccountProof, CancellationToken, ValueTask<string?>> logIn, CancellationToken cancellationToken)
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
            case SaslStep.Succeeded { Account: var account, Proof: var proof }:
                _exchange = null;
                if (await logIn(new(account.Proven, proof), cancellationToken) is { } refusal)
                {
                    Fail(refusal);
                }
                else
                {
                    session.Numeric(IrcNumeric.RPL_SASLSUCCESS, ":SASL authentication successful");
                }

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
