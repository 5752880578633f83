using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Parley.Server.Lines.Commands;
using Parley.Server.Lines.Dispatch;
using Parley.Server.Options;
using Parley.Server.Transport.Tls;
using Parley.TestKit;

namespace Parley.Server.Tests.Support;

/// <summary>A server whose lines protocol is spoken over TLS.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private TlsServer(ParleyOptions? options)
    {
        Server = new TestServer(options);
        Files = new CertificateFiles(Certificate.CertificateFile, Certificate.KeyFile, Server.Time, Server.Log.CreateLogger<CertificateFiles>());
    }

    public TestServer Server { get; }

    public ManualTimeProvider Time => Server.Time;

    public TestCertificate Certificate { get; } = new();

    public CertificateFiles Files { get; }

    public EndPoint Address { get; private set; } = new IPEndPoint(IPAddress.Loopback, 0);

    /// <summary>What was told of connections whose handshake failed.</summary>
    public IEnumerable<LogEntry> HandshakeFailures => Server.Log.Entries.Where(entry => entry.Id == 207);

    /// <summary>Starts one.</summary>
    /// <param name="transport">What its connections are made of.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="inside">Who sees to the connections, if not the lines protocol.</param>
    public static async Task<TlsServer> StartAsync(
        TransportKind transport = TransportKind.Loops, ParleyOptions? options = null, Func<TestServer, ConnectionHandler>? inside = null)
    {
        var server = new TlsServer(options);
        var handler = server.Handler(
            inside?.Invoke(server.Server) ?? new LinesConnectionHandler(server.Server.Connections, server.Server.Lines, LinesCommandTable.All),
            withOpenSsl: transport != TransportKind.LoopsWithSslStream);
        server.Address = await server.Server.ListenAsync(transport != TransportKind.Kestrel, handler);
        return server;
    }

    /// <summary>A protocol over TLS with the server's certificate.</summary>
    public TlsHandler Handler(ConnectionHandler inside) => Handler(inside, withOpenSsl: true);

    private TlsHandler Handler(ConnectionHandler inside, bool withOpenSsl) => new(
        inside,
        new TlsHandshake(() => Files.Current, new SslApplicationProtocol("irc"), Server.Options.LoginTimeout, Server.Time, Server.Log.CreateLogger("tls")),
        withOpenSsl);

    /// <summary>Somebody who is through with the handshake.</summary>
    public async Task<ScriptedClient> ConnectAsync(string name = "client", Action<SslClientAuthenticationOptions>? configure = null, int? receiveBufferBytes = null)
        => new(await TlsEnd.ConnectAsync(Address, configure, receiveBufferBytes: receiveBufferBytes), name);

    /// <summary>Somebody in <c>main</c> under that name.</summary>
    public async Task<ScriptedClient> EnterAsync(string name, int? receiveBufferBytes = null)
    {
        var client = await ConnectAsync(name, receiveBufferBytes: receiveBufferBytes);
        var greeting = await client.ReadUntilAsync("You joined main");
        await client.SendLineAsync("/name " + name);
        await client.ReadUntilAsync($"{greeting[^1]["You are ".Length..]} is now {name}");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Files.Dispose();
        Certificate.Dispose();
    }
}
