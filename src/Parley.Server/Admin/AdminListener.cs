using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Server.Transport;
using Parley.Server.Transport.Loop;

namespace Parley.Server.Admin;

/// <summary>Answers administrators over a Unix socket: whoever may open its file may do everything.</summary>
/// <remarks>
/// Its owner and its group may, nobody else; the directory that it is in may allow less. It is the first to start and the last
/// to stop, so that a connection which asked the server to stop ends when the server does.
/// </remarks>
/// <param name="path">Where.</param>
/// <param name="isRequired">Whether a server that cannot listen there is not to start.</param>
/// <param name="commands">What may be asked.</param>
/// <param name="logger">Where is told what has failed.</param>
internal sealed class AdminListener(string path, bool isRequired, AdminCommands commands, ILogger<AdminListener> logger) : IHostedService, IDisposable
{
    private const UnixFileMode OwnerAndGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    // Administrators are few. Who asks for more waits.
    private const int MaxConnections = 16;

    private readonly CancellationTokenSource _stopping = new();
    // Not disposed of: a connection that ends late gives its place back, and there is no handle in it.
    private readonly SemaphoreSlim _room = new(MaxConnections);
    private Socket? _socket;
    private Task _accepting = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _socket = Bind();
            _accepting = AcceptAsync(_socket);
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            if (isRequired)
            {
                throw new ListenException($"{path} cannot be listened at ({e.Message}): choose another file with --admin FILE, or none", e);
            }

            Log.AdminNotListening(logger, path, e.Message);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_socket is null)
        {
            return;
        }

        // The file first: whoever sees it takes the server for one that answers. It may be gone, with its folder.
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.AdminNotRemoved(logger, path, e.Message);
        }

        await _stopping.CancelAsync();
        _socket.Dispose();
        await _accepting;
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _stopping.Dispose();
    }

    private Socket Bind()
    {
        RemoveIfStale();
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
            {
                // Before it listens: until then nobody can connect, whatever the mask of the process is.
                File.SetUnixFileMode(path, OwnerAndGroup);
            }

            socket.Listen();
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A server that was killed has left its socket: nobody answers there.</summary>
    private void RemoveIfStale()
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
            return;
        }

        throw new IOException("another server listens there");
    }

    private async Task AcceptAsync(Socket socket)
    {
        try
        {
            while (true)
            {
                await _room.WaitAsync(_stopping.Token);
                var connection = await socket.AcceptAsync(_stopping.Token);
                _ = ServeAsync(connection);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The server stops.
        }
        catch (SocketException e)
        {
            Log.AdminNotListening(logger, path, e.Message);
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        try
        {
            await using var stream = new NetworkStream(connection, ownsSocket: true);
            while (await ReadLineAsync(stream) is { } line)
            {
                var isWhole = line.Length < AdminJson.MaxRequestBytes;
                var answer = isWhole ? await AnswerAsync(line, connection) : AdminAnswer.Fail($"A request has at most {AdminJson.MaxRequestBytes} bytes: give less text");
                try
                {
                    await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(AdminJson.Line(answer)), CancellationToken.None);
                }
                finally
                {
                    answer.WhenSent?.Invoke();
                }

                if (!isWhole)
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The administrator has gone, or the server stops.
        }
        catch (Exception e)
        {
            Log.AdminFailed(logger, e);
        }
        finally
        {
            _room.Release();
        }
    }

    private async Task<AdminAnswer> AnswerAsync(ReadOnlyMemory<byte> line, Socket connection)
    {
        try
        {
            return JsonSerializer.Deserialize(line.Span, AdminJson.Default.AdminRequest) is { Command: not null } request
                ? await commands.RunAsync(request with { MayRunPrograms = MayRunPrograms(connection) }, _stopping.Token)
                : AdminAnswer.Fail("Give an object with a command");
        }
        catch (JsonException e)
        {
            return AdminAnswer.Fail($"Not a request: {e.Message}");
        }
    }

    /// <summary>The group of the socket's file looks after the server; to run programs as the server's user is more than that.</summary>
    private static bool MayRunPrograms(Socket connection)
        => OperatingSystem.IsLinux() && DescriptorCalls.Peer(connection).User is var user && (user == 0 || user == DescriptorCalls.User());

    /// <summary>The next line without its end, or as much as a request can be of a longer one; null when there is none.</summary>
    private async Task<ReadOnlyMemory<byte>?> ReadLineAsync(NetworkStream stream)
    {
        var buffer = new byte[AdminJson.MaxRequestBytes];
        for (var length = 0; length < buffer.Length;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), _stopping.Token);
            if (read == 0)
            {
                return null;
            }

            length += read;
            if (buffer[length - 1] == '\n')
            {
                return buffer.AsMemory(0, length - 1);
            }
        }

        return buffer;
    }
}
