using System.Diagnostics;
using Parley.Core.History;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>Notices that the file has been taken away: the system lets its owner write on, into nothing.</summary>
internal sealed class FilePresence(string path)
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
        _isGone = !File.Exists(path);
        if (_isGone)
        {
            throw new HistoryLostException($"{path} was removed or moved away while the server was using it: put it back, or restart the server to begin anew");
        }
    }
}
