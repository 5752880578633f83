using Parley.Core.Names;

namespace Parley.Core.Accounts;

/// <summary>Names that belong to accounts. A broker that is given one lets nobody else wear them.</summary>
public interface INameOwners
{
    /// <summary>The account that a name belongs to, or looks as if it did; null if it is anybody's to wear.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    ValueTask<ProvenAccount?> FindAsync(UserName name, CancellationToken cancellationToken = default);

    /// <summary>True if a program posts under a name, or under one that looks like it: nobody else wears it, whether the program is here or not.</summary>
    ValueTask<bool> IsOfProgramAsync(UserName name, CancellationToken cancellationToken = default) => ValueTask.FromResult(false);
}
