using System.Net;
using Microsoft.AspNetCore.Connections;
using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;

namespace Parley.Server.Connections;

/// <summary>The sessions of all line protocols whose connections are open, each with the address that it counts for now.</summary>
internal sealed class OpenSessions
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Session, (ILineSession Lines, ConnectionContext Connection)> _sessions = [];

    /// <summary>Takes note of one, before anybody is asked whether it may come in.</summary>
    public void Add(ILineSession session, ConnectionContext connection)
    {
        lock (_gate)
        {
            _sessions[session.Session] = (session, connection);
        }
    }

    /// <summary>Its connection has ended.</summary>
    public void Remove(Session session)
    {
        lock (_gate)
        {
            _sessions.Remove(session);
        }
    }

    /// <summary>Number of them.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>All of them, in no particular order.</summary>
    public IReadOnlyList<(Session Session, IPAddress? Address)> All()
    {
        lock (_gate)
        {
            return [.. _sessions.Select(pair => (pair.Key, (pair.Value.Connection.RemoteEndPoint as IPEndPoint)?.Address))];
        }
    }

    /// <summary>True if somebody is there who has logged in to an account.</summary>
    public bool HasMembers => Logins().Any();

    /// <summary>Sessions that have logged in by the token of a device.</summary>
    public IEnumerable<(Session Session, AccountId Account)> Devices() => Logins().Where(login => login.Session.Device != 0).Select(login => (login.Session, login.Account.Id));

    /// <summary>Proofs by which sessions have logged in and that may hold no more one day, once each.</summary>
    public IReadOnlyList<(ProvenAccount Account, LoginProof Proof)> Proofs()
        => [.. Logins().Where(login => login.Session.Proof is not null).Select(login => (login.Account, login.Session.Proof!)).Distinct()];

    /// <summary>Accounts to which sessions have logged in, each with the proofs by which they have, once each; null for a proof that holds as long as the account.</summary>
    public IReadOnlyList<(ProvenAccount Account, LoginProof? Proof)> Accounts()
        => [.. Logins().Select(login => (login.Account, login.Session.Proof)).Distinct()];

    /// <summary>Ends the sessions of accounts that are no more: who goes on in them would prove a name that somebody else may have by now.</summary>
    /// <param name="isGone">Whether an account is no more.</param>
    public void EndOf(Predicate<AccountId> isGone)
    {
        End((_, account) => isGone(account), "Your account has been removed", "Account removed");
    }

    /// <summary>Ends the sessions that have logged in to accounts, also those that have not come in with it yet.</summary>
    /// <param name="isMeant">Whether a session is meant that has logged in to an account.</param>
    /// <param name="words">What they are told.</param>
    /// <param name="reason">What others are told.</param>
    public void End(Func<Session, AccountId, bool> isMeant, string words, string reason)
    {
        foreach (var (session, _) in Logins().Where(login => isMeant(login.Session, login.Account.Id)))
        {
            session.Close(words, reason);
        }
    }

    private IEnumerable<(Session Session, ProvenAccount Account)> Logins()
    {
        (Session Session, ILineSession Lines)[] all;
        lock (_gate)
        {
            all = [.. _sessions.Select(pair => (pair.Key, pair.Value.Lines))];
        }

        foreach (var (session, lines) in all)
        {
            if ((session.User?.Profile.Login ?? lines.HeldLogin) is { } account)
            {
                yield return (session, account);
            }
        }
    }

    /// <summary>Those of whom something that they asked for is not shown yet.</summary>
    public IReadOnlyList<ILineSession> Waiting()
    {
        lock (_gate)
        {
            return [.. _sessions.Where(pair => pair.Key.HasInFlight).Select(pair => pair.Value.Lines)];
        }
    }
}
