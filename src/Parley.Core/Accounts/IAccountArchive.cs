namespace Parley.Core.Accounts;

/// <summary>
/// All that a server keeps beside history, as an operator takes it from one store to another, of which no server runs. Everything blocks, and
/// throws <see cref="AccountStoreException"/> where it fails.
/// </summary>
public interface IAccountArchive : IDisposable
{
    /// <summary>Where it is, for people.</summary>
    string Location { get; }

    /// <summary>All rows of a part, each table's together and in the order of its key, read as they are asked for. Stores with the same data give the same rows.</summary>
    IEnumerable<ArchiveRow> Export(ArchivePart part);

    /// <summary>Takes over all rows of a part, or nothing. Where there is more than secrets already, it is refused.</summary>
    void Import(ArchivePart part, IEnumerable<ArchiveRow> rows);
}
