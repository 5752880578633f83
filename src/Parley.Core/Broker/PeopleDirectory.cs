using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Broker;

/// <summary>Finds people by name: those who are here, and accounts whose owners are away.</summary>
internal sealed class PeopleDirectory(NameDirectory names, INameOwners? owners)
{
    /// <summary>Has masks of one account be about the account and not about its name, which another may have later.</summary>
    /// <returns>The changes, and those that would let an account in that there is none of.</returns>
    public async ValueTask<(IReadOnlyList<RoomModeChange> Bound, List<(RoomModeChange Change, Verdict Why)> Refused)> BindAsync(
        IReadOnlyList<RoomModeChange> changes, CancellationToken cancellationToken)
    {
        List<(RoomModeChange, Verdict)> refused = [];
        if (owners is null || !changes.Any(change => AccountOf(change) is not null))
        {
            return (changes, refused);
        }

        var bound = new List<RoomModeChange>(changes.Count);
        foreach (var change in changes)
        {
            if (AccountOf(change) is not { } name)
            {
                bound.Add(change);
                continue;
            }

            try
            {
                var owner = await owners.FindAsync(name, cancellationToken);
                if (owner?.Name == name)
                {
                    bound.Add(change with { Who = Identity.Of(owner.Id) });
                }
                else if (change.Mode == RoomMode.Ban)
                {
                    bound.Add(change);
                }
                else
                {
                    refused.Add((change, Verdict.NoSuchAccount));
                }
            }
            catch (AccountStoreException)
            {
                refused.Add((change, Verdict.AccountsFail));
            }
        }

        return (bound, refused);
    }

    /// <summary>The one account that a mask which is set is about; null for another mask, or none.</summary>
    private static UserName? AccountOf(in RoomModeChange change)
        => change is { IsAdding: true, Mode: RoomMode.Ban or RoomMode.BanException or RoomMode.InviteException, Who.IsUnknown: true, Argument: { } mask }
            && UserMask.AccountOf(mask) is { } account && UserName.TryParse(account, out var name) ? name : null;

    /// <summary>Finds a person.</summary>
    public async ValueTask<FoundPerson> FindAsync(UserName name, CancellationToken cancellationToken)
    {
        if (names.Find(name) is { } user)
        {
            return new FoundPerson(user, null, null);
        }

        try
        {
            // An account that only looks like the name is somebody else's.
            var owner = owners is null ? null : await owners.FindAsync(name, cancellationToken);
            return owner?.Name == name ? new FoundPerson(null, owner, null) : new FoundPerson(null, null, Verdict.NotHere);
        }
        catch (AccountStoreException)
        {
            return new FoundPerson(null, null, Verdict.AccountsFail);
        }
    }
}
