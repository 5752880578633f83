using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Core.Sessions;

namespace Parley.Core.Broker;

/// <summary>Values that users set on themselves, and on rooms.</summary>
internal sealed class ValueDecisions(RoomDirectory rooms, PresenceWatch watch, BrokerOptions options, TimeProvider time)
{
    public Verdict Set(User user, Session session, string key, string? value)
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
                Tell(
                    new ValueChanged(default, 0, time.GetUtcNow(), user.Actor, key, value),
                    Memberships.RoomsOf(user).SelectMany(room => room.Followers()).Concat(watch.Watchers(user.Name)).Concat(user.Sessions),
                    session);
            }
        }

        return Verdict.Accepted;
    }

    public Verdict Set(User user, Session session, RoomName room, string key, string? value)
    {
        if (!rooms.TryGet(room, out var found))
        {
            return Verdict.NoSuchRoom;
        }

        ValueChanged? entry = null;
        var verdict = found.Decide(
            (rules, state) => rules.RefusesValues(user.Actor)
                ?? RefusesValue(state.Values, key, value)
                ?? (Changes(state.Values, key, value) ? null : Verdict.Unchanged),
            state => entry = new ValueChanged(state.Name, state.Sequence + 1, time.GetUtcNow(), user.Actor, key, value));
        if (entry is not null)
        {
            Tell(entry, found.Followers(), session);
        }

        return verdict == Verdict.Unchanged ? Verdict.Accepted : verdict;
    }

    private static bool Changes(IReadOnlyDictionary<string, string> values, string key, string? value)
        => !string.Equals(values.GetValueOrDefault(key), value, StringComparison.Ordinal);

    /// <summary>Tells each session once, but for the one that did it.</summary>
    private static void Tell(ValueChanged entry, IEnumerable<Session> audience, Session but)
    {
        foreach (var session in audience.Distinct().Where(session => session != but))
        {
            session.Tell(entry, static (flavor, entry, output) => flavor.EncodeValue(entry, output));
        }
    }

    private Verdict? RefusesValue(IReadOnlyDictionary<string, string> values, string key, string? value)
        => values.ContainsKey(key) ? null
            : value is null ? Verdict.NoSuchValue
            : values.Count >= options.MaxValues ? Verdict.TooManyValues
            : null;
}
