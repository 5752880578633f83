using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Rooms;

namespace Parley.Core.Broker.Rooms;

/// <summary>Times at which people last spoke in a room in slow mode. Guarded by the room's gate.</summary>
/// <remarks>An account counts as one however many connections it has. Whoever leaves and comes back has not waited by that.</remarks>
internal sealed class SpeechPace
{
    /// <summary>Times that are kept at most; beyond that the older half is forgotten.</summary>
    public const int MaxKept = 4096;

    private const int FirstSweep = 64;

    private readonly Dictionary<Identity, DateTimeOffset> _last = [];
    private int _sweepAt = FirstSweep;

    /// <summary>The number of times that are kept.</summary>
    public int Count => _last.Count;

    /// <summary>The times, in no particular order.</summary>
    public IReadOnlyList<SpeechTime> All => [.. _last.Select(last => new SpeechTime(last.Key, last.Value))];

    /// <summary>Goes on with times of another process; null if the room is not in slow mode, or there are none.</summary>
    public static SpeechPace? Restore(IReadOnlyList<SpeechTime> times, int? seconds)
    {
        if (seconds is null || times.Count == 0)
        {
            return null;
        }

        var pace = new SpeechPace();
        foreach (var (who, time) in times)
        {
            pace.Spoke(who, time, TimeSpan.FromSeconds(seconds.Value));
        }

        return pace;
    }

    /// <summary>Returns the time since somebody last spoke; null if that is not known, or longer ago than the pause.</summary>
    public TimeSpan? Since(Identity who, DateTimeOffset now, TimeSpan pause)
        => _last.TryGetValue(who, out var last) && now - last is var since && since < pause && since > -pause
            ? since > TimeSpan.Zero ? since : TimeSpan.Zero
            : null;

    /// <summary>Returns the time since somebody last spoke, also as the guest that it was before it logged in.</summary>
    public TimeSpan? Since(in Actor who, DateTimeOffset now, TimeSpan pause)
    {
        var (own, asGuest) = (Since(who.Identity, now, pause), Since(Identity.OfGuest(who.UserId), now, pause));
        return own is null || asGuest < own ? asGuest : own;
    }

    /// <summary>Somebody speaks.</summary>
    public void Spoke(Identity who, DateTimeOffset time, TimeSpan pause)
    {
        _last[who] = time;
        if (_last.Count >= _sweepAt)
        {
            Sweep(time, pause);
        }
    }

    /// <summary>The message of that time could not be kept, so nobody has it.</summary>
    public void TakeBack(Identity who, DateTimeOffset time)
    {
        if (_last.TryGetValue(who, out var last) && last == time)
        {
            _last.Remove(who);
        }
    }

    private void Sweep(DateTimeOffset now, TimeSpan pause)
    {
        foreach (var (who, _) in _last.Where(entry => now - entry.Value >= pause).ToArray())
        {
            _last.Remove(who);
        }

        if (_last.Count >= MaxKept)
        {
            foreach (var (who, _) in _last.OrderBy(entry => entry.Value).Take(MaxKept / 2).ToArray())
            {
                _last.Remove(who);
            }
        }

        _sweepAt = Math.Clamp(2 * _last.Count, FirstSweep, MaxKept);
    }
}
