using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Parley.Server.Admin;

namespace Parley.Cli.Admin;

/// <summary>A connection to a running server's Unix socket.</summary>
internal sealed class AdminClient : IDisposable
{
    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;

    private AdminClient(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new StreamReader(_stream, Encoding.UTF8);
    }

    /// <summary>Connects.</summary>
    /// <exception cref="AdminException">No server answers there.</exception>
    public static async Task<AdminClient> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            return new AdminClient(socket);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new AdminException(e.SocketErrorCode == SocketError.AccessDenied
                ? $"You may not look after the server at {path}: be its user, or in the group of that file"
                : $"No server answers at {path}: start one, or name its data directory with --data, or its socket with --admin");
        }
        catch (ArgumentOutOfRangeException)
        {
            socket.Dispose();
            throw new AdminException($"{path} is too long for the address of a socket: give the server a shorter one with --admin");
        }
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <exception cref="AdminException">The server went away, or so much is not to be asked.</exception>
    public async Task<AdminAnswer> AskAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        var line = Encoding.UTF8.GetBytes(AdminJson.Line(request));
        if (line.Length > AdminJson.MaxRequestBytes)
        {
            throw new AdminException($"A request has at most {AdminJson.MaxRequestBytes} bytes, and this one has {line.Length}: give less text");
        }

        try
        {
            await _stream.WriteAsync(line, cancellationToken).ConfigureAwait(false);
            if (await _reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } text
                && JsonSerializer.Deserialize(text, AdminJson.Default.AdminAnswer) is { } answer)
            {
                return answer;
            }
        }
        catch (IOException)
        {
            // Told below.
        }

        throw new AdminException("The server went away before it answered");
    }

    /// <summary>Waits until the server has gone.</summary>
    public async Task WaitForEndAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is not null)
            {
            }
        }
        catch (IOException)
        {
            // Gone all the same.
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }
}
