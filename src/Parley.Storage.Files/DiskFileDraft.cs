using Parley.Core.Files;

namespace Parley.Storage.Files;

/// <summary>A file that is being uploaded, under a name that no file has.</summary>
internal sealed class DiskFileDraft(DiskFileStore store, FileId id, FileStream content) : IFileDraft
{
    private bool _isKept;

    public FileId Id => id;

    public Stream Content => content;

    public void Keep(StoredFile file, ReadOnlyMemory<byte> preview)
    {
        try
        {
            content.Flush(flushToDisk: true);
        }
        catch (IOException e)
        {
            throw new FileStoreException(e.Message, e);
        }

        content.Dispose();
        store.Keep(file, preview);
        _isKept = true;
    }

    public void Dispose()
    {
        try
        {
            content.Dispose();
        }
        catch (IOException)
        {
            // What could not be written to a full disk is removed anyway.
        }

        store.End(id, _isKept);
    }
}
