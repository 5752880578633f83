using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Moderation;
using Parley.Core.Text;
using Parley.Server.Options;

namespace Parley.Server.Moderation;

/// <summary>Records decisions of moderators and operators, off the threads that decide.</summary>
/// <remarks>
/// The moderator who decided waits for the record, and is told of success afterwards only: so what was told survives a kill. A store that fails keeps nobody
/// waiting: the entry is in the server's log, and is tried again with the next one, once a minute, and at the stop.
/// </remarks>
internal sealed class AuditLog(IAuditStore store, ParleyOptions options, TimeProvider time, ILogger<AuditLog> logger) : IHostedService, IDisposable
{
    /// <summary>Entries that wait for a store that fails; the log has those that make way.</summary>
    public const int MaxUnkept = 1000;

    /// <summary>The most entries that are read at a time.</summary>
    public const int MaxRead = 1000;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(1);

    // Guards what follows.
    private readonly Lock _gate = new();
    private readonly List<AuditEntry> _waiting = [];
    private TaskCompletionSource _written = NewSource();
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;
    private bool _hasFailed;
    private ITimer? _retry;

    /// <summary>Records a decision of a user.</summary>
    public Task RecordAsync(in Actor actor, string action, string room = "", string subject = "", string reason = "")
        => RecordAsync(new AuditEntry(time.GetUtcNow(), actor.Name.Value, action)
        {
            Account = actor.Profile.Login?.Id.Value ?? 0,
            Room = room,
            Subject = subject,
            Reason = reason,
        });

    /// <summary>Records a decision of somebody who is no user: an administrator, or a program.</summary>
    public Task RecordAsync(string actor, string action, string room = "", string subject = "", string reason = "")
        => RecordAsync(new AuditEntry(time.GetUtcNow(), actor, action) { Room = room, Subject = subject, Reason = reason });

    /// <summary>Completes when the entry is kept, or when it has turned out that it cannot be kept now.</summary>
    public Task RecordAsync(AuditEntry entry)
    {
        if (options.AuditEntries == 0)
        {
            return Task.CompletedTask;
        }

        lock (_gate)
        {
            // A topic or a reason is recorded as people read it.
            _waiting.Add(entry with { Reason = TextFormatting.Remove(entry.Reason) });
            if (_waiting.Count > MaxUnkept)
            {
                _waiting.RemoveAt(0);
            }

            var written = _written.Task;
            Begin();
            return written;
        }
    }

    /// <summary>The last entries, the oldest first.</summary>
    /// <exception cref="AccountStoreException">They cannot be read.</exception>
    public ValueTask<IReadOnlyList<AuditEntry>> ReadAsync(int last, DateTimeOffset? since, CancellationToken cancellationToken)
        => store.ReadAsync(Math.Clamp(last, 1, MaxRead), since, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _retry = time.CreateTimer(static log => ((AuditLog)log!).Retry(), this, RetryInterval, RetryInterval);
        return Task.CompletedTask;
    }

    /// <summary>Tries once more what is not kept yet, behind whatever is being written.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await WrittenAsync(cancellationToken);
        lock (_gate)
        {
            if (_waiting.Count > 0)
            {
                Begin();
            }
        }

        await WrittenAsync(cancellationToken);
    }

    public void Dispose() => _retry?.Dispose();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WrittenAsync(CancellationToken cancellationToken)
    {
        Task writing;
        lock (_gate)
        {
            writing = _writing;
        }

        await writing.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Retry()
    {
        lock (_gate)
        {
            if (_hasFailed && _waiting.Count > 0)
            {
                Begin();
            }
        }
    }

    /// <summary>Has somebody write, if nobody does. The gate MUST be held.</summary>
    private void Begin()
    {
        if (!_isWriting)
        {
            _isWriting = true;
            _writing = Task.Run(WriteAsync);
        }
    }

    private async Task WriteAsync()
    {
        while (true)
        {
            AuditEntry[] batch;
            TaskCompletionSource written;
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _isWriting = false;
                    return;
                }

                batch = [.. _waiting];
                _waiting.Clear();
                (written, _written) = (_written, NewSource());
            }

            if (await TryWriteAsync(batch))
            {
                written.SetResult();
                continue;
            }

            TaskCompletionSource meanwhile;
            lock (_gate)
            {
                _waiting.InsertRange(0, batch);
                _waiting.RemoveRange(0, Math.Max(0, _waiting.Count - MaxUnkept));

                // What came meanwhile shares the fate of the rest.
                (meanwhile, _written) = (_written, NewSource());
                _isWriting = false;
            }

            // Whoever is answered finds the entries waiting for the next try.
            written.SetResult();
            meanwhile.SetResult();
            return;
        }
    }

    private async Task<bool> TryWriteAsync(AuditEntry[] batch)
    {
        try
        {
            await store.AppendAsync(batch, options.AuditEntries);
            _hasFailed = false;
            return true;
        }
        catch (AccountStoreException e)
        {
            if (!_hasFailed)
            {
                Log.AuditFailed(logger, e.Message);
            }

            _hasFailed = true;
            foreach (var entry in batch)
            {
                Log.NotAudited(logger, entry.Time, entry.Actor, entry.Action, entry.Room, entry.Subject, entry.Reason);
            }

            return false;
        }
    }
}
