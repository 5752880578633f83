using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Parley.Protocol.Lines;

namespace Parley.Client;

/// <summary>A user on a lines server who comes back after a lost connection, under the same name and in the same room.</summary>
/// <remarks>
/// <para>Everything that happens is an event, in one order: <see cref="ReadEventsAsync"/>. Any number of callers may send.</para>
/// <para>MUST: a line is sent once or its sender gets an error; nothing is sent again behind the sender's back.</para>
/// <para>MUST: whoever does not read events makes the server wait, not the memory grow.</para>
/// <example>
/// <code>
/// await using ParleyClient client = await ParleyClient.ConnectAsync("127.0.0.1", 42069, new() { Name = "EchoBot" });
/// await foreach (ClientEvent happened in client.ReadEventsAsync())
/// {
///     if (happened is ClientEvent.LineReceived { Line: { Kind: ServerLineKind.DirectFrom } line })
///     {
///         await client.SendAsync($"/msg {line.Name} {line.Text}");
///     }
/// }
/// </code>
/// </example>
/// </remarks>
public sealed class ParleyClient : IAsyncDisposable
{
    private const string NotConnected = "Not connected: wait for the client to come back.";
    private const int MaxReclaims = 6;

    private readonly ServerList _servers;
    private readonly ParleyClientOptions _options;
    private readonly TimeProvider _time;
    private readonly Backoff _backoff;
    private readonly Presence _presence;
    private readonly Channel<ClientEvent> _events;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;
    private volatile ParleyConnection? _ready;
    private volatile TaskCompletionSource? _waiting;
    private volatile bool _leaving;
    private int _disposed;

    private ParleyClient(ServerList servers, ParleyClientOptions options, ParleyConnection first)
    {
        _servers = servers;
        _options = options;
        _time = options.Connection.TimeProvider;
        _backoff = new Backoff(options.MinRetryDelay, options.MaxRetryDelay, options.Random);
        _presence = new Presence(options.Name, options.Room, options.ManyRooms);
        _events = Channel.CreateBounded<ClientEvent>(new BoundedChannelOptions(options.MaxPendingEvents) { SingleWriter = true });
        _run = RunAsync(first);
    }

    /// <summary>Connects for the first time; what goes wrong here is thrown, only what goes wrong later is mended.</summary>
    /// <remarks>Where there are <see cref="ParleyClientOptions.Others"/>, the first that answers; what the last one says is thrown.</remarks>
    /// <exception cref="SocketException">Nobody listens there, the name is unknown, or the network says no.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ClientOptions.ConnectTimeout"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<ParleyClient> ConnectAsync(
        string host, int port, ParleyClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ParleyClientOptions();
        var servers = new ServerList([new DnsEndPoint(host, port), .. options.Others]);
        return new ParleyClient(servers, options, await servers.ConnectToAnyAsync(options.Connection, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads what happens until the client has left or is disposed of. One reader at a time.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async IAsyncEnumerable<ClientEvent> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (ClientEvent happened in _events.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return happened;
        }
    }

    /// <summary>Sends one line, given without its line end; done when the system has taken all of it. After <c>/quit</c> the client does not come back.</summary>
    /// <exception cref="ArgumentException">The line has a line break (CR or LF) in it.</exception>
    /// <exception cref="IOException">There is no connection now, or it was lost meanwhile: whether the line arrived is not known then.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the connection may be closed, and made anew, for it.</exception>
    public async ValueTask SendAsync(string line, CancellationToken cancellationToken = default)
    {
        ParleyConnection connection = _ready ?? throw new IOException(NotConnected);
        // Before the send: the server may close before the send has returned.
        _leaving |= IsQuit(line);
        try
        {
            await connection.SendAsync(line, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectDisposedException e)
        {
            throw new IOException(NotConnected, e);
        }
    }

    /// <summary>Tries to connect now, if the client is waiting to: it is from <see cref="ClientEvent.Disconnected"/> on.</summary>
    public void RetryNow() => _waiting?.TrySetResult();

    /// <summary>Says <c>/quit</c> and waits until the server has closed, so that nothing sent before is lost.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before the server has closed.</exception>
    public async Task LeaveAsync(CancellationToken cancellationToken = default)
    {
        _leaving = true;
        if (_ready is null)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
        }
        else
        {
            try
            {
                await SendAsync("/quit", cancellationToken).ConfigureAwait(false);
            }
            catch (IOException)
            {
                // Lost just now: it has left.
            }
        }

        // Nobody may be reading any more, and the last lines must not wait for a reader.
        Task drained = DrainAsync(cancellationToken);
        await _run.WaitAsync(cancellationToken).ConfigureAwait(false);
        await drained.ConfigureAwait(false);
    }

    /// <summary>Closes the connection at once, and does not come back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _leaving = true;
            await _stop.CancelAsync().ConfigureAwait(false);
            await _run.ConfigureAwait(false);
            _stop.Dispose();
        }
    }

    private static bool IsQuit(string line) => line == "/quit" || line.StartsWith("/quit ", StringComparison.Ordinal);

    private async Task RunAsync(ParleyConnection first)
    {
        await Task.Yield();
        ParleyConnection? connection = first;
        try
        {
            for (int failures = 0; ;)
            {
                Exception? reason = null;
                if (connection is null)
                {
                    await EmitAsync(new ClientEvent.Connecting(failures)).ConfigureAwait(false);
                    (connection, reason) = await TryConnectAsync().ConfigureAwait(false);
                }

                if (connection is not null)
                {
                    long start = _time.GetTimestamp();
                    reason = await TalkAsync(connection, isReturn: connection != first).ConfigureAwait(false);
                    // A server that lets everybody in and drops them at once is not to be asked again at once for ever.
                    failures = _time.GetElapsedTime(start) < _options.MaxRetryDelay ? failures : 0;
                    connection = null;
                }

                if (_leaving)
                {
                    return;
                }

                // Ahead of the event: whoever hears that the connection is lost may ask for the next at once.
                var now = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting = now;

                // Each of them has a first time.
                TimeSpan delay = _backoff.After(failures++ / _servers.Count);
                _servers.Next();
                await EmitAsync(new ClientEvent.Disconnected(reason, delay)).ConfigureAwait(false);
                await WaitAsync(now.Task, delay).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The user has left.
        }
        finally
        {
            _events.Writer.TryComplete();
        }
    }

    private async Task<(ParleyConnection? Connection, Exception? Reason)> TryConnectAsync()
    {
        try
        {
            return (await _servers.ConnectAsync(_options.Connection, _stop.Token).ConfigureAwait(false), null);
        }
        catch (Exception e) when (e is SocketException or TimeoutException or AuthenticationException or IOException)
        {
            return (null, e);
        }
    }

    /// <summary>One connection from its greeting to its end; the result says why it ended, null if in order.</summary>
    private async Task<Exception?> TalkAsync(ParleyConnection connection, bool isReturn)
    {
        _presence.Reset();
        using var greeting = new CancellationTokenSource(_options.GreetingTimeout, _time);
        using var greetedOrStop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, greeting.Token);
        int reclaims = 0;
        TypedLogin? login = _options is { Name: { } account, Password: { } password } ? new TypedLogin(account, password) : null;
        try
        {
            await foreach (ServerLine line in connection.ReadEventsAsync(greetedOrStop.Token).ConfigureAwait(false))
            {
                bool greeted = _presence.Apply(line);
                await EmitAsync(new ClientEvent.LineReceived(line)).ConfigureAwait(false);
                if (greeted && login is not null)
                {
                    if (_presence.Leaving is { } leaving)
                    {
                        await connection.SendAsync(leaving, _stop.Token).ConfigureAwait(false);
                    }

                    await connection.SendAsync(login.Command, _stop.Token).ConfigureAwait(false);
                }
                else if (login is { IsOver: false } && _presence.IsGreeted && login.Answer(line) is { } answer)
                {
                    await connection.SendAsync(answer, _stop.Token).ConfigureAwait(false);
                }
                else if (greeted || (login is { IsOver: true } && _ready is null))
                {
                    greeting.CancelAfter(Timeout.InfiniteTimeSpan);
                    await StartTalkingAsync(connection, isReturn, isNamed: login is { IsIn: true }).ConfigureAwait(false);
                }
                else if (reclaims < MaxReclaims && _presence.Reclaim(line) is { } reclaim)
                {
                    _ = ReclaimAsync(connection, reclaim, _backoff.After(3 + reclaims++));
                }
            }

            return _presence.IsGreeted ? null : new IOException("The server closed the connection before it had greeted.");
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            return new TimeoutException(_presence.IsGreeted
                ? $"The server did not ask for the password within {_options.GreetingTimeout.TotalSeconds:0.#} s."
                : $"No greeting within {_options.GreetingTimeout.TotalSeconds:0.#} s: is this a lines server?");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return e;
        }
        finally
        {
            _ready = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task StartTalkingAsync(ParleyConnection connection, bool isReturn, bool isNamed)
    {
        (string name, string room) = (_presence.Name, _presence.Room);
        foreach (string command in _presence.TakeRestoring(isNamed))
        {
            await connection.SendAsync(command, _stop.Token).ConfigureAwait(false);
        }

        // Only now: what users send MUST come behind the /join, or it would be said in the wrong room.
        _ready = connection;
        await EmitAsync(new ClientEvent.Connected(name, room, isReturn)).ConfigureAwait(false);
    }

    private async Task ReclaimAsync(ParleyConnection connection, string command, TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, _time, _stop.Token).ConfigureAwait(false);
            if (_ready == connection && _presence.LacksName)
            {
                await connection.SendAsync(command, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The next connection claims the name anew.
        }
    }

    private async Task WaitAsync(Task asked, TimeSpan delay)
    {
        try
        {
            await asked.WaitAsync(delay, _time, _stop.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Waited for as long as is due.
        }
        finally
        {
            _waiting = null;
        }
    }

    private ValueTask EmitAsync(ClientEvent happened) => _events.Writer.WriteAsync(happened, _stop.Token);

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await _events.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (_events.Reader.TryRead(out _))
            {
                // Read by nobody else; see LeaveAsync.
            }
        }
    }
}
