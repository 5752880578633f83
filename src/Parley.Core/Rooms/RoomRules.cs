using System.Globalization;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Rooms;

/// <summary>Who may do what in a room. Asked under the room's gate; changes nothing.</summary>
internal sealed class RoomRules(RoomState state)
{
    /// <summary>Masks that one of a room's lists may have.</summary>
    public const int MaxMasks = 100;

    /// <summary>Why the user may not come in; null if it may.</summary>
    public Verdict? RefusesEntry(in Actor user, string? key)
    {
        if (user.Profile.IsOperator || state.Count == 0)
        {
            return null;
        }

        var invited = state.IsInvited(user.Name);
        return state.Has(RoomMode.InviteOnly) && !invited && !IsOn(RoomMode.InviteException, user) ? Verdict.InviteOnly
            : !invited && IsBanned(user) ? Verdict.Banned
            : state.Key is not null && !string.Equals(state.Key, key, StringComparison.Ordinal) ? Verdict.WrongKey
            : state.Limit <= state.Count && !invited ? Verdict.RoomFull
            : null;
    }

    /// <summary>Why the user may not speak; null if it may.</summary>
    /// <param name="user">The user.</param>
    /// <param name="follows">Whether it speaks from a session that follows the room.</param>
    public Verdict? RefusesSpeech(in Actor user, bool follows)
    {
        var isMember = state.TryGet(user.UserId, out var member);
        if (!(isMember && follows) && state.Has(RoomMode.MembersOnly))
        {
            return Verdict.NotInRoom;
        }

        return member.Rank == MemberRank.None && (state.Has(RoomMode.Moderated) || IsBanned(user)) ? Verdict.MaySayNothing : null;
    }

    /// <summary>Why the user may not change the topic; null if it may.</summary>
    public Verdict? RefusesTopic(in Actor user)
        => !state.TryGet(user.UserId, out var member) ? Verdict.NotInRoom
            : state.Has(RoomMode.ProtectedTopic) && !IsAtLeast(MemberRank.HalfOperator, member) ? Verdict.NotOperator
            : null;

    /// <summary>Why the user may not set values on the room; null if it may.</summary>
    public Verdict? RefusesValues(in Actor user)
        => user.Profile.IsOperator ? null
            : !state.TryGet(user.UserId, out var member) ? Verdict.NotInRoom
            : !IsAtLeast(MemberRank.Operator, member) ? Verdict.NotOperator
            : null;

    /// <summary>Why the user may not put the member out; null if it may.</summary>
    public Verdict? RefusesKick(in Actor user, in RoomMember target)
        => user.Profile.IsOperator ? null
            : !state.TryGet(user.UserId, out var member) ? Verdict.NotInRoom
            : !IsAtLeast(target.Rank >= MemberRank.HalfOperator ? MemberRank.Operator : MemberRank.HalfOperator, member) ? Verdict.NotOperator
            : null;

    /// <summary>Why the user may not ask another in; null if it may.</summary>
    public Verdict? RefusesInvitation(in Actor user, UserName invited)
        => !state.TryGet(user.UserId, out var member) ? Verdict.NotInRoom
            : state.TryFind(invited, out _) ? Verdict.AlreadyInRoom
            : state.Has(RoomMode.InviteOnly) && !IsAtLeast(MemberRank.HalfOperator, member) ? Verdict.NotOperator
            : null;

    /// <summary>Why the user may not set or take off a mode; null if it may. An operator of the server may also from outside.</summary>
    public Verdict? RefusesMode(in Actor user, RoomModeChange change)
    {
        if (!user.Profile.IsOperator)
        {
            var needed = change.Mode is RoomMode.Voice or RoomMode.Ban or RoomMode.BanException or RoomMode.InviteException
                ? MemberRank.HalfOperator : MemberRank.Operator;
            var lowersItself = !change.IsAdding && RoomState.RankOf(change.Mode) != MemberRank.None && IsName(change.Argument, user.Name);
            if (!state.TryGet(user.UserId, out var member))
            {
                return Verdict.NotInRoom;
            }

            if (!lowersItself && !IsAtLeast(needed, member))
            {
                return Verdict.NotOperator;
            }
        }

        return RoomState.RankOf(change.Mode) != MemberRank.None && !TryFind(change.Argument, out _) ? Verdict.TargetNotInRoom
            : change.IsAdding && change.Mode <= RoomMode.InviteException && state.Masks(change.Mode).Count >= MaxMasks ? Verdict.ListFull
            : null;
    }

    /// <summary>Whether it would change anything.</summary>
    public bool Changes(RoomModeChange change) => change.Mode switch
    {
        RoomMode.Ban or RoomMode.BanException or RoomMode.InviteException => change.IsAdding != IsListed(change),
        RoomMode.Key => change.IsAdding ? !string.Equals(state.Key, change.Argument, StringComparison.Ordinal) : state.Key is not null,
        RoomMode.Limit => change.IsAdding ? state.Limit != int.Parse(change.Argument!, CultureInfo.InvariantCulture) : state.Limit is not null,
        RoomMode.Operator or RoomMode.HalfOperator or RoomMode.Voice =>
            TryFind(change.Argument, out var member) && change.IsAdding != member.Rank.HasFlag(RoomState.RankOf(change.Mode)),
        _ => change.IsAdding != state.Has(change.Mode),
    };

    private static bool IsAtLeast(MemberRank rank, in RoomMember member) => member.Rank >= rank || member.Actor.Profile.IsOperator;

    private static bool IsName(string? text, UserName name) => UserName.TryParse(text, out var parsed) && parsed == name;

    private bool TryFind(string? name, out RoomMember member)
    {
        member = default;
        return UserName.TryParse(name, out var parsed) && state.TryFind(parsed, out member);
    }

    private bool IsListed(RoomModeChange change)
        => state.Masks(change.Mode).Any(entry => string.Equals(entry.Mask, change.Argument, StringComparison.OrdinalIgnoreCase));

    private bool IsBanned(in Actor user) => IsOn(RoomMode.Ban, user) && !IsOn(RoomMode.BanException, user);

    private bool IsOn(RoomMode list, in Actor user)
    {
        foreach (var entry in state.Masks(list))
        {
            if (UserMask.Matches(entry.Mask, user))
            {
                return true;
            }
        }

        return false;
    }
}
