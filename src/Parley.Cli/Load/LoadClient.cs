using System.Buffers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using Parley.Cli.Chat;
using Parley.Client;
using Parley.Protocol.Lines;

namespace Parley.Cli.Load;

/// <summary>One connection of many: in its room, under the name that the server gave it, its bytes counted.</summary>
internal sealed class LoadClient : IAsyncDisposable
{
    // A server that accepts, and then says nothing for this long, will not.
    private static readonly TimeSpan GreetingTimeout = TimeSpan.FromSeconds(30);

    private readonly ParleyConnection _connection;

    private LoadClient(ParleyConnection connection) => _connection = connection;

    /// <summary>The name that the server gave it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>All that went over the connection, the greeting included.</summary>
    public Traffic Traffic { get; } = new();

    /// <summary>Connects and goes into <paramref name="room"/>.</summary>
    /// <exception cref="AdmissionException">There is no such server, or it does not let this connection in.</exception>
    public static async Task<LoadClient> EnterAsync(ServerAddress server, string room, TimeProvider time, CancellationToken cancellationToken)
    {
        ParleyConnection connection;
        try
        {
            connection = await ParleyConnection
                .ConnectAsync(server.Host, server.Port, new ClientOptions { TimeProvider = time }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.TooManyOpenSockets)
        {
            throw new AdmissionException("This process may not open more connections: raise its limit with 'ulimit -n', or ask for fewer");
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            throw new AdmissionException(ConnectFailure.Describe(e, new ChatOptions(server, Addressed: false, Login: null)));
        }

        var client = new LoadClient(connection);
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
        ServerAddress server, IReadOnlyList<string> rooms, int atOnce, Action entered, TimeProvider time, CancellationToken cancellationToken)
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

    /// <inheritdoc cref="ParleyConnection.SendAsync(string, CancellationToken)"/>
    public async ValueTask SendAsync(string line, CancellationToken cancellationToken)
    {
        await _connection.SendAsync(line, cancellationToken).ConfigureAwait(false);
        Traffic.Sent(Encoding.UTF8.GetByteCount(line) + 1);
    }

    /// <inheritdoc cref="ParleyConnection.SendAsync(ReadOnlyMemory{byte}, CancellationToken)"/>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        await _connection.SendAsync(line, cancellationToken).ConfigureAwait(false);
        Traffic.Sent(line.Length + 1);
    }

    /// <inheritdoc cref="ParleyConnection.ReadLinesAsync"/>
    public async IAsyncEnumerable<string> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (string line in _connection.ReadLinesAsync(cancellationToken).ConfigureAwait(false))
        {
            Traffic.Received(Encoding.UTF8.GetByteCount(line) + 1);
            yield return line;
        }
    }

    /// <inheritdoc cref="ParleyConnection.ReadBytesAsync"/>
    public async IAsyncEnumerable<ReadOnlySequence<byte>> ReadBytesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ReadOnlySequence<byte> lines in _connection.ReadBytesAsync(cancellationToken).ConfigureAwait(false))
        {
            Traffic.Received(lines.Length);
            yield return lines;
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task EnterAsync(string room, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(GreetingTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        string last = "";
        try
        {
            await foreach (string line in ReadLinesAsync(either.Token).ConfigureAwait(false))
            {
                last = line;
                ServerLine said = ServerLineParser.Parse(line);
                if (said.Kind == ServerLineKind.YouAre)
                {
                    Name = said.Name;
                }
                else if (said.Kind == ServerLineKind.YouJoined && Name.Length > 0)
                {
                    if (string.Equals(said.Name, room, StringComparison.OrdinalIgnoreCase))
                    {
                        return;
                    }

                    await SendAsync($"/join {room}", either.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AdmissionException(
                $"The server accepted a connection, but did not let it into {room} within {GreetingTimeout.TotalSeconds} s"
                + (last.Length > 0 ? $". It said last: {last}" : ". Does it speak the lines protocol?"));
        }

        throw new AdmissionException(last.Length > 0
            ? $"The server refused a connection: {last}"
            : "The server closed a connection without a word: it may have reached a limit on connections");
    }
}
