using System.Diagnostics;
using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>Notices that history's file has been taken away, without a look with every message.</summary>
internal sealed class FilePresence(Database database)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _lookedAt = Stopwatch.GetTimestamp();
    private bool _isGone;

    /// <summary>Looks once a second, and all the time once the file is gone.</summary>
    /// <exception cref="HistoryLostException">It is not there.</exception>
    public void Check()
    {
        if (!_isGone && Stopwatch.GetElapsedTime(_lookedAt) < Interval)
        {
            return;
        }

        _lookedAt = Stopwatch.GetTimestamp();
        _isGone = database.HasMoved;
        if (_isGone)
        {
            throw new HistoryLostException(database.MovedWords);
        }
    }
}
