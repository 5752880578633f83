using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parley.Cli.Tests.Chat;

/// <summary>A server for one client that does what the test says, on a port of the system's choosing.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private TcpClient? _client;
    private StreamReader? _reader;

    public ScriptedServer() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>A port that nobody listens on.</summary>
    public static int ClosedPort()
    {
        using var server = new ScriptedServer();
        return server.Port;
    }

    public async Task AcceptAsync()
    {
        _client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        _reader = new StreamReader(_client.GetStream(), new UTF8Encoding(false));
    }

    public Task SayAsync(string text) =>
        _client!.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken).AsTask();

    /// <summary>The client's next line; null when it has closed its sending side.</summary>
    public Task<string?> HearAsync() => _reader!.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();

    public Task<string> HearToEndAsync() => _reader!.ReadToEndAsync(TestContext.Current.CancellationToken);

    /// <summary>Closes both ways in order.</summary>
    public void Close() => _client!.Dispose();

    /// <summary>Breaks the connection, so that the client sees a reset.</summary>
    public void Reset() => _client!.Client.Close(timeout: 0);

    public void Dispose()
    {
        _client?.Dispose();
        _listener.Dispose();
    }
}
