using System.Net;
using Parley.Server.Options;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Http;

/// <summary>An authority asks over plain HTTP, under a name that the server may not know yet, for what an ACME client has put down (RFC 8555, 8.3).</summary>
public sealed class AcmeChallengesTests : IDisposable
{
    private const string Token = "LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0";

    private readonly DirectoryInfo _webroot = Directory.CreateTempSubdirectory("parley-acme-");

    [Fact]
    public async Task What_was_put_down_is_answered_under_any_name_and_not_sent_on_to_https()
    {
        using var certificate = new TestCertificate();
        var options = Options();
        (options.Https, options.Ircs, options.HttpsRedirect, options.HttpHosts) = (ListenAddress.Loopback(0), ListenAddress.Off, true, "other.example");
        (options.TlsCertificate, options.TlsKey) = (certificate.CertificateFile, certificate.KeyFile);
        Put(Token, Token + ".9jg46WB3rR_AHD-EBXdN7cBkH1WOu0tA3M9fm21mqTI");
        await using var server = await RealServer.StartAsync(options);

        using var client = await StatusLine.ConnectAsync(server);
        Assert.Equal("200", await StatusLine.OfAsync(client, Request(Token)));
        Assert.EndsWith("9jg46WB3rR_AHD-EBXdN7cBkH1WOu0tA3M9fm21mqTI", await StatusLine.ReadAsync(client, upTo: "m21mqTI"), StringComparison.Ordinal);
        Assert.Equal("421", await StatusLine.OfAsync(server, Request(Token).Replace("acme-challenge", "acme-other", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing-of-that-name")]
    [InlineData("..%2f..%2fsecret")]
    [InlineData("..")]
    [InlineData("sub/file")]
    [InlineData("secret.txt")]
    [InlineData("directory")]
    [InlineData("large")]
    public async Task Nothing_else_of_the_machine_is_shown(string token)
    {
        File.WriteAllText(Path.Combine(_webroot.FullName, "secret"), "secret");
        Put("secret.txt", "secret");
        Put("large", new string('x', 1025));
        Directory.CreateDirectory(Path.Combine(Folder, "directory"));
        Directory.CreateDirectory(Path.Combine(Folder, "sub"));
        Put("sub/file", "secret");
        await using var server = await RealServer.StartAsync(Options());

        // A path with dots is resolved before it is routed: it asks for something else, under a name that the server does not have.
        Assert.Contains(await StatusLine.OfAsync(server, Request(token)), (string[])["404", "421"]);
    }

    [Fact]
    public async Task Nothing_is_answered_where_no_directory_is_set()
    {
        await using var server = await RealServer.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri($"http://{server.AddressOf("http")}") };

        using var response = await http.GetAsync(new Uri($"/.well-known/acme-challenge/{Token}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public void It_takes_http_in_plain_text()
    {
        var options = Options();
        options.Http = ListenAddress.Off;

        Assert.StartsWith("acme-webroot: ", Assert.Single(SettingsCheck.Faults(options)), StringComparison.Ordinal);
    }

    public void Dispose() => _webroot.Delete(recursive: true);

    private string Folder => Path.Combine(_webroot.FullName, ".well-known", "acme-challenge");

    private ParleyOptions Options()
    {
        var options = RealServer.FreePorts();
        options.AcmeWebroot = _webroot.FullName;
        return options;
    }

    private void Put(string token, string answer)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, token), answer);
    }

    private static string Request(string token) => $"GET /.well-known/acme-challenge/{token} HTTP/1.1\r\nHost: chat.example\r\n\r\n";
}
