using System.Globalization;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>Holds the file to its largest size; what appending may not use is left for tidying up.</summary>
/// <remarks>Removing messages needs some pages before it frees others: a file filled to the brim could not even be emptied.</remarks>
internal sealed class FileBound : IDisposable
{
    private const int MinReservePages = 64;

    // A sixteenth: the index merges segments of about that size, and has both the old and the new ones meanwhile.
    private const int ReserveShare = 16;

    /// <summary>As many as a file of SQLite can have: no bound.</summary>
    private const long MostPages = 4_294_967_294;

    private readonly Database _database;
    private long _maxBytes;
    private long _preparedBytes;
    private Statement? _forAppending;
    private Statement? _forTidying;
    private Statement? _inForce;

    /// <param name="database">The file.</param>
    /// <param name="maxBytes">Bytes that it may have; 0: any number.</param>
    public FileBound(Database database, long maxBytes)
    {
        _database = database;
        _maxBytes = maxBytes;
    }

    /// <summary>Bytes that the file may have; 0: any number. Any thread may set it; the one that writes heeds it when it writes next.</summary>
    public long MaxBytes
    {
        get => Volatile.Read(ref _maxBytes);
        set => Volatile.Write(ref _maxBytes, value);
    }

    public void ForAppending()
    {
        Prepare();
        Enforce(_forAppending);
    }

    public void ForTidying()
    {
        Prepare();
        Enforce(_forTidying);
    }

    public void Dispose()
    {
        _forAppending?.Dispose();
        _forTidying?.Dispose();
    }

    private void Prepare()
    {
        var maxBytes = MaxBytes;
        if (maxBytes == _preparedBytes)
        {
            return;
        }

        var pages = maxBytes > 0 ? Math.Max(2 * MinReservePages, maxBytes / _database.Number("PRAGMA page_size")) : MostPages;
        var reserve = maxBytes > 0 ? Math.Max(MinReservePages, pages / ReserveShare) : 0;
        Dispose();
        (_forAppending, _forTidying) = (MaxPages(pages - reserve), MaxPages(pages));
        _preparedBytes = maxBytes;
    }

    private Statement MaxPages(long count) => _database.Prepare(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {count}"));

    /// <summary>Sets the largest size, unless it is in force: the pragma takes the file's locks, as a transaction of its own does.</summary>
    private void Enforce(Statement? bound)
    {
        if (bound is not null && bound != _inForce)
        {
            bound.Run();
            _inForce = bound;
        }
    }
}
