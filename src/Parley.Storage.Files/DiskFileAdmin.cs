using Parley.Core.Accounts;
using Parley.Core.Files;

namespace Parley.Storage.Files;

/// <summary>An operator's access to the files of a data directory, whether a server is using it or not. A server sees at once that a file is gone.</summary>
/// <remarks>It MUST NOT tidy up: uploads that the server is taking in look like those that a crash has cut off.</remarks>
public sealed class DiskFileAdmin
{
    private readonly DiskFileStore? _store;

    private DiskFileAdmin(DiskFileStore? store) => _store = store;

    /// <summary>Opens the files of a data directory, which may have none.</summary>
    public static DiskFileAdmin Open(string dataDirectory) => new(DiskFileStore.OpenIfThere(dataDirectory));

    /// <summary>Removes all files of one owner; the result is how many.</summary>
    /// <exception cref="FileStoreException">They cannot be read or removed. All methods throw it.</exception>
    public int RemoveOf(Identity owner)
    {
        var files = _store?.Kept().Where(file => file.Owner == owner).ToList() ?? [];
        files.ForEach(file => _store!.Remove(file.Id));
        return files.Count;
    }

    /// <summary>Removes a file if it is this owner's; false if it is not, or gone.</summary>
    public bool Remove(FileId id, Identity owner)
    {
        if (_store?.Find(id)?.Owner != owner)
        {
            return false;
        }

        _store.Remove(id);
        return true;
    }
}
