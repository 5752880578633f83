using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.Files;
using Parley.Core.History;

namespace Parley.Server.Files;

/// <summary>Knows which files have been linked to by a message, and removes a file with the message that its owner linked to it in.</summary>
/// <remarks>
/// Messages are searched for links only while there are files that wait for one, which is for seconds after an upload. What follows is done
/// by a task of its own, in the order of the messages: rooms call this under their locks.
/// </remarks>
internal sealed class FileReferences(FileHost host, FileQuota quota, TimeProvider time, ILogger<FileReferences> logger, IFileStore? store = null, IHistoryStore? history = null)
    : IMessageObserver, IHostedService, IDisposable
{
    /// <summary>Interval at which files are looked through for those that are to go.</summary>
    public static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(5);

    /// <summary>Files that a message of their owner is waited for. Goes along with the messages, ahead of what is kept.</summary>
    private readonly ConcurrentDictionary<FileId, Identity> _awaited = new();

    /// <summary>Effects of messages on files, in order; an entry without a file has all looked through.</summary>
    private readonly Channel<(FileId File, Identity Author, FileUse Use, bool IsForGood)> _seen = Channel.CreateUnbounded<(FileId, Identity, FileUse, bool)>();

    private readonly CancellationTokenSource _stopping = new();
    private RetentionClock? _clock;
    private Task _working = Task.CompletedTask;
    private Task _sweeping = Task.CompletedTask;

    /// <summary>Waits for a message that links to a new file.</summary>
    public void Expect(StoredFile file) => _awaited[file.Id] = file.Owner;

    public void Posted(MessagePosted message) => LookFor(message.Text, message.Actor.Identity);

    public void Sent(DirectMessage message, ProvenAccount? recipient) => LookFor(message.Text, message.From.Identity);

    public void TakenBack(in HistoryEntry message, bool isByAuthor)
    {
        if (store is null || message.AuthorId.IsUnknown)
        {
            return;
        }

        foreach (var file in FileLinks.In(message.Text.Span))
        {
            // Ahead of the message that comes next: whoever edits one links to its files again. Whoever had it deleted by others does not.
            if (isByAuthor)
            {
                _awaited[file] = message.AuthorId;
            }

            _seen.Writer.TryWrite((file, message.AuthorId, FileUse.TakenBack, !isByAuthor));
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (store is not null)
        {
            _working = Task.Run(WorkAsync, CancellationToken.None);
            _sweeping = Task.Run(SweepAgainAndAgainAsync, CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _seen.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _working;
        await _sweeping;
    }

    public void Dispose() => _stopping.Dispose();

    private void LookFor(ReadOnlyMemory<byte> text, Identity author)
    {
        if (_awaited.IsEmpty)
        {
            return;
        }

        foreach (var file in FileLinks.In(text.Span))
        {
            if (_awaited.TryGetValue(file, out var owner) && owner == author && _awaited.TryRemove(file, out _))
            {
                _seen.Writer.TryWrite((file, author, FileUse.Said, false));
            }
        }
    }

    private async Task WorkAsync()
    {
        await foreach (var (id, author, use, isForGood) in _seen.Reader.ReadAllAsync())
        {
            try
            {
                if (id == default)
                {
                    Sweep();
                }
                else if (isForGood)
                {
                    Remove(id, author);
                }
                else
                {
                    Note(id, author, use);
                }
            }
            catch (FileStoreException e)
            {
                Log.FilesFailed(logger, e.Message);
            }
        }
    }

    /// <summary>Keeps what has become of a file, if it is its owner's doing: others may quote a link, and take that back.</summary>
    private void Note(FileId id, Identity author, FileUse use)
    {
        if (store!.Find(id) is not { } file || file.Owner != author)
        {
            _awaited.TryRemove(KeyValuePair.Create(id, author));
        }
        else if (file.Use != use && !host.IsToGo(file, time.GetUtcNow()))
        {
            store.Update(file with { Use = use, UsedSince = time.GetUtcNow() });
        }
    }

    /// <summary>Removes a file that its owner has linked to, as somebody who looks after the room has taken that back.</summary>
    private void Remove(FileId id, Identity author)
    {
        if (store!.Find(id) is { } file && file.Owner == author)
        {
            _awaited.TryRemove(id, out _);
            store.Remove(id);
            quota.Remove(id);
        }
    }

    private async Task SweepAgainAndAgainAsync()
    {
        using var timer = new PeriodicTimer(SweepInterval, time);
        try
        {
            do
            {
                // In its turn: what was seen before is kept by then.
                _seen.Writer.TryWrite(default);
            }
            while (await timer.WaitForNextTickAsync(_stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>The last time of which files or history know; null if there are none.</summary>
    private static DateTimeOffset? LastKnown(IReadOnlyList<StoredFile> files, IHistoryStore? history)
        => files.Select(file => (DateTimeOffset?)(file.Uploaded > file.UsedSince ? file.Uploaded : file.UsedSince)).Append(history?.TidiedUntil).Max();

    /// <summary>Removes what is to go, and counts what is there.</summary>
    private void Sweep()
    {
        var counted = quota.Counted();
        var there = new HashSet<FileId>();
        var files = store!.List();
        var now = (_clock ??= new RetentionClock(() => LastKnown(files, history), time)).Now(out _);
        foreach (var file in files)
        {
            if (host.IsToGo(file, now))
            {
                store.Remove(file.Id);
                _awaited.TryRemove(file.Id, out _);
                continue;
            }

            there.Add(file.Id);
            quota.Add(file);
            if (file.Use != FileUse.Said)
            {
                _awaited.TryAdd(file.Id, file.Owner);
            }
            else if (_seen.Reader.Count == 0)
            {
                _awaited.TryRemove(file.Id, out _);
            }
        }

        // Those that came after the list was made were not counted before it.
        foreach (var gone in counted.Where(id => !there.Contains(id)))
        {
            quota.Remove(gone);
            _awaited.TryRemove(gone, out _);
        }
    }
}
