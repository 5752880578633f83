using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Text;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.Server.Transport;
using Parley.TestKit;

namespace Parley.Server.Tests.Hosting;

public sealed class TlsListeningTests
{
    [Fact]
    public async Task With_a_certificate_the_server_listens_for_TLS_behind_its_proxies()
    {
        using var certificate = new TestCertificate();
        var options = Options(certificate);
        Assert.True(NetworkList.TryParse("127.0.0.1", out var proxies));
        options.ProxyFrom = proxies;
        await using var server = await RealServer.StartAsync(options);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.AddressOf("ircs"), TestContext.Current.CancellationToken);
        await socket.SendAsync(ProxyBytes.V1("192.0.2.7", "198.51.100.1"));
        var end = await TlsEnd.OverAsync(socket);
        Assert.Equal("CN=first.test", end.ServerCertificate.Subject);
        await end.CloseAsync();
    }

    [Fact]
    public async Task Without_one_it_does_not()
    {
        await using var server = await RealServer.StartAsync();
        Assert.DoesNotContain(server.Listeners, listener => listener.Name == "ircs");
    }

    [Fact]
    public async Task A_certificate_that_will_not_do_is_told_in_one_line()
    {
        using var certificate = new TestCertificate();
        await File.WriteAllTextAsync(certificate.KeyFile, "nonsense", TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<ListenException>(() => RealServer.StartAsync(Options(certificate)));
        Assert.StartsWith($"There can be no TLS at 127.0.0.1:0: {certificate.KeyFile} does not hold the private key", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lines-tls", "You joined main")]
    [InlineData("addressed-tls", "error: The line has no ':'")]
    public async Task Both_plain_protocols_are_spoken_over_TLS_too(string listener, string expected)
    {
        using var certificate = new TestCertificate();
        await using var server = await RealServer.StartAsync(Options(certificate));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.AddressOf(listener), TestContext.Current.CancellationToken);
        await using var ann = new ScriptedClient(await TlsEnd.OverAsync(socket));
        await ann.SendLinesAsync("Ann", "?");
        await ann.ReadUntilContainsAsync(expected);
    }

    [Theory]
    [InlineData("lines-tls")]
    [InlineData("addressed-tls")]
    [InlineData("ircs")]
    public async Task Plain_text_at_a_port_for_TLS_is_told_so_in_plain_text(string listener)
    {
        using var certificate = new TestCertificate();
        await using var server = await RealServer.StartAsync(Options(certificate));
        await using var client = await ScriptedClient.ConnectAsync(server.AddressOf(listener));
        await client.SendLineAsync("NICK ann");
        await client.ReadUntilContainsAsync("ERROR :This port is for TLS: have your client use it, or connect to the port for plain text");
    }

    [Fact]
    public async Task HTTP_comes_over_TLS_in_versions_1_and_2()
    {
        using var certificate = new TestCertificate();
        await using var server = await RealServer.StartAsync(Options(certificate));
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var http = Https(server);
            using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live") { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.OK, version), (response.StatusCode, response.Version));
        }
    }

    [Fact]
    public async Task A_WebSocket_over_TLS_is_a_secure_session()
    {
        using var certificate = new TestCertificate();
        await using var server = await RealServer.StartAsync(Options(certificate));
        using var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        await socket.ConnectAsync(new Uri($"wss://{server.AddressOf("https")}/irc"), TestContext.Current.CancellationToken);
        foreach (var line in new[] { "NICK Ann", "USER ann 0 * :Ann", "WHOIS Ann" })
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(line), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        }

        var seen = "";
        var buffer = new byte[4096];
        while (!seen.Contains(" 318 ", StringComparison.Ordinal))
        {
            var result = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).WithinSafetyAsync();
            seen += Encoding.UTF8.GetString(buffer, 0, result.Count) + "\n";
        }

        Assert.Contains(" 671 ", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HTTP_in_plain_text_at_the_port_for_TLS_is_told_so()
    {
        using var certificate = new TestCertificate();
        await using var server = await RealServer.StartAsync(Options(certificate));
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)server.AddressOf("https"), TestContext.Current.CancellationToken);
        Assert.Equal("400", await StatusLine.OfAsync(client, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        Assert.EndsWith("This port is for https: ask again with https:// there\n", await StatusLine.ReadAsync(client, upTo: "there\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TLS_at_the_port_for_HTTP_in_plain_text_is_told_so()
    {
        await using var server = await RealServer.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)server.AddressOf("http"), TestContext.Current.CancellationToken);

        // As a ClientHello begins (RFC 8446, 5.1).
        await client.GetStream().WriteAsync(new byte[] { 0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0 }, TestContext.Current.CancellationToken);

        Assert.EndsWith(
            "This port is for http without TLS: ask again with http:// there, or at the port for https\n", await StatusLine.ReadAsync(client, upTo: "https\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_connects_ahead_and_says_nothing_at_the_port_for_HTTP_may_ask_later()
    {
        await using var server = await RealServer.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)server.AddressOf("http"), TestContext.Current.CancellationToken);
        var timeout = new ParleyOptions().LoginTimeout;
        await server.Time.WhenTimerArmedAsync(timeout);
        server.Time.Advance(timeout);

        Assert.Equal("200", await StatusLine.OfAsync(client, "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"));
    }

    [Theory]
    [InlineData("https")]
    [InlineData("ircs")]
    [InlineData("lines-tls")]
    public async Task Only_TLS_1_2_and_1_3_with_forward_secrecy_is_agreed(string listener)
    {
        using var certificate = new TestCertificate();
        await using var server = await RealServer.StartAsync(Options(certificate));
        foreach (var version in new[] { SslProtocols.Tls12, SslProtocols.Tls13 })
        {
            var (agreed, suite) = await AgreeAsync(server, listener, version);
            Assert.Equal(version, agreed);
            Assert.Matches("^TLS_(ECDHE_|AES_|CHACHA20_)", suite);
            Assert.DoesNotMatch("_(CBC|RC4|3DES|NULL|MD5)_?", suite);
        }

#pragma warning disable SYSLIB0039, CA5397 // They are what must not be agreed.
        foreach (var version in new[] { SslProtocols.Tls, SslProtocols.Tls11 })
#pragma warning restore SYSLIB0039, CA5397
        {
            await Assert.ThrowsAnyAsync<Exception>(() => AgreeAsync(server, listener, version));
        }
    }

    [Fact]
    public async Task A_new_certificate_is_shown_at_every_port_and_a_broken_one_at_none()
    {
        using var certificate = new TestCertificate();
        await using var server = await RealServer.StartAsync(Options(certificate));
        certificate.Replace("CN=second.test");
        server.Time.Advance(TimeSpan.FromSeconds(30));
        foreach (var listener in new[] { "https", "ircs", "lines-tls", "addressed-tls" })
        {
            Assert.Equal("CN=second.test", await SubjectAsync(server, listener));
        }

        await File.WriteAllTextAsync(certificate.KeyFile, "nonsense", TestContext.Current.CancellationToken);
        server.Time.Advance(TimeSpan.FromSeconds(30));
        foreach (var listener in new[] { "https", "ircs", "lines-tls", "addressed-tls" })
        {
            Assert.Equal("CN=second.test", await SubjectAsync(server, listener));
        }

        Assert.Single(server.Log.Entries, entry => entry.Id == 106);
    }

    [Fact]
    public async Task Requests_in_plain_text_are_sent_on_and_browsers_remember_it_where_that_is_set()
    {
        using var certificate = new TestCertificate();
        var options = Options(certificate);
        (options.HttpsRedirect, options.HstsDays, options.HttpHosts) = (true, 2, "chat.example");
        await using var server = await RealServer.StartAsync(options);
        var port = ((IPEndPoint)server.AddressOf("https")).Port;
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://{server.AddressOf("http")}") };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/status?x=1") { Headers = { Host = "chat.example:8080" } };
        using var moved = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.PermanentRedirect, $"https://chat.example:{port}/status?x=1"), (moved.StatusCode, moved.Headers.Location!.ToString()));
        Assert.False(moved.Headers.Contains("Strict-Transport-Security"));
        Assert.Equal("alive\n", await http.GetStringAsync("/health/live", TestContext.Current.CancellationToken));

        using var https = Https(server);
        using var named = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "chat.example" } };
        using var page = await https.SendAsync(named, TestContext.Current.CancellationToken);
        Assert.Equal("max-age=172800", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")));
        using var byAddress = await https.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.False(byAddress.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task What_others_can_read_on_the_way_is_told_at_the_start()
    {
        var options = RealServer.FreePorts();
        Assert.True(ListenAddress.TryParse("0.0.0.0:0", out var everywhere));
        (options.Lines, options.Http) = (everywhere, everywhere);
        await using var server = await RealServer.StartAsync(options);
        var warnings = server.Log.Entries.Where(entry => entry.Id == 107).Select(entry => entry.Message).ToArray();
        Assert.Equal(2, warnings.Length);
        Assert.Contains(warnings, warning => warning.StartsWith("--lines at 0.0.0.0:", StringComparison.Ordinal) && warning.EndsWith("see --lines-tls", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.StartsWith("--http at 0.0.0.0:", StringComparison.Ordinal) && warning.EndsWith("see --https", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https", "https: TLS needs a certificate")]
    [InlineData("lines-tls", "lines-tls: TLS needs a certificate")]
    [InlineData("addressed-tls", "addressed-tls: TLS needs a certificate")]
    [InlineData("https-redirect", "https-redirect: there is no https to send anybody to")]
    public void What_needs_a_certificate_says_so(string setting, string error)
    {
        var options = new ParleyOptions();
        Assert.Null(Setting.All.Single(one => one.Name == setting).Set(options, setting == "https-redirect" ? "true" : "127.0.0.1:0"));
        Assert.StartsWith(error, Assert.Single(SettingsCheck.Faults(options)), StringComparison.Ordinal);
    }

    private static HttpClient Https(RealServer server) => new(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true })
    {
        BaseAddress = new Uri($"https://{server.AddressOf("https")}"),
    };

    private static async Task<string> SubjectAsync(RealServer server, string listener)
    {
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)server.AddressOf(listener), TestContext.Current.CancellationToken);
        await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync("first.test").WithinSafetyAsync();
        return stream.RemoteCertificate!.Subject;
    }

    private static async Task<(SslProtocols Version, string Suite)> AgreeAsync(RealServer server, string listener, SslProtocols version)
    {
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)server.AddressOf(listener), TestContext.Current.CancellationToken);
        await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "first.test", EnabledSslProtocols = version }).WithinSafetyAsync();
        return (stream.SslProtocol, stream.NegotiatedCipherSuite.ToString());
    }

    private static ParleyOptions Options(TestCertificate certificate)
    {
        var options = RealServer.FreePorts();
        (options.TlsCertificate, options.TlsKey) = (certificate.CertificateFile, certificate.KeyFile);
        (options.Ircs, options.LinesTls, options.AddressedTls, options.Https) = (ListenAddress.Loopback(0), ListenAddress.Loopback(0), ListenAddress.Loopback(0), ListenAddress.Loopback(0));
        return options;
    }
}
