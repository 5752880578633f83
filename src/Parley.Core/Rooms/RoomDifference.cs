using System.Globalization;
using Parley.Core.Events;
using Parley.Core.Modes;

namespace Parley.Core.Rooms;

/// <summary>
/// The events that lead from a room as somebody knows it to the room as it is, where what has happened in between is not known. Names are no part of it: of
/// those, users have one in all rooms (see <see cref="Mirror.NameChanges"/>).
/// </summary>
internal static class RoomDifference
{
    /// <summary>Reason for which members are gone of whom nothing else is known.</summary>
    public const string Lost = "Connection lost";

    private static readonly (MemberRank Rank, RoomMode Mode)[] Ranks =
    [
        (MemberRank.Operator, RoomMode.Operator), (MemberRank.HalfOperator, RoomMode.HalfOperator), (MemberRank.Voice, RoomMode.Voice),
    ];

    /// <summary>The events, in an order in which each can be taken in behind those before it.</summary>
    /// <param name="known">The room as somebody knows it.</param>
    /// <param name="is">The room as it is, of the same life.</param>
    /// <param name="by">Who makes changes of which nobody knows who made them.</param>
    /// <param name="time">Time of the events, UTC.</param>
    public static IEnumerable<RoomEvent> Between(RoomSnapshot known, RoomSnapshot @is, Actor by, DateTimeOffset time)
    {
        var (room, number) = (known.Name, @is.LastNumber);
        if (!string.Equals(known.Name.Value, @is.Name.Value, StringComparison.Ordinal))
        {
            yield return new RoomRenamed(known.Name, number, time, by, @is.Name, "");
            room = @is.Name;
        }

        // Whoever is gone may have left this room alone: that it quit would be about all of them.
        var before = known.Members.ToDictionary(member => member.Actor.UserId);
        var after = @is.Members.ToDictionary(member => member.Actor.UserId);
        foreach (var member in known.Members.Where(member => !after.ContainsKey(member.Actor.UserId)))
        {
            yield return new UserLeft(room, number, time, member.Actor, Lost);
        }

        foreach (var member in @is.Members)
        {
            if (!before.TryGetValue(member.Actor.UserId, out var old))
            {
                yield return new UserJoined(room, number, time, member.Actor, member.Rank);
                continue;
            }

            foreach (var change in Between(room, number, time, old, member, by))
            {
                yield return change;
            }
        }

        if (known.Topic?.Text != @is.Topic?.Text)
        {
            yield return new TopicChanged(room, number, time, by, @is.Topic?.Text ?? "");
        }

        foreach (var key in known.Values.Keys.Union(@is.Values.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (@is.Values.GetValueOrDefault(key) is var value && value != known.Values.GetValueOrDefault(key))
            {
                yield return new ValueChanged(room, number, time, by, key, value);
            }
        }

        List<RoomModeChange> modes = [.. Settings(known, @is)];
        if (modes.Count > 0)
        {
            yield return new ModesChanged(room, number, time, by, modes);
        }
    }

    private static IEnumerable<RoomEvent> Between(Names.RoomName room, long number, DateTimeOffset time, RoomMember old, RoomMember member, Actor by)
    {
        if (old.Actor.Profile != member.Actor.Profile)
        {
            yield return new UserUpdated(room, number, time, old.Actor, member.Actor.Profile);
        }

        List<RoomModeChange> ranks =
        [
            .. Ranks.Where(its => old.Rank.HasFlag(its.Rank) != member.Rank.HasFlag(its.Rank))
                .Select(its => new RoomModeChange(member.Rank.HasFlag(its.Rank), its.Mode, member.Actor.Name.Value)),
        ];
        if (ranks.Count > 0)
        {
            yield return new ModesChanged(room, number, time, by, ranks);
        }
    }

    private static IEnumerable<RoomModeChange> Settings(RoomSnapshot known, RoomSnapshot @is)
    {
        foreach (var info in RoomModes.All)
        {
            switch (info.Kind)
            {
                case RoomModeKind.Flag when IsSet(known, info.Mode) != IsSet(@is, info.Mode):
                    yield return new RoomModeChange(IsSet(@is, info.Mode), info.Mode);
                    break;
                case RoomModeKind.Key when known.Key != @is.Key:
                    yield return new RoomModeChange(@is.Key is not null, info.Mode, @is.Key ?? known.Key);
                    break;
                case RoomModeKind.Number when NumberOf(known, info.Mode) is var old && NumberOf(@is, info.Mode) is var now && old != now:
                    yield return new RoomModeChange(now is not null, info.Mode, now?.ToString(CultureInfo.InvariantCulture));
                    break;
                case RoomModeKind.Masks:
                    foreach (var change in Masks(info.Mode, MasksOf(known, info.Mode), MasksOf(@is, info.Mode)))
                    {
                        yield return change;
                    }

                    break;
            }
        }
    }

    private static IEnumerable<RoomModeChange> Masks(RoomMode list, IReadOnlyList<MaskEntry> known, IReadOnlyList<MaskEntry> @is)
    {
        foreach (var gone in known.ExceptBy(@is.Select(entry => entry.Mask), entry => entry.Mask, StringComparer.OrdinalIgnoreCase))
        {
            yield return new RoomModeChange(IsAdding: false, list, gone.Mask);
        }

        foreach (var added in @is.Except(known))
        {
            yield return new RoomModeChange(IsAdding: true, list, added.Mask)
            {
                Until = added.Until,
                Reason = added.Reason.Length == 0 ? null : added.Reason,
                Name = added.Name.Length == 0 ? null : added.Name,
                Who = added.Who,
            };
        }
    }

    private static bool IsSet(RoomSnapshot room, RoomMode mode) => (room.Modes & (1 << (int)mode)) != 0;

    private static int? NumberOf(RoomSnapshot room, RoomMode mode) => room.Numbers.TryGetValue(mode, out var number) ? number : null;

    private static IReadOnlyList<MaskEntry> MasksOf(RoomSnapshot room, RoomMode list) => room.Lists.GetValueOrDefault(list) ?? [];
}
