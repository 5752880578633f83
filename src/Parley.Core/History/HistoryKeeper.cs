using System.Runtime.InteropServices;
using Parley.Core.Ports;

namespace Parley.Core.History;

/// <summary>Has batches kept by a store that may fail; what it must not refuse then, it remembers until the store is back.</summary>
/// <remarks>All methods are called on the recorder's thread.</remarks>
internal sealed class HistoryKeeper(IHistoryStore store, RecordingOptions options, IRecordingMonitor monitor, TimeProvider time)
{
    /// <summary>How long a store that has failed is left alone.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long tidying is left alone after it has failed.</summary>
    private static readonly TimeSpan TidyRetryInterval = TimeSpan.FromMinutes(1);

    private readonly List<HistoryEntry> _entries = [];
    private readonly List<HistoryEntry> _unkept = [];
    private bool _hasFailed;
    private long _failedAt;
    private long? _tidyFailedAt;
    private long _lost;

    /// <summary>Keeps what was said, or remembers it.</summary>
    /// <returns>Whether it is to be delivered.</returns>
    public bool TryKeep(List<Recording> batch, DateTimeOffset accepted)
    {
        _entries.Clear();
        foreach (var recording in batch)
        {
            recording.Describe(_entries, accepted);
        }

        // Nobody waits for a store that has failed, except where nothing may go out without it.
        var mayDeliver = options.OnFailure == HistoryFailurePolicy.Deliver;
        if (_entries.Count == 0 || (!(mayDeliver && _hasFailed) && TryAppend(_entries)))
        {
            return true;
        }

        if (mayDeliver)
        {
            Remember();
        }

        return mayDeliver;
    }

    /// <summary>When there is nothing to keep: does a piece of what can wait. False: there is nothing more to do for now.</summary>
    public bool Tidy()
    {
        if (_hasFailed || (_tidyFailedAt is { } failedAt && time.GetElapsedTime(failedAt) < TidyRetryInterval))
        {
            return false;
        }

        try
        {
            return store.Tidy(options.Retention, time.GetUtcNow());
        }
        catch (Exception e)
        {
            // What is said is kept all the same.
            _tidyFailedAt = time.GetTimestamp();
            monitor.TidyFailed(AsHistoryException(e));
            return false;
        }
    }

    /// <summary>Asks a store that has failed again, if it was left alone for long enough.</summary>
    public void TryRecover()
    {
        if (_unkept.Count > 0 && time.GetElapsedTime(_failedAt) >= RetryInterval)
        {
            TryAppend(_unkept);
        }
    }

    /// <summary>The last there is: what is still remembered is kept now or never.</summary>
    public void Finish()
    {
        if (_unkept.Count > 0 && !TryAppend(_unkept))
        {
            monitor.Lost(_lost + _unkept.Count);
        }
    }

    private static HistoryException AsHistoryException(Exception cause)
        => cause as HistoryException ?? new HistoryException(cause.Message, cause);

    private bool TryAppend(List<HistoryEntry> entries)
    {
        var start = time.GetTimestamp();
        try
        {
            store.Append(CollectionsMarshal.AsSpan(entries));
        }
        catch (Exception e)
        {
            Fail(e);
            return false;
        }

        monitor.Kept(entries.Count, time.GetElapsedTime(start));
        if (_hasFailed)
        {
            Recover();
        }

        return true;
    }

    private void Fail(Exception cause)
    {
        _failedAt = time.GetTimestamp();
        if (!_hasFailed)
        {
            _hasFailed = true;
            monitor.Failed(AsHistoryException(cause));
        }
    }

    private void Recover()
    {
        _hasFailed = false;
        _unkept.Clear();
        monitor.Recovered();
        if (_lost > 0)
        {
            monitor.Lost(_lost);
            _lost = 0;
        }
    }

    private void Remember()
    {
        var room = Math.Min(_entries.Count, options.MaxUnkept - _unkept.Count);
        _unkept.AddRange(_entries.Take(room));
        _lost += _entries.Count - room;
    }
}
