using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Modes;
using Parley.Core.Names;

namespace Parley.Core.Rooms;

/// <content>Who may register a room, and change who owns it and has a role in it.</content>
internal readonly partial struct RoomPolicy
{
    /// <summary>Why the user may not register the room; null if it may.</summary>
    /// <param name="user">The user.</param>
    /// <param name="founder">The account that is to own the room; null if the user has none.</param>
    public Verdict? RefusesRegistration(in Actor user, ProvenAccount? founder)
        => RefusesBelow(MemberRank.Operator, user)
            ?? (founder is null ? Verdict.NotLoggedIn
                : state.Registration is not null ? Verdict.RoomRegistered
                : user.Profile.May(ServerRights.Rooms) || founder.Id == user.Profile.Login?.Id ? null
                : Verdict.NotOperator);

    /// <summary>Why the user may not do what only the founder may; null if it may.</summary>
    public Verdict? RefusesOwnership(in Actor user)
        => state.Registration is not { } registration ? Disguised(user, Verdict.RoomNotRegistered)
            : user.Profile.May(ServerRights.Rooms) || registration.Founder.Id == user.Profile.Login?.Id ? null
            : Disguised(user, Verdict.NotFounder);

    /// <summary>Why the user may not give an account another role; null if it may.</summary>
    /// <param name="user">The user.</param>
    /// <param name="account">The account.</param>
    /// <param name="rank">Its rank from then on.</param>
    /// <param name="maxRoles">Roles that the room may have.</param>
    public Verdict? RefusesRole(in Actor user, ProvenAccount account, MemberRank rank, int maxRoles)
    {
        if (state.Registration is not { } registration)
        {
            return Disguised(user, Verdict.RoomNotRegistered);
        }

        var old = registration.RankOf(account);
        var givesUp = rank == MemberRank.None && old != MemberRank.None && user.Profile.Login?.Id == account.Id;
        if (!givesUp && RefusesOwnership(user) is { } refusal
            && !(registration.RankOf(user.Profile.Login) == MemberRank.Operator && rank < MemberRank.Operator && old < MemberRank.Operator))
        {
            return refusal;
        }

        return account.Id == registration.Founder.Id || old == rank ? Verdict.Unchanged
            : old == MemberRank.None && registration.Roles.Count >= maxRoles ? Verdict.TooManyRoles
            : null;
    }

    /// <summary>Why the user may not give a member a rank, or take it away, by its role; null if it may.</summary>
    public Verdict? RefusesRank(in Actor user, UserName member, MemberRank rank, bool isAdding)
    {
        if (state.Registration is not { } registration)
        {
            return Disguised(user, Verdict.RoomNotRegistered);
        }

        var own = registration.RankOf(user.Profile.Login);
        var isSelf = member == user.Name;
        if (!user.Profile.May(ServerRights.Rooms) && own != MemberRank.Operator
            && !(isSelf && (!isAdding || own >= rank)) && !(own == MemberRank.HalfOperator && rank == MemberRank.Voice))
        {
            return Disguised(user, Verdict.NotOperator);
        }

        return !state.TryFind(member, out var found) ? Disguised(user, Verdict.TargetNotInRoom)
            : !isAdding && IsFoundersOf(found.Actor, user) ? Verdict.NotFounder
            : null;
    }

    /// <summary>True if the viewer may know who has a role in the room.</summary>
    public bool ShowsRoles(Viewer viewer) => viewer.SeesAll || Knows(viewer) || state.TryGet(viewer.UserId, out _);

    /// <summary>True if the viewer may know that the room is one of its own: it has a role there that lets it in.</summary>
    public bool ListsFor(Viewer viewer) => viewer.SeesAll || Knows(viewer);

    private bool Knows(Viewer viewer)
        => state.Registration is { } registration && registration.RankOf(viewer.Login) is not MemberRank.None and var rank
            && (rank >= MemberRank.HalfOperator || Refusal(RoomModes.OfBans, new ModeAttempt(viewer.User) { Now = viewer.Now }) is null);
}
