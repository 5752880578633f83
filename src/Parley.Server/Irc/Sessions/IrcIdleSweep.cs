using Parley.Core.Text;
using Parley.Server.Options;

namespace Parley.Server.Irc.Sessions;

/// <summary>
/// Asks clients that have said nothing for a while whether they are there, and lets those go that are not. One timer walks
/// over all of them: a timer for each would be wound up again by every line that comes in.
/// </summary>
internal sealed class IrcIdleSweep : IDisposable
{
    /// <summary>Divisor of the shorter time limit: a client is asked or disconnected later than it should be by at most that fraction of the limit.</summary>
    private const int Precision = 6;

    private readonly IrcClientDirectory _clients;
    private readonly ParleyOptions _options;
    private readonly ITimer _timer;

    public IrcIdleSweep(IrcClientDirectory clients, ParleyOptions options, TimeProvider time)
    {
        (_clients, _options) = (clients, options);
        var shorter = Math.Min(options.IrcPingInterval.Ticks, (options.IrcPingTimeout - options.IrcPingInterval).Ticks);
        var period = TimeSpan.FromTicks(Math.Max(shorter / Precision, TimeSpan.TicksPerMillisecond));
        _timer = time.CreateTimer(_ => Sweep(), state: null, period, period);
    }

    public void Dispose() => _timer.Dispose();

    private void Sweep()
    {
        foreach (var client in _clients.All())
        {
            var silence = client.Idle.Silence;
            if (client.Session.User is null || silence < _options.IrcPingInterval)
            {
                // Whoever has not registered has a time limit of its own.
                continue;
            }

            if (silence >= _options.IrcPingTimeout)
            {
                var seconds = (long)_options.IrcPingTimeout.TotalSeconds;
                client.Session.Close($"Ping timeout: {Counted.Of(seconds, "second")}");
            }
            else if (client.Idle.TryAsk())
            {
                client.Ping();
            }
        }
    }
}
