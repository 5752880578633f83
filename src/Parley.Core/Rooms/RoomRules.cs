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

    /// <summary>What a user is when it comes in: the first person rules the room, whatever programs have posted there before.</summary>
    public MemberRank RankOnEntry(in Actor user)
        => user.Profile.IsPoster || state.HasPeople ? MemberRank.None : MemberRank.Operator;

    /// <summary>Why the user may not come in; null if it may. Where there are no people, nobody is kept out by what the last ones have set.</summary>
    public Verdict? RefusesEntry(in Actor user, string? key)
    {
        if (user.Profile.IsOperator || !state.HasPeople)
        {
            return null;
        }

        return state.IsInvited(user.UserId) ? null
            : IsBanned(user) ? Verdict.Banned
            : state.Has(RoomMode.InviteOnly) && !IsOn(RoomMode.InviteException, user) ? Verdict.InviteOnly
            : state.Key is not null && !string.Equals(state.Key, key, StringComparison.Ordinal) ? Verdict.WrongKey
            : state.Limit <= state.Count ? Verdict.RoomFull
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
    public Verdict? RefusesValues(in Actor user) => RefusesBelow(MemberRank.Operator, user);

    /// <summary>Why the user may not put another out; null if it may. Whoever may put nobody out is not told who is in.</summary>
    /// <param name="user">The user.</param>
    /// <param name="targetId">Who has to go; null for somebody who is not here at all.</param>
    public Verdict? RefusesKick(in Actor user, long? targetId)
    {
        if (RefusesBelow(MemberRank.HalfOperator, user) is { } refusal)
        {
            return refusal;
        }

        return targetId is null ? Verdict.NotHere
            : !state.TryGet(targetId.Value, out var target) ? Verdict.TargetNotInRoom
            : target.Rank >= MemberRank.HalfOperator ? RefusesBelow(MemberRank.Operator, user)
            : null;
    }

    /// <summary>Why the user may not give the room another name; null if it may.</summary>
    public Verdict? RefusesRenaming(in Actor user) => RefusesBelow(MemberRank.Operator, user);

    /// <summary>Why the user may not ask another in; null if it may.</summary>
    public Verdict? RefusesInvitation(in Actor user, long invitedId)
        => !state.TryGet(user.UserId, out _) ? Verdict.NotInRoom
            : state.TryGet(invitedId, out _) ? Verdict.AlreadyInRoom
            : state.Has(RoomMode.InviteOnly) && !Admits(user) ? Verdict.NotOperator
            : null;

    /// <summary>Whether those whom the user asks in may come whatever the modes are.</summary>
    public bool Admits(in Actor user) => RefusesBelow(MemberRank.HalfOperator, user) is null;

    /// <summary>Why the user may not set or take off a mode; null if it may. An operator of the server may also from outside.</summary>
    public Verdict? RefusesMode(in Actor user, RoomModeChange change)
    {
        var lowersItself = !change.IsAdding && RoomState.RankOf(change.Mode) != MemberRank.None && IsName(change.Argument, user.Name);
        var needed = lowersItself ? MemberRank.None
            : change.Mode == RoomMode.Voice || IsList(change.Mode) ? MemberRank.HalfOperator
            : MemberRank.Operator;
        if (RefusesBelow(needed, user) is { } refusal)
        {
            return refusal;
        }

        return RoomState.RankOf(change.Mode) != MemberRank.None && !TryFind(change.Argument, out _) ? Verdict.TargetNotInRoom
            : change.IsAdding && IsList(change.Mode) && state.Masks(change.Mode).Count >= MaxMasks && Listed(change) is null ? Verdict.ListFull
            : null;
    }

    /// <summary>The change as it is carried out, its argument spelled as the room has it; null if it would change nothing.</summary>
    public RoomModeChange? Effect(RoomModeChange change)
    {
        if (IsList(change.Mode))
        {
            var listed = Listed(change);
            return change.IsAdding
                ? listed is null ? change : null
                : listed is not null ? change with { Argument = listed } : null;
        }

        if (RoomState.RankOf(change.Mode) is not MemberRank.None and var rank)
        {
            return TryFind(change.Argument, out var member) && change.IsAdding != member.Rank.HasFlag(rank)
                ? change with { Argument = member.Actor.Name.Value } : null;
        }

        var changes = change.Mode switch
        {
            RoomMode.Key => change.IsAdding ? !string.Equals(state.Key, change.Argument, StringComparison.Ordinal) : state.Key is not null,
            RoomMode.Limit => change.IsAdding ? state.Limit != int.Parse(change.Argument!, CultureInfo.InvariantCulture) : state.Limit is not null,
            _ => change.IsAdding != state.Has(change.Mode),
        };
        return changes ? change : null;
    }

    private static bool IsList(RoomMode mode) => mode is RoomMode.Ban or RoomMode.BanException or RoomMode.InviteException;

    private static bool IsAtLeast(MemberRank rank, in RoomMember member) => member.Rank >= rank || member.Actor.Profile.IsOperator;

    /// <summary>Why the user may not do what takes a rank; null if it may. An operator of the server may, from outside too.</summary>
    private Verdict? RefusesBelow(MemberRank rank, in Actor user)
        => user.Profile.IsOperator ? null
            : !state.TryGet(user.UserId, out var member) ? Verdict.NotInRoom
            : !IsAtLeast(rank, member) ? Verdict.NotOperator
            : null;

    private static bool IsName(string? text, UserName name) => UserName.TryParse(text, out var parsed) && parsed == name;

    private bool TryFind(string? name, out RoomMember member)
    {
        member = default;
        return UserName.TryParse(name, out var parsed) && state.TryFind(parsed, out member);
    }

    /// <summary>The mask of a change as it is spelled on the list; null if it is not there.</summary>
    private string? Listed(RoomModeChange change)
        => state.Masks(change.Mode).FirstOrDefault(entry => string.Equals(entry.Mask, change.Argument, StringComparison.OrdinalIgnoreCase))?.Mask;

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
