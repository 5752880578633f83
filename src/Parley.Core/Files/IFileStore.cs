namespace Parley.Core.Files;

/// <summary>Where uploaded files are kept. For all threads.</summary>
/// <remarks>All methods block, so none may be called on a socket loop. They throw <see cref="FileStoreException"/> where the store fails.</remarks>
public interface IFileStore
{
    /// <summary>Where it is, for people.</summary>
    string Location { get; }

    /// <summary>Bytes that are free where files are kept, for all uses.</summary>
    long FreeBytes { get; }

    /// <summary>Begins a file, which is there for others once it is kept.</summary>
    IFileDraft Begin();

    /// <summary>The file of an id; null if there is none.</summary>
    StoredFile? Find(FileId id);

    /// <summary>A part of a file, to be read from its beginning; null if there is none. It can be read to its end, also if the file is removed meanwhile.</summary>
    Stream? Open(FileId id, FilePart part);

    /// <summary>Keeps what is known of a file in place of what was known before; does nothing if the file is gone.</summary>
    void Update(StoredFile file);

    /// <summary>Removes a file, if it is there.</summary>
    void Remove(FileId id);

    /// <summary>All files, in no order. Removes what was left by uploads that a crash has cut off.</summary>
    IReadOnlyList<StoredFile> List();
}
