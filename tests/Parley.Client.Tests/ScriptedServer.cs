using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parley.Client.Tests;

/// <summary>A server for one connection that does what the test says, on a port of the system's choosing.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener;
    private TcpClient? _client;

    public ScriptedServer(IPAddress? address = null)
    {
        _listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        _listener.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public NetworkStream Stream => _client!.GetStream();

    /// <summary>A connection to this server, accepted.</summary>
    public async Task<ParleyConnection> ConnectAsync(ClientOptions? options = null)
    {
        ParleyConnection connection = await ParleyConnection.ConnectAsync(
            ((IPEndPoint)_listener.LocalEndpoint).Address.ToString(), Port, options, TestContext.Current.CancellationToken);
        _client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public Task SayAsync(string text) => SayAsync(Encoding.UTF8.GetBytes(text));

    public async Task SayAsync(byte[] bytes) => await Stream.WriteAsync(bytes, TestContext.Current.CancellationToken);

    public async Task<string> HearToEndAsync()
    {
        using var reader = new StreamReader(Stream, Encoding.UTF8, leaveOpen: true);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Closes both ways in order.</summary>
    public void Close() => _client!.Dispose();

    /// <summary>Breaks the connection, so that the other side sees a reset.</summary>
    public void Reset() => _client!.Client.Close(timeout: 0);

    public void Dispose()
    {
        _client?.Dispose();
        _listener.Dispose();
    }
}
