using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.Server.Transport.Tls.OpenSsl;
using Parley.TestKit;

namespace Parley.Server.Tests.Transport.Tls;

/// <summary>TLS on the socket loops. Skipped where the system has no OpenSSL.</summary>
public sealed class OpenSslConnectionTests
{
    public OpenSslConnectionTests() => Assert.SkipUnless(OpenSslLibrary.IsAvailable, "There is no OpenSSL 3 on this system");

    [Fact]
    public async Task Bytes_may_come_one_by_one_from_the_first_of_the_handshake_on()
    {
        await using var server = await TlsServer.StartAsync();
        await using var client = new ScriptedClient(await TlsEnd.ConnectAsync(server.Address, below: stream => new DripStream(stream)));
        var name = (await client.ReadUntilAsync("You joined main"))[^1]["You are ".Length..];
        for (var i = 0; i < 5; i++)
        {
            await client.SendLinesAsync($"{i}", $"{i} again");
            await client.ExpectAsync($"{name}: {i}", $"{name}: {i} again");
        }
    }

    [Fact]
    public async Task Lines_of_several_records_arrive_whole()
    {
        await using var server = await TlsServer.StartAsync(options: new ParleyOptions { MaxLineBytes = 60_000 });
        await using var ann = await server.EnterAsync("Ann");
        foreach (var length in (int[])[16_384, 16_385, 50_000])
        {
            var line = new string('x', length);
            await ann.SendLinesAsync(line, "short", line);
            await ann.ExpectAsync($"Ann: {line}", "Ann: short", $"Ann: {line}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task Garbage_in_the_middle_ends_that_connection_and_no_other(int length)
    {
        await using var server = await TlsServer.StartAsync();
        await using var ann = await server.EnterAsync("Ann");
        var end = await TlsEnd.ConnectAsync(server.Address);
        var bad = new ScriptedClient(end);
        var name = (await bad.ReadUntilAsync("You joined main"))[^1]["You are ".Length..];
        await ann.ExpectAsync(name + " joined");

        var garbage = new byte[length];
        Array.Fill(garbage, (byte)0x17);
        await end.Socket.SendAsync(garbage);
        end.Socket.Shutdown(SocketShutdown.Send);

        await ann.ExpectAsync(name + " left");
        await bad.DisposeAsync();
        Assert.DoesNotContain(server.Server.Log.Entries, entry => entry.Id == 204);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Who_comes_back_is_known_by_its_ticket(SslProtocols version)
    {
        await using var server = await TlsServer.StartAsync();
        var (first, second) = (await BytesOfHandshakeAsync(server, version), await BytesOfHandshakeAsync(server, version));

        // The certificate is not sent again, nor is anything signed.
        Assert.InRange(second, 1, first - 400);
        server.Time.Advance(2 * TicketKeys.Lifetime);
        Assert.InRange(await BytesOfHandshakeAsync(server, version), first - 100, first + 100);
    }

    [Theory]
    [InlineData(TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA)]
    [InlineData(TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Suites_that_are_known_to_be_weak_are_refused(TlsCipherSuite suite)
    {
        await using var server = await TlsServer.StartAsync();
        await Assert.ThrowsAsync<AuthenticationException>(() => TlsEnd.ConnectAsync(server.Address, options =>
        {
            options.EnabledSslProtocols = SslProtocols.Tls12;
            options.CipherSuitesPolicy = new CipherSuitesPolicy([suite]);
        }));
        await server.Server.StopAsync();
        Assert.Contains("no shared cipher", Assert.Single(server.HandshakeFailures).Message, StringComparison.Ordinal);
    }

    private static async Task<long> BytesOfHandshakeAsync(TlsServer server, SslProtocols version)
    {
        CountingStream? counting = null;
        await using var client = new ScriptedClient(await TlsEnd.ConnectAsync(
            server.Address, options => options.EnabledSslProtocols = version, stream => counting = new CountingStream(stream)));

        // By then the ticket has come, too; and as many bytes of talk each time.
        await client.ReadUntilAsync("You joined main");
        return counting!.Received;
    }
}
