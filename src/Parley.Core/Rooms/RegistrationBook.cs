using Parley.Core.Accounts;
using Parley.Core.Intentions;

namespace Parley.Core.Rooms;

/// <summary>Counts registered rooms, in all and by owner, so that neither is more than may be.</summary>
/// <param name="maxPerAccount">Rooms that one account may own.</param>
/// <param name="maxRooms">Rooms in all.</param>
internal sealed class RegistrationBook(int maxPerAccount, int maxRooms)
{
    // A leaf: nothing is taken inside.
    private readonly Lock _gate = new();
    private readonly Dictionary<AccountId, int> _owned = [];
    private int _all;

    /// <summary>Counts one more; the result says why there may be no more, and is null if it is counted.</summary>
    public Verdict? Add(AccountId owner, bool hasLimit)
    {
        lock (_gate)
        {
            if (_all >= maxRooms)
            {
                return Verdict.TooManyRegisteredRooms;
            }

            if (IsFull(owner, hasLimit))
            {
                return Verdict.AccountHasTooManyRooms;
            }

            Count(owner, 1);
            return null;
        }
    }

    /// <summary>Counts a room that is registered already, whatever the limits are.</summary>
    public void Restore(AccountId owner)
    {
        lock (_gate)
        {
            Count(owner, 1);
        }
    }

    /// <summary>Counts one less.</summary>
    public void Remove(AccountId owner)
    {
        lock (_gate)
        {
            Count(owner, -1);
        }
    }

    /// <summary>Counts a room to another owner; the result says why that one may own no more, and is null if it is counted.</summary>
    public Verdict? Move(AccountId from, AccountId to, bool hasLimit)
    {
        lock (_gate)
        {
            if (IsFull(to, hasLimit))
            {
                return Verdict.AccountHasTooManyRooms;
            }

            Count(from, -1);
            Count(to, 1);
            return null;
        }
    }

    private bool IsFull(AccountId owner, bool hasLimit) => hasLimit && _owned.GetValueOrDefault(owner) >= maxPerAccount;

    private void Count(AccountId owner, int change)
    {
        _all += change;
        var owned = _owned.GetValueOrDefault(owner) + change;
        if (owned > 0)
        {
            _owned[owner] = owned;
        }
        else
        {
            _owned.Remove(owner);
        }
    }
}
