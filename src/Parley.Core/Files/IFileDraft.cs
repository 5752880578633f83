namespace Parley.Core.Files;

/// <summary>A file that is being uploaded. Disposed without being kept, it leaves nothing behind.</summary>
public interface IFileDraft : IDisposable
{
    /// <summary>The id that it will have.</summary>
    FileId Id { get; }

    /// <summary>The file itself, to be written and read.</summary>
    Stream Content { get; }

    /// <summary>Keeps it: afterwards it outlives the process, and a loss of power.</summary>
    /// <param name="file">What is known of it.</param>
    /// <param name="preview">A smaller copy of a picture; empty for none.</param>
    /// <exception cref="FileStoreException">The store fails, and nothing is kept.</exception>
    void Keep(StoredFile file, ReadOnlyMemory<byte> preview);
}
