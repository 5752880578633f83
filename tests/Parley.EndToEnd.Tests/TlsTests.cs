using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>The built server's certificate, as OpenSSL sees it.</summary>
public sealed class TlsTests : IDisposable
{
    private static readonly DateTimeOffset End = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _root;

    public TlsTests()
    {
        CertificateRequest request = new("CN=Test root", ECDsa.Create(), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        _root = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, End);
        File.WriteAllText(FileOf("root.pem"), _root.ExportCertificatePem());
    }

    [Fact]
    public async Task OpenSSL_trusts_the_certificate_and_finds_irc_behind_it()
    {
        string openssl = Programs.Need("openssl");
        WriteCertificate("first.test");
        await using ParleyServer server = await StartAsync();

        string[] seen = await LookAsync(openssl, server, "first.test");

        Assert.Contains("subject=CN = first.test", seen);
        Assert.Contains("ALPN protocol: irc", seen);
        Assert.Contains(seen, line => line.Contains("TLSv1.3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_is_told_to_reload_shows_the_new_certificate_and_goes_on()
    {
        string openssl = Programs.Need("openssl");
        WriteCertificate("first.test");
        await using ParleyServer server = await StartAsync();
        using LineSocket person = await LineSocket.ConnectAsync(server.LinesPort);

        WriteCertificate("second.test");
        server.Signal(Signals.HangUp);
        await server.Log.SkipToAsync("the new certificate", line => line.Contains("CN=second.test", StringComparison.Ordinal));

        Assert.Contains("subject=CN = second.test", await LookAsync(openssl, server, "second.test"));
        Assert.Equal("Server commands", await person.ReadLineAsync());
    }

    public void Dispose()
    {
        _root.Dispose();
        _folder.Dispose();
    }

    private Task<ParleyServer> StartAsync() => ParleyServer.StartAsync(
        "--ircs", "127.0.0.1:0", "--tls-certificate", FileOf("fullchain.pem"), "--tls-key", FileOf("privkey.pem"));

    /// <summary>What a client says of the server that trusts the test's root, and nothing but that name.</summary>
    private async Task<string[]> LookAsync(string openssl, ParleyServer server, string name)
    {
        await using ChildProcess client = ChildProcess.Start(
            openssl,
            ["s_client", "-connect", $"127.0.0.1:{server.IrcsPort}", "-CAfile", FileOf("root.pem"), "-verify_hostname", name, "-verify_return_error", "-alpn", "irc"]);
        client.EndInput();
        Assert.True(await client.ExitAsync() == 0, $"{client}");
        return [.. client.Output.All];
    }

    private void WriteCertificate(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(_root, DateTimeOffset.UnixEpoch, End, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(FileOf("fullchain.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(FileOf("privkey.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private string FileOf(string name) => Path.Combine(_folder.Path, name);
}
