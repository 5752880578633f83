using System.Runtime.InteropServices;
using Parley.Core.History;

namespace Parley.Core.Broker.Keeping;

/// <summary>Has batches kept by a store that may fail; what it must not refuse then, it remembers until the store is back.</summary>
/// <remarks>All methods are called on the lane's thread.</remarks>
internal sealed class HistoryKeeper(IHistoryStore store, RecordingOptions options, IRecordingMonitor monitor, TimeProvider time)
{
    /// <summary>Time after which a store that has failed is tried again.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    /// <summary>Time after a report of entries that the store does not take, during which no other such report is made.</summary>
    private static readonly TimeSpan RejectionInterval = TimeSpan.FromMinutes(1);

    /// <summary>Time after which tidying that has failed is tried again.</summary>
    private static readonly TimeSpan TidyRetryInterval = TimeSpan.FromMinutes(1);

    private readonly List<HistoryEntry> _entries = [];
    private readonly List<HistoryEntry> _unkept = [];
    private readonly RetentionClock _clock = new(() => store.TidiedUntil, time);
    private bool _hasFailed;
    private long _failedAt;
    private long? _tidyFailedAt;
    private long? _rejectedAt;
    private long _lost;

    /// <summary>Keeps what was decided, or remembers it.</summary>
    /// <returns>
    /// Whether it is to be applied; null if each half is to be kept alone: the store is well and does not take all of it, or it has
    /// failed and some of it may be delivered all the same.
    /// </returns>
    public bool? TryKeep(ReadOnlySpan<LaneStep> batch)
    {
        _entries.Clear();
        var needsStore = false;
        foreach (var step in batch)
        {
            step.AddEntries(_entries);
            needsStore |= step.NeedsStore;
        }

        if (_entries.Count == 0 && !needsStore)
        {
            return true;
        }

        // Nobody waits for a store that has failed, except where nothing may go out without it.
        var mayDeliver = options.OnFailure == HistoryFailurePolicy.Deliver;
        try
        {
            if (!(mayDeliver && _hasFailed) && (_entries.Count == 0 || TryAppend(_entries)))
            {
                return true;
            }
        }
        catch (ArgumentException e)
        {
            Unfile(batch, needsStore);
            return batch.Length > 1 ? null : Reject(e, mayDeliver && !needsStore);
        }

        Unfile(batch, needsStore);
        if (needsStore)
        {
            return mayDeliver && batch.Length > 1 ? null : false;
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
            var now = _clock.Now(out var jump);
            if (jump is { } ahead)
            {
                monitor.ClockAhead(ahead);
            }

            return store.Tidy(options.Retention, now);
        }
        catch (HistoryLostException e)
        {
            Fail(e);
            return false;
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
            TryAppendUnkept();
        }
    }

    /// <summary>The last there is: what is still remembered is kept now or never.</summary>
    public void Finish()
    {
        if (_unkept.Count > 0 && !TryAppendUnkept())
        {
            monitor.Lost(_lost + _unkept.Count);
        }
    }

    private static HistoryException AsHistoryException(Exception cause)
        => cause as HistoryException ?? new HistoryException(cause.Message, cause);

    private static void Unfile(ReadOnlySpan<LaneStep> batch, bool needsStore)
    {
        for (var i = batch.Length - 1; needsStore && i >= 0; i--)
        {
            batch[i].Unfile();
        }
    }

    private bool TryAppend(List<HistoryEntry> entries)
    {
        var start = time.GetTimestamp();
        try
        {
            store.Append(CollectionsMarshal.AsSpan(entries));
        }
        catch (Exception e) when (e is not ArgumentException)
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

    /// <summary>Keeps what is remembered, but for what the store does not take: that is left out.</summary>
    private bool TryAppendUnkept()
    {
        while (_unkept.Count > 0)
        {
            try
            {
                return TryAppend(_unkept);
            }
            catch (ArgumentException)
            {
                LeaveOutRejected();
            }
        }

        Recover();
        return true;
    }

    /// <summary>Halves what is remembered until the first entry that the store does not take stands alone, and forgets that.</summary>
    private void LeaveOutRejected()
    {
        var (first, count) = (0, _unkept.Count);
        while (count > 0)
        {
            try
            {
                store.Append(CollectionsMarshal.AsSpan(_unkept).Slice(first, Math.Max(1, count / 2)));
            }
            catch (ArgumentException e)
            {
                if (count <= 1)
                {
                    Reject(e, mayDeliver: true);
                    _unkept.RemoveRange(0, first + 1);
                    return;
                }

                count = Math.Max(1, count / 2);
                continue;
            }
            catch (Exception e)
            {
                Fail(e);
                _unkept.RemoveRange(0, first);
                return;
            }

            // That half is kept: the entry is in the other.
            var kept = Math.Max(1, count / 2);
            (first, count) = (first + kept, count - kept);
        }

        _unkept.Clear();
    }

    private bool Reject(ArgumentException cause, bool mayDeliver)
    {
        if (_rejectedAt is not { } at || time.GetElapsedTime(at) >= RejectionInterval)
        {
            _rejectedAt = time.GetTimestamp();
            monitor.Rejected(AsHistoryException(cause));
        }

        if (mayDeliver)
        {
            monitor.Lost(1);
        }

        return mayDeliver;
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
