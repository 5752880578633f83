namespace Parley.Server.Transport.Loop;

/// <summary>
/// One thread that waits for sockets to become ready and runs, right there, whatever waits for them; when the sockets
/// that were ready have had their turn, it runs the work that they asked for, above all the flushing of rooms. So a room
/// is flushed once for all that came in together, and no message changes threads.
/// </summary>
/// <remarks>
/// Nothing that runs here may block. Should something do so all the same, <see cref="Relieve"/> has a fresh thread go on
/// behind it with the next event: one stuck handler does not stall the others.
/// </remarks>
internal sealed class SocketLoop : IDisposable
{
    /// <summary>Time one handler may take before its thread is relieved; a flush of ten thousand members takes a tenth of it.</summary>
    public static readonly TimeSpan MaxHandlerTime = TimeSpan.FromMilliseconds(500);

    [ThreadStatic]
    private static SocketLoop? _current;

    private readonly Action<Exception> _onError;
    private readonly Epoll _epoll = new();
    private readonly ConnectionTable _connections = new();

    // Lock tier 4: taken last, nothing is taken inside. Guards what follows.
    private readonly Lock _gate = new();
    private readonly Queue<(Action<object?> Action, object? State)> _scheduled = new();
    private readonly PriorityQueue<(Action<object?> Action, object? State), (long Latest, long Number)> _whenIdle = new();
    private Thread? _owner;
    private bool _isWaiting;
    private bool _isDisposed;
    private int _events;
    private int _nextEvent;
    private bool _eventsHandled;
    private int _due;
    private bool _foundNothing;
    private long _idleNumber;
    private long _handlerStarted;

    /// <summary>Starts a loop.</summary>
    /// <param name="onError">Told of what a handler let through; the loop goes on.</param>
    public SocketLoop(Action<Exception> onError)
    {
        _onError = onError;
        StartThread();
    }

    /// <summary>The loop whose thread this is; null on any other thread.</summary>
    public static SocketLoop? Current => _current;

    /// <summary>Watches a connection's socket from here on.</summary>
    /// <returns>What to <see cref="Remove"/> it by.</returns>
    public long Add(LoopConnection connection, int socket)
    {
        var token = _connections.Add(connection);
        try
        {
            _epoll.Add(socket, token);
            return token;
        }
        catch
        {
            _connections.Remove(token);
            throw;
        }
    }

    public void Remove(long token) => _connections.Remove(token);

    /// <summary>Has the loop's thread run something when the sockets that are ready now have had their turn.</summary>
    public void Schedule(Action<object?> action, object? state)
    {
        lock (_gate)
        {
            _scheduled.Enqueue((action, state));
            WakeIfWaiting();
        }
    }

    /// <summary>
    /// Has the loop's thread run something when no socket is ready and nothing is scheduled, or after some time if that does
    /// not come: for what is the cheaper, the more has come together.
    /// </summary>
    /// <param name="action">What to run.</param>
    /// <param name="state">What it is given.</param>
    /// <param name="longest">Time after which it has its turn on a loop that is never idle.</param>
    public void ScheduleWhenIdle(Action<object?> action, object? state, TimeSpan longest)
    {
        lock (_gate)
        {
            // The number keeps the order of what comes in one tick of the clock.
            _whenIdle.Enqueue((action, state), (Environment.TickCount64 + (long)longest.TotalMilliseconds, _idleNumber++));
            WakeIfWaiting();
        }
    }

    /// <summary>Puts a fresh thread in the place of one that has been in the same handler for too long. Called by a timer.</summary>
    public void Relieve(long nowMilliseconds)
    {
        lock (_gate)
        {
            if (_owner is not null && _handlerStarted != 0 && nowMilliseconds - _handlerStarted > (long)MaxHandlerTime.TotalMilliseconds)
            {
                StartThread();
            }
        }
    }

    /// <summary>True if it has nothing to do.</summary>
    public bool IsWaiting
    {
        get
        {
            lock (_gate)
            {
                return _isWaiting;
            }
        }
    }

    /// <summary>Ends the loop when the handler in hand is done.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            WakeIfWaiting();
        }
    }

    /// <summary>Under the gate, so that the descriptor to write to is still the loop's.</summary>
    private void WakeIfWaiting()
    {
        if (_isWaiting)
        {
            _isWaiting = false;
            _epoll.Wake();
        }
    }

    private void StartThread()
    {
        _handlerStarted = 0;
        _owner = new Thread(Run) { IsBackground = true, Name = "Parley socket loop" };
        _owner.Start();
    }

    private void Run()
    {
        _current = this;
        while (TryTakeWork(out var work, out var token, out var what, out var block))
        {
            try
            {
                if (work.Action is { } action)
                {
                    action(work.State);
                }
                else if (token != Epoll.WakeToken)
                {
                    _connections.Find(token)?.OnReady(what);
                }
                else if (what != SocketEvents.None)
                {
                    _epoll.Woken();
                }
                else
                {
                    Wait(block);
                }
            }
            catch (Exception e)
            {
                _onError(e);
            }
        }

        _current = null;
    }

    /// <summary>
    /// Takes what to do next: an event, then what was scheduled by the time the events ran out, then to wait for events. False:
    /// the thread was relieved, or the loop is at its end.
    /// </summary>
    private bool TryTakeWork(out (Action<object?> Action, object? State) work, out long token, out SocketEvents what, out bool block)
    {
        work = default;
        (token, what, block) = (Epoll.WakeToken, SocketEvents.None, false);
        lock (_gate)
        {
            if (_owner != Thread.CurrentThread)
            {
                return false;
            }

            if (_isDisposed)
            {
                _owner = null;
                _epoll.Dispose();
                return false;
            }

            _handlerStarted = Environment.TickCount64;
            if (_nextEvent < _events)
            {
                (token, what) = _epoll.Event(_nextEvent++);
                _eventsHandled = true;
                return true;
            }

            if (_eventsHandled)
            {
                (_due, _eventsHandled) = (_scheduled.Count, false);
            }

            if (_due > 0)
            {
                _due--;
                work = _scheduled.Dequeue();
                return true;
            }

            // Sockets first, before the work that the scheduled work scheduled: a room that is always busy waits its turn.
            block = _isWaiting = _scheduled.Count == 0 && _whenIdle.Count == 0;

            // One thing for each time that there is nothing else: what has become ready meanwhile goes ahead of the next.
            if (_whenIdle.TryPeek(out work, out var due) && ((_foundNothing && _scheduled.Count == 0) || due.Latest <= _handlerStarted))
            {
                _whenIdle.Dequeue();
                _foundNothing = false;
                return true;
            }

            work = default;
            _eventsHandled = true;
            _handlerStarted = 0;
            return true;
        }
    }

    private void Wait(bool block)
    {
        var events = _epoll.Wait(block);
        lock (_gate)
        {
            _isWaiting = false;
            (_events, _nextEvent, _foundNothing) = (events, 0, events == 0);
        }
    }
}
