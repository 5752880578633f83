using System.IO.Pipelines;
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
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _readersEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<PipeReader> _inputs = [];
    private Task? _brokerStopped;
    private int _readers;

    public ShutdownSequence(IBroker broker, ILogger<ShutdownSequence> logger)
    {
        (_broker, _logger) = (broker, logger);

        // Kept: sessions that were cut off may look at it after the source is gone.
        Stopping = _stopping.Token;
        Ending = _ending.Token;
    }

    /// <summary>The handover that takes connections which outlive this server; null unless there is one. Set ahead of <see cref="Stopping"/>.</summary>
    public Handover? Handover { get; private set; }

    /// <summary>Cancelled when nobody waits any more for what was begun: with <see cref="Stopping"/>, or some time after that if the server is handed over.</summary>
    public CancellationToken Ending { get; }

    /// <summary>Cancelled when the server begins to stop: readers finish what they have in hand.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>A connection starts to read. False: the server is stopping, it must not.</summary>
    /// <param name="input">What it reads, of which a read that is pending is cancelled when the server stops; null for one that waits for nobody.</param>
    public bool TryStartReader(PipeReader? input = null)
    {
        lock (_gate)
        {
            if (_brokerStopped is not null)
            {
                return false;
            }

            _readers++;
            if (input is not null)
            {
                _inputs.Add(input);
            }

            return true;
        }
    }

    /// <summary>
    /// A connection reads no more. Its outbox may complete when the task does: at once, or, if the server is stopping, when
    /// nothing can come in any more from anybody.
    /// </summary>
    public Task EndReaderAsync(PipeReader? input = null)
    {
        lock (_gate)
        {
            if (input is not null)
            {
                _inputs.Remove(input);
            }

            _readers--;
            SignalIfDone();
            return _brokerStopped ?? Task.CompletedTask;
        }
    }

    /// <summary>Tells every session to finish. Called once, when nothing is accepted any more.</summary>
    public async Task BeginAsync()
    {
        PipeReader[] inputs;
        lock (_gate)
        {
            Log.Stopping(_logger, _readers);
            _brokerStopped = StopBrokerAsync();
            SignalIfDone();
            inputs = [.. _inputs];
        }

        await _stopping.CancelAsync();
        foreach (var input in inputs)
        {
            input.CancelPendingRead();
        }

        if (Handover is null)
        {
            await _ending.CancelAsync();
        }
    }

    /// <summary>The server is about to be handed over in place of being ended. Comes ahead of <see cref="BeginAsync"/>.</summary>
    public void Intend(Handover handover) => Handover = handover;

    /// <summary>Nobody waits any more for what was begun.</summary>
    public Task EndAsync() => _ending.CancelAsync();

    /// <summary>Completes when nothing is decided any more. Comes behind <see cref="BeginAsync"/>.</summary>
    public Task WhenStoppedAsync() => _brokerStopped!;

    public void Dispose()
    {
        _stopping.Dispose();
        _ending.Dispose();
    }

    /// <summary>Does not wait for readers that have not ended by now: what they still ask for is refused.</summary>
    public void GiveUpReaders() => _readersEnded.TrySetResult();

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
        Handover?.BrokerStopped();
        Log.Drained(_logger);
    }
}
