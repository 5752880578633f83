using Parley.Core.Accounts;

namespace Parley.Core.Events;

/// <summary>Registration of a room: its founder, and the ranks that accounts have in it. A registered room stays when it empties.</summary>
/// <param name="Founder">The account that owns the room.</param>
/// <param name="Registered">When it was registered, UTC.</param>
public sealed record RoomRegistration(ProvenAccount Founder, DateTimeOffset Registered)
{
    /// <summary>The roles, the oldest first; the founder has none.</summary>
    public IReadOnlyList<RoomRole> Roles { get; init; } = [];

    /// <summary>The rank that comes with an account; none for guests and for accounts without a role.</summary>
    public MemberRank RankOf(ProvenAccount? account)
    {
        if (account is null)
        {
            return MemberRank.None;
        }

        if (account.Id == Founder.Id)
        {
            return MemberRank.Operator;
        }

        foreach (var role in Roles)
        {
            if (role.Account.Id == account.Id)
            {
                return role.Rank;
            }
        }

        return MemberRank.None;
    }

    /// <summary>The same with another role for an account; none takes its role away.</summary>
    public RoomRegistration With(ProvenAccount account, MemberRank rank, DateTimeOffset now)
    {
        var others = Roles.Where(role => role.Account.Id != account.Id);
        return this with { Roles = rank == MemberRank.None ? [.. others] : [.. others, new RoomRole(account, rank, now)] };
    }

    /// <summary>The same with another founder, who needs no role any more; the one before keeps the rank of an operator.</summary>
    public RoomRegistration OwnedBy(ProvenAccount founder, DateTimeOffset now)
        => founder.Id == Founder.Id ? this
            : With(founder, MemberRank.None, now).With(Founder, MemberRank.Operator, now) with { Founder = founder };

    /// <summary>
    /// The same without an account that is removed: its role ends, and of a founder the operator with the oldest role takes the place.
    /// Null if there is none: then the room is registered no more.
    /// </summary>
    public RoomRegistration? Without(AccountId account)
    {
        var roles = Roles.Where(role => role.Account.Id != account).ToList();
        if (account != Founder.Id)
        {
            return roles.Count == Roles.Count ? this : this with { Roles = roles };
        }

        var heir = roles.Find(role => role.Rank == MemberRank.Operator);
        return heir is null ? null : this with { Founder = heir.Account, Roles = [.. roles.Where(role => role != heir)] };
    }
}
