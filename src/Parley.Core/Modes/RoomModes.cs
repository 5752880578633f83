using System.Globalization;
using Parley.Core.Events;
using Parley.Core.Intentions;

namespace Parley.Core.Modes;

/// <summary>The room modes there are, each described here and nowhere else. To add one: name it in <see cref="RoomMode"/> and add its line.</summary>
public static class RoomModes
{
    /// <summary>In the order in which they are shown, and in which what keeps somebody out is told.</summary>
    public static IReadOnlyList<RoomModeInfo> All { get; } =
    [
        new(RoomMode.Ban, 'b', RoomModeKind.Masks)
        {
            ChangedBy = MemberRank.HalfOperator,
            KeepsOut = true,
            Told = ("banned {0}", "unbanned {0}"),
            Entry = static (room, in attempt) => IsBanned(room, attempt) ? Verdict.Banned : null,
            Silence = static (room, in attempt) => IsBanned(room, attempt) || IsMuted(room, attempt) ? Verdict.MaySayNothing : null,
        },
        new(RoomMode.BanException, 'e', RoomModeKind.Masks) { ChangedBy = MemberRank.HalfOperator },
        new(RoomMode.InviteException, 'I', RoomModeKind.Masks) { ChangedBy = MemberRank.HalfOperator },
        new(RoomMode.Filter, 'g', RoomModeKind.Masks)
        {
            ChangedBy = MemberRank.HalfOperator,
            IsOfWords = true,
            Told = ("had the word filter refuse {0}", "took {0} off the word filter"),
            Silence = static (room, in attempt) => room.Filters(attempt.Text.Span) is null ? null : Verdict.Filtered,
        },
        new(RoomMode.InviteOnly, 'i', RoomModeKind.Flag)
        {
            KeepsOut = true,
            Told = ("made the room invite-only", "made the room invite-only no more"),
            Entry = static (room, in attempt) => room.Covers(RoomMode.InviteException, attempt) ? null : Verdict.InviteOnly,
        },
        new(RoomMode.Moderated, 'm', RoomModeKind.Flag)
        {
            Told = ("made the room moderated", "made the room moderated no more"),
            Silence = static (room, in attempt) => Verdict.MaySayNothing,
        },
        new(RoomMode.MembersOnly, 'n', RoomModeKind.Flag)
        {
            IsInNewRooms = true,
            Speech = static (room, in attempt) => attempt.Follows ? null : Verdict.NotInRoom,
        },
        new(RoomMode.Private, 'p', RoomModeKind.Flag) { KeepsOut = true },
        new(RoomMode.Secret, 's', RoomModeKind.Flag) { KeepsOut = true },
        new(RoomMode.ProtectedTopic, 't', RoomModeKind.Flag) { IsInNewRooms = true },
        new(RoomMode.Registered, 'r', RoomModeKind.Flag) { Told = ("registered the room", "ended the registration of the room") },
        new(RoomMode.Key, 'k', RoomModeKind.Key)
        {
            KeepsOut = true,
            Entry = static (room, in attempt) => string.Equals(room.Key, attempt.Key, StringComparison.Ordinal) ? null : Verdict.WrongKey,
        },
        new(RoomMode.Limit, 'l', RoomModeKind.Number)
        {
            NumberFault = "A limit is a number above 0",
            Entry = static (room, in attempt) => room.NumberOf(RoomMode.Limit) <= room.Count ? Verdict.RoomFull : null,
        },
        new(RoomMode.Slow, 'W', RoomModeKind.Number)
        {
            Max = 21_600,
            NumberFault = "Slow mode takes 1 to 21600 seconds",
            Told = ("turned slow mode on, {0} s between messages", "turned slow mode off"),
            Silence = static (room, in attempt) => attempt.SinceLast?.TotalSeconds < room.NumberOf(RoomMode.Slow) ? Verdict.TooSoon : null,
        },
        new(RoomMode.Operator, 'o', RoomModeKind.Rank)
        {
            Gives = MemberRank.Operator,
            Told = ("made {0} an operator", "made {0} an operator no more"),
        },
        new(RoomMode.HalfOperator, 'h', RoomModeKind.Rank)
        {
            Gives = MemberRank.HalfOperator,
            Told = ("made {0} a half-operator", "made {0} a half-operator no more"),
        },
        new(RoomMode.Voice, 'v', RoomModeKind.Rank)
        {
            ChangedBy = MemberRank.HalfOperator,
            Gives = MemberRank.Voice,
            Told = ("gave {0} a voice", "took the voice of {0}"),
        },
    ];

    private static RoomModeInfo?[] ByMode { get; } = Index();

    /// <summary>The rules that keep somebody out, each with the mode that it belongs to.</summary>
    internal static (RoomMode Mode, ModeRule Rule)[] OfEntry { get; } = Rules(info => info.Entry);

    /// <summary>The rule about bans, of those that keep somebody out.</summary>
    internal static (RoomMode Mode, ModeRule Rule)[] OfBans { get; } = [.. OfEntry.Where(entry => entry.Mode == RoomMode.Ban)];

    /// <summary>The rules that keep anybody from speaking.</summary>
    internal static (RoomMode Mode, ModeRule Rule)[] OfSpeech { get; } = Rules(info => info.Speech);

    /// <summary>The rules that keep those without a rank from speaking.</summary>
    internal static (RoomMode Mode, ModeRule Rule)[] OfSilence { get; } = Rules(info => info.Silence);

    /// <summary>Describes a mode.</summary>
    public static RoomModeInfo Of(RoomMode mode)
        => Find(mode) ?? throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such room mode.");

    /// <summary>Describes a mode; null if there is none of that value.</summary>
    internal static RoomModeInfo? Find(RoomMode mode) => (uint)mode < (uint)ByMode.Length ? ByMode[(int)mode] : null;

    /// <summary>Describes the mode of a letter; null if no mode has it.</summary>
    public static RoomModeInfo? OfLetter(char letter)
    {
        foreach (var info in All)
        {
            if (info.Letter == letter)
            {
                return info;
            }
        }

        return null;
    }

    /// <summary>Words for a change, to stand behind the name of who made it; null if there are none.</summary>
    public static string? Words(RoomModeChange change)
        => change.Mode == RoomMode.Ban ? WordsOfBan(change)
            : Of(change.Mode).Told is { } told
            ? (change.IsAdding ? told.Set : told.TakenOff).Replace("{0}", change.Argument, StringComparison.Ordinal)
            : null;

    private static string WordsOfBan(RoomModeChange change)
    {
        var isMute = change.IsMute;
        var done = (change.IsAdding, isMute) switch
        {
            (true, false) => "banned",
            (true, true) => "muted",
            (false, false) => "unbanned",
            _ => "unmuted",
        };
        var whom = change.Name ?? (isMute ? change.Argument![RoomModeChange.MutePrefix.Length..] : change.Argument);
        var until = change.Until is { } end ? string.Create(CultureInfo.InvariantCulture, $" until {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "";
        return $"{done} {whom}{until}{(string.IsNullOrEmpty(change.Reason) ? "" : $" ({change.Reason})")}";
    }

    private static bool IsBanned(IModeValues room, in ModeAttempt attempt)
        => room.Covers(RoomMode.Ban, attempt) && !room.Covers(RoomMode.BanException, attempt);

    private static bool IsMuted(IModeValues room, in ModeAttempt attempt)
        => room.Covers(RoomMode.Ban, attempt, isMute: true) && !room.Covers(RoomMode.BanException, attempt) && !room.Covers(RoomMode.BanException, attempt, isMute: true);

    private static (RoomMode Mode, ModeRule Rule)[] Rules(Func<RoomModeInfo, ModeRule?> kind)
        => [.. from info in All let rule = kind(info) where rule is not null select (info.Mode, rule)];

    private static RoomModeInfo?[] Index()
    {
        var modes = new RoomModeInfo?[All.Max(info => (int)info.Mode) + 1];
        foreach (var info in All)
        {
            modes[(int)info.Mode] = info;
        }

        return modes;
    }
}
