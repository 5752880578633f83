namespace Parley.Storage.Sqlite;

/// <summary>How the file is used. The defaults are safe.</summary>
public sealed record SqliteHistoryOptions
{
    /// <summary>How long to wait for another program that holds the file locked, before that is an error.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The file grows to no more bytes than this (but 512 KiB at least), and appending is an error somewhat before; 0 for as far as the disk goes.</summary>
    public long MaxBytes { get; init; }

    /// <summary>At most so many reads run at once; more wait.</summary>
    public int MaxReaders { get; init; } = 4;
}
