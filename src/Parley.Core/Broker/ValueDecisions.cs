using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;

namespace Parley.Core.Broker;

/// <summary>Values that users set on themselves, and on rooms.</summary>
internal sealed class ValueDecisions(RoomDirectory rooms, PresenceWatch watch, BrokerOptions options, Func<DateTimeOffset> now, Lane? lane)
{
    public Verdict Set(RoomAsk ask, User user, string key, string? value)
    {
        lock (user.Gate)
        {
            if (user.IsGone)
            {
                return Verdict.SignedOut;
            }

            if (RefusesValue(user.Values, key, value) is { } wrong)
            {
                return wrong;
            }

            if (Changes(user.Values, key, value))
            {
                user.SetValue(key, value);
                var entry = new ValueChanged(default, 0, now(), user.Actor, key, value);
                ask.Finish(lane, () => Tell(
                    entry,
                    Memberships.RoomsOf(user).SelectMany(room => room.Followers()).Concat(watch.Watchers(user.Name)).Concat(user.Sessions),
                    ask.By));
            }
        }

        return Verdict.Accepted;
    }

    public Verdict Set(RoomAsk ask, User user, RoomName room, string key, string? value)
    {
        if (!rooms.TryGet(room, out var found))
        {
            return Verdict.NoSuchRoom;
        }

        ValueChanged? entry = null;
        ask.Now = now();
        ask.Tells = null;
        var verdict = found.Decide(
            ask,
            (policy, state) => policy.RefusesValues(user.Actor)
                ?? RefusesValue(state.Values, key, value)
                ?? (Changes(state.Values, key, value) ? null : Verdict.Unchanged),
            (state, at) => entry = new ValueChanged(state.Name, 0, at, user.Actor, key, value));
        if (entry is not null)
        {
            ask.Finish(lane, () => Tell(entry, found.Followers(), ask.By));
        }

        return verdict == Verdict.Unchanged ? Verdict.Accepted : verdict;
    }

    private static bool Changes(IReadOnlyDictionary<string, string> values, string key, string? value)
        => !string.Equals(values.GetValueOrDefault(key), value, StringComparison.Ordinal);

    /// <summary>Tells each session once, but for the one that did it.</summary>
    private static void Tell(ValueChanged entry, IEnumerable<Session> audience, Session but)
    {
        var told = new NewValue(entry);
        foreach (var session in audience.Distinct().Where(session => session != but))
        {
            session.Tell(told);
        }
    }

    private Verdict? RefusesValue(IReadOnlyDictionary<string, string> values, string key, string? value)
        => values.ContainsKey(key) ? null
            : value is null ? Verdict.NoSuchValue
            : values.Count >= options.MaxValues ? Verdict.TooManyValues
            : null;
}
