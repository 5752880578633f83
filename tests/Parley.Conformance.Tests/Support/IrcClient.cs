using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Support;

/// <summary>A client that sends lines as they are and reads what comes back.</summary>
internal sealed class IrcClient : IAsyncDisposable
{
    private readonly TcpClient _tcp;
    private readonly Stream _stream;
    private readonly StreamReader _reader;
    private int _syncs;

    private IrcClient(TcpClient tcp, Stream stream)
    {
        _tcp = tcp;
        _stream = stream;
        _reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    public string Nick { get; set; } = "*";

    public static async Task<IrcClient> ConnectAsync(EndPoint address)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync((IPEndPoint)address, TestContext.Current.CancellationToken);
        return new IrcClient(tcp, tcp.GetStream());
    }

    /// <summary>Connects over TLS, whoever the server says it is.</summary>
    /// <param name="address">The server.</param>
    /// <param name="certificate">What the client shows of itself; nothing unless given.</param>
    public static async Task<IrcClient> ConnectTlsAsync(EndPoint address, X509Certificate2? certificate = null)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync((IPEndPoint)address, TestContext.Current.CancellationToken);
        var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "parley.test",
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
                ClientCertificates = certificate is null ? null : [certificate],
            },
            TestContext.Current.CancellationToken);
        return new IrcClient(tcp, tls);
    }

    public Task SendAsync(string line) => SendRawAsync(Encoding.UTF8.GetBytes(line + "\r\n"));

    public async Task SendAllAsync(params string[] lines)
    {
        foreach (var line in lines)
        {
            await SendAsync(line);
        }
    }

    public async Task SendRawAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>The next line; null when the server has closed the connection.</summary>
    public async Task<IrcLine?> TryReadAsync()
    {
        var line = await _reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WithinSafetyAsync();
        return line is null ? null : IrcLine.Parse(line);
    }

    /// <summary>The next line.</summary>
    public async Task<IrcLine> ReadAsync()
        => await TryReadAsync() ?? throw new Xunit.Sdk.XunitException($"The server closed {Nick}'s connection");

    /// <summary>The next line, which has to be that command or numeric.</summary>
    public async Task<IrcLine> ExpectAsync(string command)
    {
        var line = await ReadAsync();
        Assert.True(line.Command == command, $"{Nick} expected {command} and got: {line.Raw}");
        return line;
    }

    /// <summary>The next line, which has to read exactly so, but for its tags.</summary>
    public async Task ExpectLineAsync(string body) => Assert.Equal(body, (await ReadAsync()).Body);

    /// <summary>The next lines, up to and with the first one of that command or numeric.</summary>
    public async Task<List<IrcLine>> ReadUntilAsync(string command)
    {
        var lines = new List<IrcLine>();
        do
        {
            lines.Add(await ReadAsync());
        }
        while (lines[^1].Command != command);
        return lines;
    }

    /// <summary>The next lines, up to and with the end of a batch.</summary>
    public async Task<List<IrcLine>> ReadUntilEndOfBatchAsync()
    {
        var lines = new List<IrcLine>();
        do
        {
            lines.Add(await ReadAsync());
        }
        while (lines[^1] is not { Command: "BATCH", Parameters: [['-', ..], ..] });
        return lines;
    }

    /// <summary>All that has come, and will come of what was sent so far: asks the server for an answer and reads up to that.</summary>
    public async Task<List<IrcLine>> SyncAsync()
    {
        var token = $"sync{++_syncs}";
        await SendAsync($"PING {token}");
        var lines = new List<IrcLine>();
        while (true)
        {
            var line = await ReadAsync();
            if (line.Command == "PONG" && line.Text == token)
            {
                return lines;
            }

            lines.Add(line);
        }
    }

    /// <summary>Nothing has come that was not read.</summary>
    public async Task ExpectNothingAsync() => Assert.Equal([], (await SyncAsync()).Select(line => line.Raw));

    /// <summary>Sends a line, and returns all that comes of it.</summary>
    public async Task<List<IrcLine>> AskAsync(string line)
    {
        await SendAsync(line);
        return await SyncAsync();
    }

    /// <summary>The server closes the connection; what comes before that is returned.</summary>
    public async Task<List<IrcLine>> ReadToEndAsync()
    {
        var lines = new List<IrcLine>();
        while (await TryReadAsync() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _tcp.Dispose();
    }
}
