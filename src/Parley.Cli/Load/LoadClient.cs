using System.Buffers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Text;
using Parley.Protocol.Lines;

namespace Parley.Cli.Load;

/// <summary>One connection of many: in its room, under the name that the server knows it by, its bytes counted.</summary>
internal sealed class LoadClient : IAsyncDisposable
{
    // A server that accepts, and then says nothing for this long, will not.
    private static readonly TimeSpan GreetingTimeout = TimeSpan.FromSeconds(30);

    private readonly ILineConnection _connection;
    private readonly LoadDialect _dialect;

    private LoadClient(ILineConnection connection, LoadDialect dialect) => (_connection, _dialect) = (connection, dialect);

    /// <summary>The name that the server knows it by.</summary>
    public string Name => _dialect.Name;

    /// <summary>All that went over the connection, the greeting included.</summary>
    public Traffic Traffic { get; } = new();

    /// <summary>Connects and goes into <paramref name="room"/>.</summary>
    /// <exception cref="AdmissionException">There is no such server, or it does not let this connection in.</exception>
    public static async Task<LoadClient> EnterAsync(LoadServer server, string room, TimeProvider time, CancellationToken cancellationToken)
    {
        var client = new LoadClient(await ConnectAsync(server, time, cancellationToken).ConfigureAwait(false), LoadDialect.For(server.Protocol));
        try
        {
            await client.EnterAsync(room, time, cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw new AdmissionException($"A connection was lost on its way into {room}: {(e.InnerException ?? e).Message}");
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Enters many at once, <paramref name="atOnce"/> at a time; <paramref name="entered"/> hears of each.</summary>
    /// <exception cref="AdmissionException">One did not get in; those that did are closed.</exception>
    public static async Task<LoadClient[]> EnterAllAsync(
        LoadServer server, IReadOnlyList<string> rooms, int atOnce, Action entered, TimeProvider time, CancellationToken cancellationToken)
    {
        var clients = new LoadClient?[rooms.Count];
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken };
            await Parallel.ForAsync(0, rooms.Count, parallel, async (i, cancel) =>
            {
                clients[i] = await EnterAsync(server, rooms[i], time, cancel).ConfigureAwait(false);
                entered();
            }).ConfigureAwait(false);
            return clients!;
        }
        catch (AdmissionException e)
        {
            int inside = clients.Count(client => client is not null);
            await CloseAllAsync(clients.OfType<LoadClient>()).ConfigureAwait(false);
            throw new AdmissionException($"After {inside} of {rooms.Count} connections: {e.Message}");
        }
        catch
        {
            await CloseAllAsync(clients.OfType<LoadClient>()).ConfigureAwait(false);
            throw;
        }
    }

    public static Task CloseAllAsync(IEnumerable<LoadClient> clients) =>
        Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));

    /// <summary>Says a text in its room.</summary>
    public ValueTask SayAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        if (_dialect.SayPrefix.IsEmpty)
        {
            return SendAsync(text, cancellationToken);
        }

        byte[] line = new byte[_dialect.SayPrefix.Length + text.Length];
        _dialect.SayPrefix.CopyTo(line);
        text.CopyTo(line.AsMemory(_dialect.SayPrefix.Length));
        return SendAsync(line, cancellationToken);
    }

    /// <summary>Reads what is said in its room, and of what the server complains, until the server closes the connection.</summary>
    public async IAsyncEnumerable<ServerLine> ReadSaidAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (string line in ReadLinesAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return _dialect.Parse(Encoding.UTF8.GetBytes(line));
            await AnswerAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads all lines that are there at once, each with its end, until the server closes the connection; what they are <see cref="TextIn"/> and <see cref="Parse"/> say.</summary>
    public async IAsyncEnumerable<ReadOnlySequence<byte>> ReadBytesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ReadOnlySequence<byte> lines in _connection.ReadBytesAsync(cancellationToken).ConfigureAwait(false))
        {
            Traffic.Received(lines.Length);
            yield return lines;
            await AnswerAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="LoadDialect.TextIn"/>
    public int TextIn(ReadOnlySpan<byte> line) => _dialect.TextIn(line);

    /// <inheritdoc cref="LoadDialect.Parse"/>
    public ServerLine Parse(ReadOnlySpan<byte> line) => _dialect.Parse(line);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async Task<ILineConnection> ConnectAsync(LoadServer server, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await (server.Protocol == LoadProtocol.Ws
                ? WebSocketLines.ConnectAsync(server, time, cancellationToken)
                : SocketLines.ConnectAsync(server, time, cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception e) when ((e as SocketException ?? e.InnerException?.InnerException as SocketException)?.SocketErrorCode == SocketError.TooManyOpenSockets)
        {
            throw new AdmissionException("This process may not open more connections: raise its limit with 'ulimit -n', or ask for fewer");
        }
        catch (Exception e) when (e is SocketException or TimeoutException or IOException or AuthenticationException or WebSocketException)
        {
            throw new AdmissionException(server.Explain(e));
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        await _connection.SendAsync(line, cancellationToken).ConfigureAwait(false);
        Traffic.Sent(line.Length + 1);
    }

    private async IAsyncEnumerable<string> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (string line in _connection.ReadLinesAsync(cancellationToken).ConfigureAwait(false))
        {
            Traffic.Received(Encoding.UTF8.GetByteCount(line) + 1);
            yield return line;
        }
    }

    private ValueTask AnswerAsync(CancellationToken cancellationToken)
        => _dialect.TakeAnswer() is { } answer ? SendAsync(Encoding.UTF8.GetBytes(answer), cancellationToken) : default;

    private async Task EnterAsync(string room, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(GreetingTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        string last = "";
        try
        {
            await SendAllAsync(_dialect.Opening, either.Token).ConfigureAwait(false);
            await foreach (string line in ReadLinesAsync(either.Token).ConfigureAwait(false))
            {
                last = line;
                (IReadOnlyList<string> answers, bool isIn) = _dialect.Enter(line, room);
                if (isIn)
                {
                    return;
                }

                await SendAllAsync(answers, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AdmissionException(
                $"The server accepted a connection, but did not let it into {room} within {GreetingTimeout.TotalSeconds} s"
                + (last.Length > 0 ? $". It said last: {last}" : $". Does it speak the {_dialect.Protocol}?"));
        }

        throw new AdmissionException(last.Length > 0
            ? $"The server refused a connection: {last}"
            : "The server closed a connection without a word: it may have reached a limit on connections");
    }

    private async ValueTask SendAllAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        foreach (string line in lines)
        {
            await SendAsync(Encoding.UTF8.GetBytes(line), cancellationToken).ConfigureAwait(false);
        }
    }
}
