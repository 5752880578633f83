using Parley.Core.Accounts;
using Parley.Core.Intentions;
using Parley.Core.Names;

namespace Parley.Core.Broker;

/// <summary>Finds people by name: those who are here, and accounts whose owners are away.</summary>
internal sealed class PeopleDirectory(NameDirectory names, INameOwners? owners)
{
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
