using System.Buffers;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Core.Sessions;

namespace Parley.Core.Broker;

/// <content>Values that users set on themselves, and on rooms.</content>
public sealed partial class LocalBroker
{
    /// <inheritdoc/>
    public ValueTask<Verdict> SetValueAsync(Session session, string key, string? value, CancellationToken cancellationToken = default)
    {
        if (Refusal(session, out var user) is { } refusal)
        {
            return new(refusal);
        }

        lock (user.Gate)
        {
            if (user.IsGone)
            {
                return new(Verdict.SignedOut);
            }

            if (RefusesValue(user.Values, key, value) is { } wrong)
            {
                return new(wrong);
            }

            if (Changes(user.Values, key, value))
            {
                user.SetValue(key, value);
                var rooms = Memberships.RoomsOf(user);
                Tell(
                    new ValueChanged(default, 0, _time.GetUtcNow(), user.Actor, key, value),
                    rooms.SelectMany(room => room.Followers()).Concat(_watch.Watchers(user.Name)).Concat(user.Sessions),
                    session);
            }
        }

        return new(Verdict.Accepted);
    }

    /// <inheritdoc/>
    public ValueTask<Verdict> SetRoomValueAsync(
        Session session, RoomName room, string key, string? value, CancellationToken cancellationToken = default)
    {
        if (Refusal(session, out var user) is { } refusal)
        {
            return new(refusal);
        }

        if (!_rooms.TryGet(room, out var found))
        {
            return new(Verdict.NoSuchRoom);
        }

        ValueChanged? entry = null;
        var verdict = found.Decide(
            (rules, state) => rules.RefusesValues(user.Actor)
                ?? RefusesValue(state.Values, key, value)
                ?? (Changes(state.Values, key, value) ? null : Verdict.Unchanged),
            state => entry = new ValueChanged(state.Name, state.Sequence + 1, _time.GetUtcNow(), user.Actor, key, value));
        if (entry is not null)
        {
            Tell(entry, found.Followers(), session);
        }

        return new(verdict == Verdict.Unchanged ? Verdict.Accepted : verdict);
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
            : values.Count >= _options.MaxValues ? Verdict.TooManyValues
            : null;
}
