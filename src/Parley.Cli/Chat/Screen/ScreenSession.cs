using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Parley.Cli.Chat.Screen.Model;
using Parley.Cli.Chat.Screen.Terminal;
using Parley.Cli.Chat.Screen.View;
using Parley.Client;

namespace Parley.Cli.Chat.Screen;

/// <summary>One run of the full-screen client on a terminal that is its own: events in, frames out.</summary>
/// <remarks>
/// Keys, the server and the clock write into one bounded channel, and one loop reads it, so the model needs no locks. A
/// terminal that does not take its bytes makes the loop wait, the full channel then the server; nothing piles up.
/// </remarks>
internal sealed class ScreenSession
{
    private const int MaxPendingEvents = 256;

    // A burst is shown while it comes, not only after its end.
    private const int MaxEventsPerFrame = 512;

    private readonly ParleyClient _client;
    private readonly FullScreen _screen;
    private readonly ITerminalMode _mode;
    private readonly TimeProvider _time;
    private readonly ScreenActions _actions;
    private readonly ChatModel _model;
    private readonly Conversation _conversation;
    private readonly KeyBindings _keys;
    private readonly FrameWriter _writer;
    private readonly Channel<ScreenEvent> _events = Channel.CreateBounded<ScreenEvent>(MaxPendingEvents);
    private Task _sending = Task.CompletedTask;
    private bool _isOver;
    private volatile bool _isContinued;

    public ScreenSession(ParleyClient client, FullScreen screen, ITerminalMode mode, ScreenActions actions, bool hasColour, TimeProvider time)
    {
        _client = client;
        _screen = screen;
        _mode = mode;
        _time = time;
        _actions = actions;
        _model = new ChatModel(actions, time);
        var outbound = new Outbound(_model);
        _conversation = new Conversation(_model, outbound);
        _keys = new KeyBindings(_model, outbound);
        _writer = new FrameWriter(hasColour);
    }

    /// <summary>Runs until the user quits or the server lets the user go; the caller's token ends it at once.</summary>
    public async Task RunAsync(PipeReader keyboard, string? transcript, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using PosixSignalRegistration? resized = OperatingSystem.IsWindows()
            ? null
            : PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => NoteChange());
        // Not right after the stop: the runtime puts the terminal back as it knows it when it hears of this signal, and before
        // it passes it on.
        using PosixSignalRegistration? continued = OperatingSystem.IsWindows()
            ? null
            : PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ =>
            {
                _isContinued = true;
                NoteChange();
            });
        if (transcript is not null)
        {
            _model.Add(EntryKind.Notice, _actions.WriteTranscript(transcript));
        }

        // Not until the session stops: what was said before the user left is still sent.
        _sending = WatchAsync(SendAsync(cancellationToken));
        Task[] sources =
        [
            WatchAsync(ReadKeysAsync(keyboard, stop.Token)), WatchAsync(ReadEventsAsync(stop.Token)), WatchAsync(TickAsync(stop.Token)),
        ];
        try
        {
            await DrawAsync().ConfigureAwait(false);
            while (!_isOver && await _events.Reader.WaitToReadAsync(stop.Token).ConfigureAwait(false))
            {
                for (int count = 0; count < MaxEventsPerFrame && !_isOver && _events.Reader.TryRead(out ScreenEvent? happened); count++)
                {
                    Apply(happened);
                }

                await DrawAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _actions.EndOutgoing();
            await stop.CancelAsync().ConfigureAwait(false);
            // Each ends with the token.
            await Task.WhenAll(sources).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits until everything that the user said is sent, after the session has ended.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled, or that of the session.</exception>
    public Task SentAsync(CancellationToken cancellationToken) => _sending.WaitAsync(cancellationToken);

    private void Apply(ScreenEvent happened)
    {
        switch (happened)
        {
            case ScreenEvent.Pressed { Key: var key }:
                _keys.Apply(key);
                break;
            case ScreenEvent.Happened { Event: var clientEvent }:
                _conversation.Apply(clientEvent);
                break;
            case ScreenEvent.NotSent { Line: var line, Reason: var reason }:
                _conversation.NotSent(line, reason);
                break;
            case ScreenEvent.Ticked:
                _conversation.Tick();
                break;
            case ScreenEvent.Over:
                _isOver = true;
                break;
        }

        foreach (string line in _actions.TakeRejected())
        {
            _conversation.NotSent(line, "too many lines are waiting");
        }

        if (_actions.TakeTranscriptError() is { } error)
        {
            _model.Add(EntryKind.Alert, error);
        }

        if (_actions.IsSuspended)
        {
            _actions.IsSuspended = false;
            if (!OperatingSystem.IsWindows())
            {
                _screen.Suspend();
            }
        }

        _isOver |= _actions.IsQuit;
    }

    private async Task DrawAsync()
    {
        if (_isContinued)
        {
            _isContinued = false;
            _screen.Continue();
            _writer.Forget();
        }

        if (_actions.IsRedrawn)
        {
            _actions.IsRedrawn = false;
            _writer.Forget();
        }

        (int columns, int rows) = _mode.Size;
        ReadOnlyMemory<byte> bytes = _writer.Write(ChatView.Draw(_model, columns, rows), _actions.IsRung);
        _actions.IsRung = false;
        if (!bytes.IsEmpty)
        {
            await _screen.WriteAsync(bytes).ConfigureAwait(false);
        }
    }

    // If there is no room for the event, others are there, and a frame follows them as well.
    private void NoteChange() => _events.Writer.TryWrite(new ScreenEvent.Changed());

    // A source that fails is a defect. It ends the session with its exception, or the user would sit before a dead keyboard.
    private async Task WatchAsync(Task source)
    {
        try
        {
            await source.ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _events.Writer.TryComplete(e);
        }
    }

    private async Task ReadKeysAsync(PipeReader keyboard, CancellationToken cancellationToken)
    {
        await foreach (KeyPress key in KeyReader.ReadAsync(keyboard, _time, cancellationToken).ConfigureAwait(false))
        {
            await _events.Writer.WriteAsync(new ScreenEvent.Pressed(key), cancellationToken).ConfigureAwait(false);
        }

        await _events.Writer.WriteAsync(new ScreenEvent.Over(), cancellationToken).ConfigureAwait(false);
    }

    private async Task ReadEventsAsync(CancellationToken cancellationToken)
    {
        await foreach (ClientEvent happened in _client.ReadEventsAsync(cancellationToken).ConfigureAwait(false))
        {
            await _events.Writer.WriteAsync(new ScreenEvent.Happened(happened), cancellationToken).ConfigureAwait(false);
        }

        await _events.Writer.WriteAsync(new ScreenEvent.Over(), cancellationToken).ConfigureAwait(false);
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), _time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            await _events.Writer.WriteAsync(new ScreenEvent.Ticked(), cancellationToken).ConfigureAwait(false);
        }
    }

    // A loop of its own: a server that lets its senders wait must not make the keyboard wait.
    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await foreach (string line in _actions.Outgoing.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await _client.SendAsync(line, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException)
            {
                await _events.Writer.WriteAsync(new ScreenEvent.NotSent(line, "the connection is lost"), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
