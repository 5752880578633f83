using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests.IrcClients;

/// <summary>A server for IRC clients: with a certificate that they can check, an account, and history that outlives it.</summary>
internal sealed class IrcPlace : IAsyncDisposable
{
    public const string Account = "Ann";
    public const string Password = "correct horse";

    private readonly TemporaryFolder _folder = new();
    private ParleyServer? _server;

    private IrcPlace()
    {
        DateTimeOffset end = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
        CertificateRequest rootRequest = new("CN=Test root", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using X509Certificate2 root = rootRequest.CreateSelfSigned(DateTimeOffset.UnixEpoch, end);
        File.WriteAllText(RootFile, root.ExportCertificatePem());
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(root, DateTimeOffset.UnixEpoch, end, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(FileOf("key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    public int Port { get; private set; }

    public int LinesPort => _server!.LinesPort;

    /// <summary>The certificate that clients trust.</summary>
    public string RootFile => FileOf("root.pem");

    /// <summary>The certificate of the server itself.</summary>
    public string CertificateFile => FileOf("cert.pem");

    public static async Task<IrcPlace> OpenAsync()
    {
        IrcPlace place = new();
        await using (ChildProcess account = ParleyBinary.Run("account", "add", Account, "--data", place.FileOf("data")))
        {
            await account.SendLineAsync(Password);
            account.EndInput();
            Assert.True(await account.ExitAsync() == 0, $"{account}");
        }

        await place.StartAsync(port: 0);
        return place;
    }

    /// <summary>A folder that is there as long as the place.</summary>
    public string FolderOf(string name) => Directory.CreateDirectory(FileOf(name)).FullName;

    /// <summary>Stops the server, and starts one in its place that has its history.</summary>
    public async Task RestartAsync()
    {
        await _server!.DisposeAsync();
        await StartAsync(Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _folder.Dispose();
    }

    private string FileOf(string name) => Path.Combine(_folder.Path, name);

    private async Task StartAsync(int port)
    {
        _server = await ParleyServer.StartWithHistoryAsync(
            FileOf("data"),
            "--ircs", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
            "--tls-certificate", CertificateFile,
            "--tls-key", FileOf("key.pem"));
        Port = _server.IrcsPort;
    }
}
