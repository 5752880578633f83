using Parley.Core.Accounts;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Sessions;

/// <summary>While accounts cannot be looked up, what takes them is not offered; whether they can be again is tried every ten seconds.</summary>
internal sealed class IrcAccountWatch : IDisposable
{
    /// <summary>Interval at which a failed account store is tried again, so the longest time until its recovery is noticed.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly IrcAvailability _availability;
    private readonly IAccountStore _store;
    private readonly ITimer _timer;

    public IrcAccountWatch(IrcAvailability availability, IAccountStore store, TimeProvider time)
    {
        (_availability, _store) = (availability, store);
        _timer = time.CreateTimer(static watch => _ = ((IrcAccountWatch)watch!).TryAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The store has just failed.</summary>
    public void HasFailed()
    {
        Set(isAvailable: false);
        TryLater();
    }

    public void Dispose() => _timer.Dispose();

    private async Task TryAsync()
    {
        try
        {
            await _store.FindByCertificateAsync(default);
        }
        catch (AccountStoreException)
        {
            TryLater();
            return;
        }

        Set(isAvailable: true);
    }

    private void TryLater() => _timer.Change(Period, Timeout.InfiniteTimeSpan);

    private void Set(bool isAvailable)
    {
        _availability.Set(IrcCapabilities.Sasl, isAvailable);
        _availability.Set(IrcCapabilities.AccountRegistration, isAvailable);
    }
}
