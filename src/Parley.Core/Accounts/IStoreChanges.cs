namespace Parley.Core.Accounts;

/// <summary>Changes in a store that several servers use: what one of them has in memory it reads again when another has changed it.</summary>
public interface IStoreChanges
{
    /// <summary>Calls back whenever a part may have changed, whoever changed it, on a thread of the pool and one call at a time.</summary>
    /// <param name="part">The part.</param>
    /// <param name="whenChanged">Reads it again. It MUST NOT block or throw.</param>
    /// <returns>Ends the watch when it is disposed.</returns>
    IDisposable Watch(StorePart part, Action whenChanged);
}
