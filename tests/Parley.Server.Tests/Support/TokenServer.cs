using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Names;
using Parley.Core.Tokens;
using Parley.Server.Options;

namespace Parley.Server.Tests.Support;

/// <summary>A whole server, and programs that show it tokens.</summary>
internal sealed class TokenServer : IAsyncDisposable
{
    private readonly MemoryTokenStore _tokens;

    private TokenServer(RealServer server, MemoryTokenStore tokens)
    {
        (Server, _tokens) = (server, tokens);
        Http = new HttpClient { BaseAddress = new Uri($"http://{server.AddressOf("http")}") };
    }

    public RealServer Server { get; }

    public HttpClient Http { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TokenServer> StartAsync(ParleyOptions? options = null, Action<IServiceCollection>? services = null)
    {
        var tokens = new MemoryTokenStore();
        var server = await RealServer.StartAsync(options, configureServices: added =>
        {
            added.AddSingleton<ITokenStore>(tokens);
            services?.Invoke(added);
        });
        return new TokenServer(server, tokens);
    }

    /// <summary>A token that may do what its scopes say.</summary>
    public async Task<string> CreateAsync(string name = "deploy", string scopes = "post:*", TimeSpan? lifetime = null)
    {
        var secret = TokenSecret.Generate();
        Assert.True(TokenScopes.TryParse(scopes, out var parsed));
        var now = Server.Time.GetUtcNow();
        Assert.NotNull(await _tokens.AddAsync(new(Name(name), parsed, now) { Expires = now + lifetime }, TokenSecret.Hash(secret), Token));
        return secret;
    }

    public async Task RevokeAsync(string name) => Assert.True(await _tokens.RevokeAsync(Name(name), Server.Time.GetUtcNow(), Token));

    /// <summary>Posts a text, or whatever else the content is.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        string? token, string room, HttpContent content, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/rooms/{room}/messages") { Content = content };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await Http.SendAsync(request, Token);
    }

    public Task<HttpResponseMessage> PostAsync(string? token, string room, string text, string? key = null)
        => PostAsync(token, room, new StringContent(text), key);

    /// <summary>Posts JSON as it stands.</summary>
    public Task<HttpResponseMessage> PostJsonAsync(string token, string room, string json)
        => PostAsync(token, room, new StringContent(json, Encoding.UTF8, "application/json"));

    /// <summary>Posts a text, which is said.</summary>
    public async Task<JsonElement> MustPostAsync(string token, string room, string text, string? key = null)
    {
        using var response = await PostAsync(token, room, text, key);
        return await AnswerAsync(response);
    }

    public static async Task<JsonElement> AnswerAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonDocument.Parse(body).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }

    private static UserName Name(string name) => UserName.TryParse(name, out var user) ? user : throw new ArgumentException(name, nameof(name));
}
