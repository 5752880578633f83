using System.Globalization;
using System.Text;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc;

/// <summary>The letters of what can be set on a room.</summary>
internal static class IrcRoomModes
{
    private static readonly (char Letter, RoomMode Mode)[] Letters =
    [
        ('b', RoomMode.Ban), ('e', RoomMode.BanException), ('I', RoomMode.InviteException),
        ('k', RoomMode.Key), ('l', RoomMode.Limit),
        ('i', RoomMode.InviteOnly), ('m', RoomMode.Moderated), ('n', RoomMode.MembersOnly),
        ('p', RoomMode.Private), ('s', RoomMode.Secret), ('t', RoomMode.ProtectedTopic),
        ('o', RoomMode.Operator), ('h', RoomMode.HalfOperator), ('v', RoomMode.Voice),
    ];

    /// <summary>Which letters take arguments when.</summary>
    public static IrcModeClasses Classes { get; } = new(Lists: "beI", Always: "k", WhenSet: "l", Flags: "imnpst", Prefixes: "ohv");

    /// <summary>What the letter stands for.</summary>
    public static RoomMode ModeOf(char letter) => Array.Find(Letters, entry => entry.Letter == letter).Mode;

    /// <summary>The letter that stands for it.</summary>
    public static char LetterOf(RoomMode mode) => Array.Find(Letters, entry => entry.Mode == mode).Letter;

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
    /// <param name="room">The room.</param>
    /// <param name="showsKey">Whether whoever asks may know the key.</param>
    public static string Text(IRoomView room, bool showsKey)
    {
        var changes = room.Flags.Select(flag => new RoomModeChange(IsAdding: true, flag)).ToList();
        if (room.Key is { } key)
        {
            changes.Add(new RoomModeChange(IsAdding: true, RoomMode.Key, showsKey ? key : "*"));
        }

        if (room.Limit is { } limit)
        {
            changes.Add(new RoomModeChange(IsAdding: true, RoomMode.Limit, limit.ToString(CultureInfo.InvariantCulture)));
        }

        return Text(changes);
    }

    /// <summary>What stands before a member's name: all that it is, or the highest.</summary>
    public static string Prefix(MemberRank rank, bool all)
    {
        var prefix = (rank.HasFlag(MemberRank.Operator) ? "@" : "")
            + (rank.HasFlag(MemberRank.HalfOperator) ? "%" : "")
            + (rank.HasFlag(MemberRank.Voice) ? "+" : "");
        return all || prefix.Length < 2 ? prefix : prefix[..1];
    }
}
