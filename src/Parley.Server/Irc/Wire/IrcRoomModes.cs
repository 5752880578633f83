using System.Globalization;
using System.Text;
using Parley.Core.Events;
using Parley.Core.Modes;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Wire;

/// <summary>The letters of what can be set on a room.</summary>
internal static class IrcRoomModes
{
    /// <summary>Which letters take arguments when.</summary>
    public static IrcModeClasses Classes { get; } = new(
        Lists: Letters(RoomModeKind.Masks), Always: Letters(RoomModeKind.Key), WhenSet: Letters(RoomModeKind.Number),
        Flags: Letters(RoomModeKind.Flag), Prefixes: Letters(RoomModeKind.Rank));

    /// <summary>All letters.</summary>
    public static string All { get; } = string.Concat(RoomModes.All.Select(info => info.Letter));

    /// <summary>The letters that take an argument.</summary>
    public static string WithArgument { get; } = string.Concat(RoomModes.All.Where(info => info.Kind != RoomModeKind.Flag).Select(info => info.Letter));

    /// <summary>Returns the mode that a letter stands for.</summary>
    public static RoomModeInfo ModeOf(char letter) => RoomModes.OfLetter(letter)!;

    /// <summary>The letter that stands for it.</summary>
    public static char LetterOf(RoomMode mode) => RoomModes.Of(mode).Letter;

    /// <summary>The letter of the mode that gives the highest of some ranks.</summary>
    public static char LetterOf(MemberRank rank) => rank.HasFlag(MemberRank.Operator) ? 'o' : rank.HasFlag(MemberRank.HalfOperator) ? 'h' : 'v';

    /// <summary>Changes as they are shown.</summary>
    public static string Text(IEnumerable<RoomModeChange> changes)
        => IrcModeWriter.Format(changes.Select(change => new IrcModeChange(change.IsAdding, LetterOf(change.Mode), change.Argument)));

    /// <summary>Changes as they are shown, in pieces of so many bytes at most.</summary>
    public static IEnumerable<string> Texts(IReadOnlyList<RoomModeChange> changes, int maxBytes)
    {
        for (int start = 0, next; start < changes.Count; start = next)
        {
            next = changes.Count;
            while (next - start > 1 && Encoding.UTF8.GetByteCount(Text(changes.Take(start..next))) > maxBytes)
            {
                next--;
            }

            yield return Text(changes.Take(start..next));
        }
    }

    /// <summary>All that is set on a room, but for its lists: <c>+klnt key 5</c>.</summary>
    public static string Text(RoomView room)
    {
        var changes = room.Flags.Select(flag => new RoomModeChange(IsAdding: true, flag)).ToList();
        if (room.HasKey)
        {
            changes.Add(new RoomModeChange(IsAdding: true, RoomMode.Key, room.Key ?? "*"));
        }

        foreach (var (mode, number) in room.Numbers)
        {
            changes.Add(new RoomModeChange(IsAdding: true, mode, number.ToString(CultureInfo.InvariantCulture)));
        }

        return changes.Count == 0 ? "+" : Text(changes);
    }

    /// <summary>Returns the signs before a member's name: those of all its ranks, or that of the highest.</summary>
    public static string Prefix(MemberRank rank, bool all)
    {
        var prefix = (rank.HasFlag(MemberRank.Operator) ? "@" : "")
            + (rank.HasFlag(MemberRank.HalfOperator) ? "%" : "")
            + (rank.HasFlag(MemberRank.Voice) ? "+" : "");
        return all || prefix.Length < 2 ? prefix : prefix[..1];
    }

    private static string Letters(RoomModeKind kind) => string.Concat(RoomModes.All.Where(info => info.Kind == kind).Select(info => info.Letter));
}
