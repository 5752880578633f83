using Microsoft.Extensions.Logging;
using Parley.Core.Broker;

namespace Parley.Server.Connections;

/// <summary>
/// The order in which a server stops: the readers finish the line in hand; when the last of them has, the broker stops,
/// and everything accepted is in its recipients' outboxes; only then do these complete, and connections end.
/// </summary>
internal sealed class ShutdownSequence : IDisposable
{
    private readonly IBroker _broker;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _readersEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _brokerStopped;
    private int _readers;

    public ShutdownSequence(IBroker broker, ILogger<ShutdownSequence> logger)
    {
        (_broker, _logger) = (broker, logger);

        // Kept: sessions that were cut off may look at it after the source is gone.
        Stopping = _stopping.Token;
    }

    /// <summary>Cancelled when the server begins to stop: readers finish what they have in hand.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>A connection starts to read. False: the server is stopping, it must not.</summary>
    public bool TryStartReader()
    {
        lock (_gate)
        {
            if (_brokerStopped is not null)
            {
                return false;
            }

            _readers++;
            return true;
        }
    }

    /// <summary>
    /// A connection reads no more. Its outbox may complete when the task does: at once, or, if the server is stopping, when
    /// nothing can come in any more from anybody.
    /// </summary>
    public Task EndReaderAsync()
    {
        lock (_gate)
        {
            _readers--;
            SignalIfDone();
            return _brokerStopped ?? Task.CompletedTask;
        }
    }

    /// <summary>Tells every session to finish. Called once, when nothing is accepted any more.</summary>
    public Task BeginAsync()
    {
        lock (_gate)
        {
            Log.Stopping(_logger, _readers);
            _brokerStopped = StopBrokerAsync();
            SignalIfDone();
        }

        return _stopping.CancelAsync();
    }

    public void Dispose() => _stopping.Dispose();

    private void SignalIfDone()
    {
        if (_brokerStopped is not null && _readers == 0)
        {
            _readersEnded.TrySetResult();
        }
    }

    private async Task StopBrokerAsync()
    {
        await _readersEnded.Task;
        await _broker.StopAsync();
        Log.Drained(_logger);
    }
}
