using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Parley.Server.Lines.Commands;
using Parley.Server.Lines.Dispatch;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.Server.Transport.Tls;
using Parley.TestKit;

namespace Parley.Server.Tests.Transport.Tls;

public sealed class HandshakeTests
{
    [Theory]
    [InlineData(SslProtocols.Tls12, "TLSv1.2")]
    [InlineData(SslProtocols.Tls13, "TLSv1.3")]
    public async Task What_was_agreed_is_told(SslProtocols version, string name)
    {
        var (server, handler) = await StartAsync();
        await using (server)
        {
            await using var client = await server.ConnectAsync(configure: options => options.EnabledSslProtocols = version);
            var agreed = await handler.TlsAsync();
            Assert.Equal(name, agreed.Protocol);
            Assert.StartsWith("TLS_", agreed.Cipher, StringComparison.Ordinal);
            Assert.Null(agreed.ClientCertificateFingerprint);
        }
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_client_certificate_that_nobody_vouches_for_is_known_by_its_fingerprint_also_when_the_client_comes_back(SslProtocols version)
    {
        var (server, handler) = await StartAsync();
        await using (server)
        {
            using var certificate = TestCertificate.CreateClient();
            for (var i = 0; i < 2; i++)
            {
                await using var client = await server.ConnectAsync(configure: options =>
                {
                    options.EnabledSslProtocols = version;
                    options.ClientCertificates = [certificate];
                });
                await client.ReadUntilAsync("You joined main");
                var fingerprint = (await handler.TlsAsync()).ClientCertificateFingerprint;
                Assert.Equal(certificate.GetCertHashString(HashAlgorithmName.SHA256), fingerprint, ignoreCase: true);
                Assert.Matches("^[0-9a-f]{64}$", fingerprint);
            }
        }
    }

    [Fact]
    public async Task Who_names_the_protocol_gets_it_who_names_none_does_too_and_who_wants_another_does_not()
    {
        await using var server = await TlsServer.StartAsync();
        var irc = await TlsEnd.ConnectAsync(server.Address, options => options.ApplicationProtocols = [new SslApplicationProtocol("irc")]);
        Assert.Equal("irc", irc.Stream.NegotiatedApplicationProtocol.ToString());
        await irc.CloseAsync();
        var nothing = await TlsEnd.ConnectAsync(server.Address);
        await nothing.CloseAsync();
        await Assert.ThrowsAsync<AuthenticationException>(
            () => TlsEnd.ConnectAsync(server.Address, options => options.ApplicationProtocols = [SslApplicationProtocol.Http2]));
    }

    [Theory]
    [InlineData("NICK ann\r\nUSER ann 0 * :Ann\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n")]
    [InlineData("\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00")]
    public async Task Who_does_not_speak_TLS_is_closed_with_one_line_in_the_log(string sent)
    {
        await using var server = await TlsServer.StartAsync();
        using var socket = await ConnectAsync(server);
        await socket.SendAsync(Encoding.Latin1.GetBytes(sent));
        await socket.ReceiveToEndAsync();
        await server.Server.StopAsync();
        Assert.Equal(["207", "202"], server.Server.Log.Entries.Where(entry => entry.Id is 202 or 204 or 207).Select(entry => $"{entry.Id}"));
        Assert.All(server.HandshakeFailures, entry => Assert.Equal(Microsoft.Extensions.Logging.LogLevel.Debug, entry.Level));
    }

    [Theory]
    [InlineData(TransportKind.Loops, "")]
    [InlineData(TransportKind.Loops, "\x16\x03\x01\x02")]
    [InlineData(TransportKind.LoopsWithSslStream, "\x16\x03\x01\x02")]
    [InlineData(TransportKind.Kestrel, "\x16\x03\x01\x02")]
    public async Task A_handshake_that_does_not_get_on_is_ended_in_time(TransportKind transport, string sent)
    {
        await using var server = await TlsServer.StartAsync(transport, new ParleyOptions { LoginTimeout = TimeSpan.FromSeconds(7) });
        using var socket = await ConnectAsync(server);
        await socket.SendAsync(Encoding.Latin1.GetBytes(sent));
        await server.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(7));
        server.Time.Advance(TimeSpan.FromSeconds(7));
        await socket.ReceiveToEndAsync();
        await server.Server.StopAsync();
        Assert.EndsWith("no TLS handshake: it was not done within 7 s", Assert.Single(server.HandshakeFailures).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TransportKind.Loops)]
    [InlineData(TransportKind.LoopsWithSslStream)]
    [InlineData(TransportKind.Kestrel)]
    public async Task A_first_message_that_announces_sixteen_megabytes_is_refused_before_they_are_kept(TransportKind transport)
    {
        const int Records = 64;
        await using var server = await TlsServer.StartAsync(transport);
        using var socket = await ConnectAsync(server);

        // RFC 8446, section 5.1: a handshake message goes on over as many records as it needs, of 16384 bytes each.
        byte[] first = [0x01, 0xFF, 0xFF, 0xFF, 0x03, 0x03];
        byte[] record = [0x16, 0x03, 0x01, 0x40, 0x00, .. first, .. new byte[16384 - first.Length]];
        byte[] next = [.. record[..5], .. new byte[16384]];
        try
        {
            await socket.SendAsync(record);
            for (var sent = 1; sent < Records; sent++)
            {
                await socket.SendAsync(next);
            }

            await socket.ReceiveToEndAsync();
        }
        catch (SocketException)
        {
            // A client that goes on writing to a closed connection is told by a reset.
        }

        await server.Server.StopAsync();
        Assert.Single(server.HandshakeFailures);
        Assert.DoesNotContain("within", server.HandshakeFailures.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handshake_under_way_does_not_hold_up_a_stop()
    {
        await using var server = await TlsServer.StartAsync();
        using var socket = await ConnectAsync(server);
        await socket.SendAsync("\x16"u8.ToArray());
        await server.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(30));
        await server.Server.StopAsync();
    }

    [Fact]
    public async Task A_client_that_is_gone_in_the_middle_leaves_nothing_behind()
    {
        await using var server = await TlsServer.StartAsync(options: new ParleyOptions { MaxConnectionsPerAddress = 1, ExemptLoopback = false });
        using (var socket = await ConnectAsync(server))
        {
            await socket.SendAsync("\x16\x03\x01\x02"u8.ToArray());
            await server.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(30));
            socket.LingerState = new LingerOption(enable: true, 0);
        }

        await Until.TrueAsync(() => server.Server.Log.Entries.Any(entry => entry.Id == 202), () => "It is still there");
        await using var next = await server.ConnectAsync();
        await next.ReadUntilAsync("You joined main");
    }

    [Fact]
    public async Task Two_hundred_at_once_come_through_with_garbage_among_them()
    {
        await using var server = await TlsServer.StartAsync();
        var clients = new ConcurrentBag<ScriptedClient>();
        var all = Enumerable.Range(0, 200).Select(number => Task.Run(async () =>
        {
            if (number % 4 == 3)
            {
                using var socket = await ConnectAsync(server);
                var garbage = new byte[1 + (number * 7)];
                new Random(number).NextBytes(garbage);
                if (number % 8 == 3)
                {
                    // At first sight it is one.
                    "\x16\x03\x01\x00\x40"u8.CopyTo(garbage);
                }

                await socket.SendAsync(garbage);
                socket.Shutdown(SocketShutdown.Send);
                await socket.ReceiveToEndAsync();
                return;
            }

            var client = await server.ConnectAsync($"{number}");
            clients.Add(client);
            await client.ReadUntilAsync("You joined main");
        }));
        await Task.WhenAll(all).WaitAsync(3 * Safety.Timeout, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(150, clients.Count);
        Assert.DoesNotContain(server.Server.Log.Entries, entry => entry.Id == 204);
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    private static async Task<(TlsServer Server, SeenHandler Handler)> StartAsync()
    {
        SeenHandler? handler = null;
        var server = await TlsServer.StartAsync(inside: test => handler = new SeenHandler(new LinesConnectionHandler(test.Connections, test.Lines, LinesCommandTable.All)));
        return (server, handler!);
    }

    private static async Task<Socket> ConnectAsync(TlsServer server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Address).WithinSafetyAsync();
        return socket;
    }
}
