using System.Threading.Channels;
using Parley.Core.Accounts;

namespace Parley.Server.Stores;

/// <summary>Reads a part of a store again whenever it has changed, one time after another, until that has succeeded.</summary>
internal sealed class StoreWatch : IAsyncDisposable
{
    /// <summary>Time after which it is tried again where the store fails.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly Func<CancellationToken, Task> _read;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();

    // Of changes that come while it is read, one more reading sees all.
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly IDisposable? _watch;
    private readonly Task _reading;

    /// <param name="changes">Whoever tells of changes; null for a store that only this server changes.</param>
    /// <param name="part">The part.</param>
    /// <param name="read">Reads it; throws <see cref="AccountStoreException"/> where the store fails.</param>
    /// <param name="time">The clock.</param>
    public StoreWatch(IStoreChanges? changes, StorePart part, Func<CancellationToken, Task> read, TimeProvider time)
    {
        _read = read;
        _time = time;
        _reading = changes is null ? Task.CompletedTask : ReadAgainAndAgainAsync();
        _watch = changes?.Watch(part, () => _changes.Writer.TryWrite(true));
    }

    public async ValueTask DisposeAsync()
    {
        _watch?.Dispose();
        await _stopping.CancelAsync();
        await _reading;
        _stopping.Dispose();
    }

    private async Task ReadAgainAndAgainAsync()
    {
        try
        {
            await foreach (var _ in _changes.Reader.ReadAllAsync(_stopping.Token).ConfigureAwait(false))
            {
                while (!await TryReadAsync())
                {
                    await Task.Delay(RetryInterval, _time, _stopping.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task<bool> TryReadAsync()
    {
        try
        {
            await _read(_stopping.Token);
            return true;
        }
        catch (AccountStoreException)
        {
            return false;
        }
    }
}
