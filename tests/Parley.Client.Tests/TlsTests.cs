using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.TestKit;

namespace Parley.Client.Tests;

/// <summary>A connection over TLS: whom it trusts, and what it shows.</summary>
public sealed class TlsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_go_both_ways_with_a_pinned_certificate_and_the_end_is_told()
    {
        using var certificate = Create("CN=chat.example");
        using var listener = Listen();
        var serving = EchoAsync(listener, certificate);

        await using (var connection = await ConnectAsync(listener, new ClientTlsOptions { PinnedCertificate = Print(certificate).ToUpperInvariant() }))
        {
            await connection.SendAsync("hello", Token);
            await connection.CompleteAsync(Token);
            var lines = new List<string>();
            await foreach (var line in connection.ReadLinesAsync(Token))
            {
                lines.Add(line);
            }

            Assert.Equal(["hello"], lines);
        }

        // A cut connection would have thrown: the end came as TLS has it.
        Assert.Null(await serving.WithinSafetyAsync());
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_with_its_fingerprint()
    {
        using var certificate = Create("CN=127.0.0.1");
        using var listener = Listen();
        _ = EchoAsync(listener, certificate);

        var refusal = await Assert.ThrowsAsync<AuthenticationException>(() => ConnectAsync(listener, new ClientTlsOptions()));

        Assert.Contains($"SHA-256 is {Print(certificate)}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_certificate_than_the_pinned_one_is_refused()
    {
        using var certificate = Create("CN=chat.example");
        using var listener = Listen();
        _ = EchoAsync(listener, certificate);

        var refusal = await Assert.ThrowsAsync<AuthenticationException>(() => ConnectAsync(listener, new ClientTlsOptions { PinnedCertificate = new string('0', 64) }));

        Assert.StartsWith("the server's certificate is another than the pinned one", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clients_certificate_is_shown()
    {
        using var certificate = Create("CN=chat.example");
        using var mine = Create("CN=ann");
        using var listener = Listen();
        var serving = EchoAsync(listener, certificate);

        await using (var connection = await ConnectAsync(listener, new ClientTlsOptions { PinnedCertificate = Print(certificate), ClientCertificate = mine }))
        {
            await connection.CompleteAsync(Token);
            await foreach (var line in connection.ReadLinesAsync(Token))
            {
                Assert.Fail(line);
            }
        }

        Assert.Equal(Print(mine), await serving.WithinSafetyAsync());
    }

    [Fact]
    public async Task What_does_not_speak_TLS_is_no_server()
    {
        using var listener = Listen();
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync(Token);
            await client.GetStream().WriteAsync("Server commands\n"u8.ToArray(), Token);
        }, Token);

        await Assert.ThrowsAnyAsync<IOException>(() => ConnectAsync(listener, new ClientTlsOptions()));
        await serving.WithinSafetyAsync();
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static Task<ParleyConnection> ConnectAsync(TcpListener listener, ClientTlsOptions tls)
        => ParleyConnection.ConnectAsync("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, new ClientOptions { Tls = tls }, Token);

    /// <summary>Says what it hears until the client ends, in order; the fingerprint of the certificate that the client has shown.</summary>
    private static async Task<string?> EchoAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync(Token);
        await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false);
        await stream.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
            },
            Token);
        await stream.CopyToAsync(stream, Token);
        await stream.ShutdownAsync();
        return stream.RemoteCertificate is { } shown ? Convert.ToHexStringLower(shown.GetCertHash(HashAlgorithmName.SHA256)) : null;
    }

    private static string Print(X509Certificate2 certificate) => Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));

    private static X509Certificate2 Create(string subject)
        => new CertificateRequest(subject, ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
}
