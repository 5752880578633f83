using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>
/// Moves what was written from the log to the file, beside the writer: who writes would have to wait for the disk meanwhile, some
/// 50 ms in which nothing that is said is shown.
/// </summary>
/// <param name="database">The writer's connection.</param>
/// <param name="busyTimeout">Time to wait for another program that holds the file locked.</param>
internal sealed class LogMover(Database database, TimeSpan busyTimeout) : IAsyncDisposable
{
    /// <summary>Pages in the log that are worth the trip (16 MiB): those that many batches change are then written once.</summary>
    public const int WorthPages = 4096;

    /// <summary>Pages at which the writer does it itself, since the disk does not keep up.</summary>
    public const int MostPages = 4 * WorthPages;

    private Task _moving = Task.CompletedTask;
    private long _pages;

    /// <summary>Something may have been written; on the writer's thread.</summary>
    public void HasWritten()
    {
        _pages += database.TakeWrittenPages();
        if (_pages >= WorthPages && _moving.IsCompleted)
        {
            _pages = 0;
            _moving = Task.Run(Move);
        }
    }

    /// <summary>Completes when nothing is being moved. Nothing may be written afterwards.</summary>
    public async ValueTask DisposeAsync() => await _moving;

    private void Move()
    {
        try
        {
            using var own = Database.Open(database.Path, readOnly: false, busyTimeout);
            own.Number("PRAGMA wal_checkpoint(PASSIVE)");
        }
        catch (HistoryException)
        {
            // It stays in the log, where it is as safe, and is moved with what comes next; the writer is told of a file that is unfit.
        }
    }
}
