namespace Parley.Storage.Sqlite;

/// <summary>Options for the file of a history; the defaults are safe.</summary>
public sealed record SqliteHistoryOptions
{
    /// <summary>Time to wait for another program that holds the file locked, before that is an error.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The file grows to no more bytes than this (but 512 KiB at least), and appending is an error somewhat before; 0 for as far as the disk goes.</summary>
    public long MaxBytes { get; init; }

    /// <summary>Bytes of the disk that are held, so that history can be pruned when the disk is full; 24 MiB unless set, 0 for none.</summary>
    public long ReserveBytes { get; init; } = DiskReserve.DefaultBytes;

    /// <summary>At most so many reads run at once; more wait.</summary>
    public int MaxReaders { get; init; } = 4;

    /// <summary>Of the reads that run at once, at most so many are searches, which take longest: the others are there for pages.</summary>
    public int MaxSearches { get; init; } = 2;
}
