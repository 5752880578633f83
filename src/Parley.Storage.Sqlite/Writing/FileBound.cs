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

    private readonly Statement? _forAppending;
    private readonly Statement? _forTidying;
    private Statement? _inForce;

    public FileBound(Database database, long maxBytes)
    {
        if (maxBytes > 0)
        {
            var pages = Math.Max(2 * MinReservePages, maxBytes / database.Number("PRAGMA page_size"));
            _forAppending = MaxPages(pages - Math.Max(MinReservePages, pages / ReserveShare));
            _forTidying = MaxPages(pages);
        }

        Statement MaxPages(long count) => database.Prepare(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {count}"));
    }

    public void ForAppending() => Enforce(_forAppending);

    public void ForTidying() => Enforce(_forTidying);

    public void Dispose()
    {
        _forAppending?.Dispose();
        _forTidying?.Dispose();
    }

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
