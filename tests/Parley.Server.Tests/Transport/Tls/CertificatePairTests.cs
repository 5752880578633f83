using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.Server.Tests.Support;
using Parley.Server.Transport.Tls;

namespace Parley.Server.Tests.Transport.Tls;

public sealed class CertificatePairTests
{
    [Fact]
    public async Task Clients_are_shown_the_certificates_that_vouch_for_the_first_one()
    {
        await using var server = await TlsServer.StartAsync();
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = Authority("CN=root", rootKey).CreateSelfSigned(DateTimeOffset.UnixEpoch, End);
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var middle = Authority("CN=middle", middleKey).Create(root, DateTimeOffset.UnixEpoch, End, [2]).CopyWithPrivateKey(middleKey);
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var leaf = new CertificateRequest("CN=chat.test", leafKey, HashAlgorithmName.SHA256).Create(middle, DateTimeOffset.UnixEpoch, End, [3]);
        await File.WriteAllTextAsync(
            server.Certificate.CertificateFile, leaf.ExportCertificatePem() + "\n" + middle.ExportCertificatePem() + "\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(server.Certificate.KeyFile, leafKey.ExportECPrivateKeyPem(), TestContext.Current.CancellationToken);
        server.Files.Reload();

        // A client that knows the root only.
        var isTrusted = false;
        var end = await TlsEnd.ConnectAsync(server.Address, options => options.RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
        {
            using var policy = new X509Chain
            {
                ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
            };
            policy.ChainPolicy.CustomTrustStore.Add(root);
            policy.ChainPolicy.ExtraStore.AddRange(chain!.ChainPolicy.ExtraStore);
            return isTrusted = policy.Build((X509Certificate2)certificate!);
        });
        await end.CloseAsync();
        Assert.True(isTrusted);
    }

    [Fact]
    public void Every_usual_kind_of_key_is_taken()
    {
        using var rsa = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=rsa.test", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch, End);
        foreach (var key in new[] { rsa.ExportRSAPrivateKeyPem(), rsa.ExportPkcs8PrivateKeyPem() })
        {
            var context = new CertificatePair(certificate.ExportCertificatePem(), key).Open("certificate", "key");
            Assert.True(context.TargetCertificate.HasPrivateKey);
        }
    }

    [Fact]
    public void What_will_not_do_is_told_with_the_file_and_what_to_do()
    {
        var (certificate, key) = TestCertificate.CreatePem("CN=first.test");
        var (_, otherKey) = TestCertificate.CreatePem("CN=second.test");
        using var ecdsa = ECDsa.Create();
        var encrypted = ecdsa.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1));
        Assert.StartsWith("cert.pem holds no certificate: give a PEM file", Error("", key), StringComparison.Ordinal);
        Assert.StartsWith("cert.pem holds no certificate: give a PEM file", Error(key, key), StringComparison.Ordinal);
        Assert.StartsWith("cert.pem holds a certificate that cannot be read", Error("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", key), StringComparison.Ordinal);
        Assert.StartsWith("key.pem does not hold the private key of the first certificate in cert.pem", Error(certificate, otherKey), StringComparison.Ordinal);
        Assert.StartsWith("key.pem does not hold the private key of the first certificate in cert.pem", Error(certificate, certificate), StringComparison.Ordinal);
        Assert.StartsWith("key.pem is protected by a passphrase", Error(certificate, encrypted), StringComparison.Ordinal);
        var missing = Assert.Throws<CertificateException>(() => CertificatePair.Read("/nowhere/cert.pem", "/nowhere/key.pem"));
        Assert.StartsWith("/nowhere/cert.pem cannot be read (", missing.Message, StringComparison.Ordinal);
    }

    private static DateTimeOffset End => new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static string Error(string certificate, string key)
    {
        var error = Assert.Throws<CertificateException>(() => new CertificatePair(certificate, key).Open("cert.pem", "key.pem"));
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }

    private static CertificateRequest Authority(string subject, ECDsa key)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request;
    }
}
