using System.Collections.Concurrent;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Reading;

/// <summary>Runs reads on threads of the pool, at most so many at once, each over a connection of its own.</summary>
internal sealed class ReaderPool : IAsyncDisposable
{
    private readonly ConcurrentBag<HistoryReader> _idle = [];
    private readonly SemaphoreSlim _places;
    private readonly SemaphoreSlim _searchPlaces;
    private readonly string _path;
    private readonly int _maxReaders;
    private readonly TimeSpan _busyTimeout;
    private readonly RecentMessages _recent;

    /// <summary>A pool that has opened nothing yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recent">Messages that are not in the table of places yet.</param>
    /// <param name="maxReaders">Reads that run at once.</param>
    /// <param name="maxSearches">Searches among them.</param>
    /// <param name="busyTimeout">Time to wait for another program that holds the file locked.</param>
    public ReaderPool(string path, RecentMessages recent, int maxReaders, int maxSearches, TimeSpan busyTimeout)
    {
        _path = path;
        _recent = recent;
        _maxReaders = maxReaders;
        _busyTimeout = busyTimeout;
        _places = new SemaphoreSlim(maxReaders);
        _searchPlaces = new SemaphoreSlim(maxSearches);
    }

    /// <summary>Reads, without the caller's thread.</summary>
    public async ValueTask<T> RunAsync<T>(Func<HistoryReader, T> read, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Run(read, cancellationToken), cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Searches, without the caller's thread, and without a place that a page could wait for.</summary>
    public async ValueTask<T> SearchAsync<T>(Func<HistoryReader, T> search, CancellationToken cancellationToken)
    {
        await _searchPlaces.WaitAsync(cancellationToken);
        try
        {
            return await RunAsync(search, cancellationToken);
        }
        finally
        {
            _searchPlaces.Release();
        }
    }

    /// <summary>Closes the connections, when the reads under way are done. None MUST be begun afterwards.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var place = 0; place < _maxReaders; place++)
        {
            await _places.WaitAsync();
        }

        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private T Run<T>(Func<HistoryReader, T> read, CancellationToken cancellationToken)
    {
        if (!_idle.TryTake(out var reader))
        {
            reader = Open();
        }

        try
        {
            T result;
            using (cancellationToken.UnsafeRegister(static reader => ((HistoryReader)reader!).Interrupt(), reader))
            {
                result = read(reader);
            }

            _idle.Add(reader);
            return result;
        }
        catch (Exception e)
        {
            // Whatever state it is in, the next read is to have a sound one.
            reader.Dispose();
            throw cancellationToken.IsCancellationRequested ? new OperationCanceledException(e.Message, e, cancellationToken) : e;
        }
    }

    private HistoryReader Open()
    {
        var database = Database.Open(_path, readOnly: true, _busyTimeout);
        try
        {
            return new HistoryReader(database, _recent);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
