using System.Net;
using Microsoft.Extensions.Hosting;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Intentions;
using Parley.Core.Queries;
using Parley.Server.Connections;
using Parley.Server.Stores;

namespace Parley.Server.Accounts;

/// <summary>Ends sessions whose proof of an account holds no more: the token of a device that is logged out, the password before, or a certificate, an identity or a key that was taken away.</summary>
internal sealed class LoginRevocation(
    IBroker broker, OpenSessions sessions, AccountService accounts, IDeviceStore devices, IPasskeyStore passkeys, IPushedDevices pushes, OneTimeTickets tickets, TimeProvider time, IStoreChanges? changes = null)
    : IHostedService, IAsyncDisposable
{
    /// <summary>Words for sessions of an account that has another password.</summary>
    public const string AnotherPassword = "The account has another password: log in with that";

    /// <summary>Words for sessions of an account of which a certificate, a key or an identity was taken away.</summary>
    public const string ProofRemoved = "A way to log in to the account was taken away: log in with another";

    private const string LoggedOut = "Logged out";
    private const string Removed = "Your account has been removed";
    private const string RemovedToOthers = "Account removed";

    private StoreWatch[]? _watches;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Devices that are logged out at another server, and proofs that are withdrawn there, or beside all of them.
        _watches = [new StoreWatch(changes, StorePart.Devices, EndRemovedAsync, time), new StoreWatch(changes, StorePart.Proofs, EndWithdrawnAsync, time)];
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var watch in Interlocked.Exchange(ref _watches, null) ?? [])
        {
            await watch.DisposeAsync();
        }
    }

    /// <summary>Ends the sessions that came in before an account had another password, or lost another way in, also those that have not come in with it yet.</summary>
    /// <param name="account">The account.</param>
    /// <param name="except">Sessions that go on: whoever is at them has set the password.</param>
    /// <param name="words">One line, which the sessions are told.</param>
    /// <param name="keep">Number of a device that stays logged in, with its subscriptions to web push; 0 for none.</param>
    public async Task EndAsync(AccountId account, IReadOnlyList<SessionId> except, string words = AnotherPassword, long keep = 0)
    {
        tickets.RemoveAll(account);
        sessions.End((session, login) => login == account && !except.Contains(session.Id), words, LoggedOut);

        // Those at other nodes.
        await broker.AskAsync(SessionId.Server, new EndSessions(account, [.. except.Select(id => id.Value)], words, LoggedOut), CancellationToken.None);

        // Behind that: what a session has still made meanwhile.
        await pushes.EndOfAsync(account, device: null, CancellationToken.None, keep);
        await accounts.ForgetAsync(account, CancellationToken.None, keep);
    }

    /// <summary>Ends the sessions of devices of an account that are logged out.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async Task EndRemovedAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (!sessions.Devices().Any(login => login.Account == account))
        {
            return;
        }

        var there = (await devices.ListAsync(account, cancellationToken)).Select(device => device.Id).ToHashSet();
        sessions.End((session, login) => login == account && session.Device != 0 && !there.Contains(session.Device), LoggedOut, LoggedOut);
    }

    /// <summary>Ends the subscriptions to web push of a device of an account, or all of the account for null.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public Task EndPushesAsync(AccountId account, long? device, CancellationToken cancellationToken) => pushes.EndOfAsync(account, device, cancellationToken);

    /// <summary>True if an account is there, and the proof of it holds.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<bool> HoldsAsync(ProvenAccount account, LoginProof? proof, CancellationToken cancellationToken)
        => await RefusalAsync(account, proof, cancellationToken) is null;

    /// <summary>Ends a session that has just logged in, if its proof was withdrawn while it did: nobody has found it then. Never throws: to be in matters more.</summary>
    public async ValueTask LookAgainAsync(Session session, ProvenAccount account, CancellationToken cancellationToken)
    {
        try
        {
            await EndUnlessItHoldsAsync(session, account, cancellationToken);
        }
        catch (AccountStoreException)
        {
            // Who was let in by a store that answers no more stays.
        }
    }

    /// <summary>Ends a session of an account whose proof holds no more.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask EndUnlessItHoldsAsync(Session session, ProvenAccount account, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(account, session.Proof, cancellationToken) is { } words)
        {
            session.Close(words, LoggedOut);
        }
    }

    /// <summary>Ends all sessions whose account is gone, or whose proof of it holds no more.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async Task EndRefusedAsync(CancellationToken cancellationToken)
    {
        foreach (var (account, proof) in sessions.Accounts())
        {
            await EndIfRefusedAsync(account, proof, cancellationToken);
        }
    }

    private async ValueTask<string?> RefusalAsync(ProvenAccount account, LoginProof? proof, CancellationToken cancellationToken)
    {
        if (await accounts.Store.FindAsync(account.Name, cancellationToken) is not { } now || now.Account.Id != account.Id)
        {
            return Removed;
        }

        return proof is null ? null
            : proof.Password.Length > 0 && proof.Password != now.Password.Stamp ? AnotherPassword
            : proof.Device != 0 && !(await devices.ListAsync(account.Id, cancellationToken)).Any(device => device.Id == proof.Device) ? LoggedOut
            : await IsTakenAwayAsync(account, proof, cancellationToken) ? ProofRemoved
            : null;
    }

    private async ValueTask<bool> IsTakenAwayAsync(ProvenAccount account, LoginProof proof, CancellationToken cancellationToken)
        => (proof.Certificate.Length > 0 && !(await accounts.Store.ListCertificatesAsync(account.Name, cancellationToken)).Any(certificate => certificate.Value == proof.Certificate))
            || (proof.Outside.Length > 0 && !(await accounts.Store.ListOutsideAsync(account.Name, cancellationToken)).Any(identity => identity.ToString() == proof.Outside))
            || (proof.Key.Length > 0 && !(await accounts.Store.ListSshKeysAsync(account.Name, cancellationToken)).Any(key => key.Fingerprint == proof.Key))
            || (proof.Passkey != 0 && !(await passkeys.ListAsync(account.Id, cancellationToken)).Any(passkey => passkey.Id == proof.Passkey));

    /// <summary>The sessions of a device that are open here, from an address: whoever has copied its token is elsewhere, as a rule.</summary>
    public IReadOnlyList<Session> Of(AccountId account, long device, IPAddress? address)
    {
        var near = sessions.All().Where(open => KeyOf(open.Address).Equals(KeyOf(address))).Select(open => open.Session).ToHashSet();
        return [.. sessions.Devices().Where(login => login.Account == account && login.Session.Device == device && near.Contains(login.Session)).Select(login => login.Session)];
    }

    private static IPAddress KeyOf(IPAddress? address) => address is null ? IPAddress.None : AddressKey.Of(address);

    private async Task EndWithdrawnAsync(CancellationToken cancellationToken)
    {
        foreach (var (account, proof) in sessions.Proofs())
        {
            await EndIfRefusedAsync(account, proof, cancellationToken);
        }
    }

    private async ValueTask EndIfRefusedAsync(ProvenAccount account, LoginProof? proof, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(account, proof, cancellationToken) is { } words)
        {
            sessions.End((session, login) => login == account.Id && session.Proof == proof, words, words == Removed ? RemovedToOthers : LoggedOut);
        }
    }

    private async Task EndRemovedAsync(CancellationToken cancellationToken)
    {
        foreach (var account in sessions.Devices().Select(login => login.Account).Distinct())
        {
            await EndRemovedAsync(account, cancellationToken);
        }
    }
}
