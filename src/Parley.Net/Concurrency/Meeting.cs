using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Parley.Net.Concurrency;

/// <summary>Where the writers and readers of a <see cref="RendezvousChannel{T}"/> find each other.</summary>
/// <remarks>
/// MUST: writers and readers never wait at the same time. MUST: whoever takes a waiter out of its list, under the lock, decides
/// what becomes of it; so an item is handed over or its wait is cancelled, never both. Continuations run outside of the lock.
/// </remarks>
internal sealed class Meeting<T>
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter<T>> _writers = [];
    private readonly LinkedList<Waiter<T>> _readers = [];
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<bool>? _writerCame;
    private TaskCompletionSource<bool>? _readerCame;
    private Exception? _error;
    private bool _closed;

    /// <summary>Completes when the channel does.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Hands the item to a waiting reader, if there is one.</summary>
    public bool TryWrite(T item)
    {
        lock (_lock)
        {
            return TryHandOver(item);
        }
    }

    /// <summary>Takes the item of a waiting writer, if there is one.</summary>
    public bool TryRead([MaybeNullWhen(false)] out T item)
    {
        lock (_lock)
        {
            return TryTake(out item);
        }
    }

    /// <summary>Completes when a reader has the item.</summary>
    public async ValueTask WriteAsync(T item, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<Waiter<T>> writer;
        lock (_lock)
        {
            ThrowIfClosed();
            if (TryHandOver(item))
            {
                return;
            }

            writer = _writers.AddLast(new Waiter<T>(item));
            Announce(ref _writerCame);
        }

        await WaitAsync(writer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Completes with the item of a writer.</summary>
    public async ValueTask<T> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<Waiter<T>> reader;
        lock (_lock)
        {
            ThrowIfClosed();
            if (TryTake(out T? item))
            {
                return item;
            }

            reader = _readers.AddLast(new Waiter<T>(default));
            Announce(ref _readerCame);
        }

        return await WaitAsync(reader, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Completes when a reader waits (true), or when none ever will (false).</summary>
    public ValueTask<bool> WaitForReaderAsync(CancellationToken cancellationToken) =>
        WaitForOtherAsync(_readers, ref _readerCame, cancellationToken);

    /// <summary>Completes when a writer waits (true), or when none ever will (false).</summary>
    public ValueTask<bool> WaitForWriterAsync(CancellationToken cancellationToken) =>
        WaitForOtherAsync(_writers, ref _writerCame, cancellationToken);

    /// <summary>Ends the channel for everybody; false if it has ended before.</summary>
    public bool TryClose(Exception? error)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            _closed = true;
            _error = error;
            TurnAway(_writers);
            TurnAway(_readers);
            TellAskers(_writerCame);
            TellAskers(_readerCame);
        }

        _ = error is null ? _completion.TrySetResult() : _completion.TrySetException(error);
        return true;
    }

    private static void Announce(ref TaskCompletionSource<bool>? came)
    {
        came?.TrySetResult(true);
        came = null;
    }

    private async Task<T> WaitAsync(LinkedListNode<Waiter<T>> waiter, CancellationToken cancellationToken)
    {
        using (cancellationToken.UnsafeRegister(_ => Cancel(waiter, cancellationToken), null))
        {
            return await waiter.Value.Task.ConfigureAwait(false);
        }
    }

    private void Cancel(LinkedListNode<Waiter<T>> waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (waiter.List is not { } list)
            {
                return;
            }

            list.Remove(waiter);
        }

        waiter.Value.TrySetCanceled(cancellationToken);
    }

    private ValueTask<bool> WaitForOtherAsync(
        LinkedList<Waiter<T>> others, ref TaskCompletionSource<bool>? came, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return _error is null ? ValueTask.FromResult(false) : ValueTask.FromException<bool>(_error);
            }

            if (others.Count > 0)
            {
                return ValueTask.FromResult(true);
            }

            came ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask<bool>(came.Task.WaitAsync(cancellationToken));
        }
    }

    private bool TryHandOver(T item)
    {
        if (_readers.First is not { } reader)
        {
            return false;
        }

        _readers.Remove(reader);
        reader.Value.TrySetResult(item);
        return true;
    }

    private bool TryTake([MaybeNullWhen(false)] out T item)
    {
        if (_writers.First is not { } writer)
        {
            item = default;
            return false;
        }

        _writers.Remove(writer);
        item = writer.Value.Item!;
        writer.Value.TrySetResult(item);
        return true;
    }

    private void TurnAway(LinkedList<Waiter<T>> waiters)
    {
        while (waiters.First is { } waiter)
        {
            waiters.Remove(waiter);
            waiter.Value.TrySetException(new ChannelClosedException(_error));
        }
    }

    private void TellAskers(TaskCompletionSource<bool>? came)
    {
        if (_error is null)
        {
            came?.TrySetResult(false);
        }
        else
        {
            came?.TrySetException(_error);
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new ChannelClosedException(_error);
        }
    }
}
