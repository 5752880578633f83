using System.Net;
using System.Text;
using System.Text.Json;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>Log-in from the page with <c>--oidc-secret</c>: the built server asks a provider of the test's own.</summary>
public sealed class PageLoginTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string SecretFile => Path.Combine(_folder.Path, "secret");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("right", "The provider does not know of this log-in (any more): try again")]
    [InlineData("wrong", "The provider does not take this server for the one that it knows: tell the operator of this server")]
    public async Task The_provider_is_asked_with_the_secret_of_the_file(string secret, string words)
    {
        using HttpListener provider = StartProvider(out string issuer);
        File.WriteAllText(SecretFile, $"{secret}\n");
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(
            Path.Combine(_folder.Path, "data"), "--http", "127.0.0.1:0", "--oidc-issuer", issuer, "--oidc-client", "page", "--oidc-secret", SecretFile);
        using HttpClient browser = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://127.0.0.1:{server.HttpPort}") };

        using HttpResponseMessage away = await browser.GetAsync("/login/start", Token);
        Assert.StartsWith(issuer + "/authorize?", away.Headers.Location?.OriginalString, StringComparison.Ordinal);
        string state = away.Headers.Location!.Query.Split("state=")[1].Split('&')[0];
        using HttpResponseMessage back = await browser.GetAsync($"/login/callback?state={state}&code=unknown", Token);
        using HttpResponseMessage answer = await browser.PostAsync("/login/token", content: null, Token);

        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(words, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("detail").GetString());
        if (secret == "wrong")
        {
            await server.Log.SkipToAsync("the refusal", line => line.Contains("does not take oidc-client with oidc-secret", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("oidc-secret", "", "has no secret on its first line")]
    [InlineData("oidc-secret", null, "cannot be read")]
    [InlineData("oidc-keys", null, "cannot be read")]
    [InlineData("oidc-keys", "", "is no JWKS")]
    [InlineData("oidc-keys", "{", "is no JWKS")]
    [InlineData("oidc-keys", "{}", "has no key that is known here")]
    [InlineData("oidc-keys", """{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}""", "has no key that is known here")]
    public async Task Without_what_a_file_is_to_hold_the_server_does_not_start_and_says_why(string setting, string? content, string words)
    {
        if (content is not null)
        {
            File.WriteAllText(SecretFile, content);
        }

        await using ChildProcess process = ParleyBinary.Run(
            "serve", "--lines", "127.0.0.1:0", "--addressed", "off", "--irc", "off", "--http", "127.0.0.1:0", "--data", Path.Combine(_folder.Path, "data"),
            "--oidc-issuer", "http://127.0.0.1:9", "--oidc-client", "page", $"--{setting}", SecretFile);

        Assert.Equal(2, await process.ExitAsync());
        Assert.Contains(process.Errors.All, line => line.Contains($"{setting}: {SecretFile} {words}", StringComparison.Ordinal));
    }

    /// <summary>A provider that knows no code, and a client <c>page</c> with the secret <c>right</c>.</summary>
    private static HttpListener StartProvider(out string issuer)
    {
        HttpListener listener = new();
        for (int port = 20_000 + Random.Shared.Next(10_000); ; port++)
        {
            issuer = $"http://127.0.0.1:{port}";
            listener.Prefixes.Clear();
            listener.Prefixes.Add(issuer + "/");
            try
            {
                listener.Start();
                break;
            }
            catch (HttpListenerException) when (port < 32_000)
            {
                listener = new HttpListener();
            }
        }

        _ = ServeAsync(listener, issuer);
        return listener;
    }

    private static async Task ServeAsync(HttpListener listener, string issuer)
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await listener.GetContextAsync();
                string credentials = "Basic " + Convert.ToBase64String("page:right"u8);
                (int status, string body) = context.Request.Url!.AbsolutePath switch
                {
                    "/.well-known/openid-configuration" => (200, $$"""
                        {"issuer":"{{issuer}}","jwks_uri":"{{issuer}}/keys","authorization_endpoint":"{{issuer}}/authorize","token_endpoint":"{{issuer}}/token"}
                        """),
                    "/keys" => (200, """{"keys":[]}"""),
                    "/token" when context.Request.Headers["Authorization"] == credentials => (400, """{"error":"invalid_grant"}"""),
                    "/token" => (401, """{"error":"invalid_client"}"""),
                    _ => (404, "{}"),
                };
                context.Response.StatusCode = status;
                context.Response.ContentType = "application/json";
                context.Response.Close(Encoding.UTF8.GetBytes(body), willBlock: false);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
