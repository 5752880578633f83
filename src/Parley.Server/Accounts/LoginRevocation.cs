using Microsoft.Extensions.Hosting;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Intentions;
using Parley.Core.Queries;
using Parley.Server.Connections;
using Parley.Server.Stores;

namespace Parley.Server.Accounts;

/// <summary>Ends sessions whose proof of an account holds no more: the token of a device that is logged out, or the password before.</summary>
internal sealed class LoginRevocation(IBroker broker, OpenSessions sessions, IDeviceStore devices, TimeProvider time, IStoreChanges? changes = null) : IHostedService, IAsyncDisposable
{
    private const string AnotherPassword = "The account has another password: log in with that";
    private const string LoggedOut = "Logged out";

    private StoreWatch? _watch;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Devices that are logged out at another server.
        _watch = new StoreWatch(changes, StorePart.Devices, EndRemovedAsync, time);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _watch, null) is { } watch)
        {
            await watch.DisposeAsync();
        }
    }

    /// <summary>Ends the sessions that came in before an account had another password, also those that have not come in with it yet.</summary>
    /// <param name="account">The account.</param>
    /// <param name="except">Sessions that go on: whoever is at them has set the password.</param>
    public async Task EndAsync(AccountId account, IReadOnlyList<SessionId> except)
    {
        sessions.End((session, login) => login == account && !except.Contains(session.Id), AnotherPassword, LoggedOut);

        // Those at other nodes.
        await broker.AskAsync(SessionId.Server, new EndSessions(account, [.. except.Select(id => id.Value)], AnotherPassword, LoggedOut), CancellationToken.None);
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

    /// <summary>Ends a session that has just come in, if its device was logged out while it did. Never throws: to be in matters more.</summary>
    public async ValueTask ArrivedAsync(Session session, CancellationToken cancellationToken)
    {
        try
        {
            if (session is { Device: not 0, User.Profile.Login: { } login })
            {
                await EndRemovedAsync(login.Id, cancellationToken);
            }
        }
        catch (AccountStoreException)
        {
            // The next change of the account's devices asks again.
        }
    }

    /// <summary>The sessions of a device that are open here.</summary>
    public IReadOnlyList<Session> Of(AccountId account, long device)
        => [.. sessions.Devices().Where(login => login.Account == account && login.Session.Device == device).Select(login => login.Session)];

    private async Task EndRemovedAsync(CancellationToken cancellationToken)
    {
        foreach (var account in sessions.Devices().Select(login => login.Account).Distinct())
        {
            await EndRemovedAsync(account, cancellationToken);
        }
    }
}
