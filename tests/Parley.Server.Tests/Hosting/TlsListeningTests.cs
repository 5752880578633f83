using System.Net.Sockets;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.Server.Tests.Support;

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

    private static ParleyOptions Options(TestCertificate certificate)
    {
        var options = RealServer.FreePorts();
        (options.TlsCertificate, options.TlsKey) = (certificate.CertificateFile, certificate.KeyFile);
        options.Ircs = ListenAddress.Loopback(0);
        return options;
    }
}
