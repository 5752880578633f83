using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Parley.TestKit.Identity;

/// <summary>An identity provider (OpenID Connect) on a free port of this machine, with keys of its own, which says who Ann is without asking for a password.</summary>
public sealed class LocalProvider : IAsyncDisposable
{
    /// <summary>What the server is to it.</summary>
    public const string Client = "parley-page";

    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce, string Redirect)> _codes = new(StringComparer.Ordinal);
    private WebApplication? _app;
    private volatile SigningKey[] _keys;
    private int _keyRequests;

    private LocalProvider(TimeProvider time, SigningKey key) => (_time, _keys) = (time, [key]);

    /// <summary>What it calls itself.</summary>
    public string Issuer { get; private set; } = "";

    /// <summary>How often its keys were asked for.</summary>
    public int KeyRequests => Volatile.Read(ref _keyRequests);

    /// <summary>True if it answers nothing but that it is broken.</summary>
    public bool IsBroken { get; set; }

    /// <summary>True if it takes requests and never answers them.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Keys that it publishes beside its own.</summary>
    public IReadOnlyList<JsonObject> OtherKeys { get; set; } = [];

    /// <summary>The secret that the server has to give for a code; null if it has to give none.</summary>
    public string? Secret { get; set; }

    /// <summary>Changes what the tokens say that people bring back from the page.</summary>
    public Action<JsonObject> Change { get; set; } = _ => { };

    /// <summary>The key that it signs with.</summary>
    public SigningKey Key => _keys[^1];

    /// <param name="time">The clock that its tokens go by.</param>
    /// <param name="key">The first of its keys.</param>
    public static async Task<LocalProvider> StartAsync(TimeProvider time, SigningKey? key = null)
    {
        var provider = new LocalProvider(time, key ?? SigningKey.Rsa());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = provider._app = builder.Build();
        app.Use((http, next) =>
        {
            if (provider.IsSilent)
            {
                var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                http.RequestAborted.Register(gone.SetResult);
                return gone.Task;
            }

            http.Response.StatusCode = provider.IsBroken ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK;
            return provider.IsBroken ? Task.CompletedTask : next(http);
        });
        app.MapGet("/.well-known/openid-configuration", http => WriteAsync(http, provider.Configuration()));
        app.MapGet("/keys", http => WriteAsync(http, provider.PublicKeys()));
        app.MapGet("/favicon.ico", http =>
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        app.MapGet("/authorize", provider.AuthorizeAsync);
        app.MapPost("/token", provider.RedeemAsync);
        await app.StartAsync();
        provider.Issuer = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return provider;
    }

    /// <summary>Signs with another key from now on.</summary>
    /// <param name="next">The key.</param>
    /// <param name="keepsOld">Whether tokens that were signed with those before still hold.</param>
    public void Rotate(SigningKey next, bool keepsOld = false) => _keys = keepsOld ? [.. _keys, next] : [next];

    /// <summary>What a token of somebody's says: for the page, and good for five minutes.</summary>
    public JsonObject Claims(string name = "Ann") => new()
    {
        ["iss"] = Issuer,
        ["sub"] = $"subject-of-{name}",
        ["aud"] = Client,
        ["preferred_username"] = name,
        ["iat"] = _time.GetUtcNow().ToUnixTimeSeconds(),
        ["exp"] = _time.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds(),
    };

    /// <summary>A token of somebody's, signed with the key of now.</summary>
    /// <param name="name">Who that is.</param>
    /// <param name="change">Changes what it says.</param>
    public string Token(string name = "Ann", Action<JsonObject>? change = null)
    {
        var claims = Claims(name);
        change?.Invoke(claims);
        return Key.Sign(claims);
    }

    /// <summary>The keys as they are published: a JWKS.</summary>
    public JsonObject PublicKeys()
    {
        Interlocked.Increment(ref _keyRequests);
        return new JsonObject { ["keys"] = new JsonArray([.. OtherKeys.Select(key => key.DeepClone()), .. _keys.Select(key => key.PublicKey())]) };
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        foreach (var key in _keys)
        {
            key.Dispose();
        }
    }

    private JsonObject Configuration() => new()
    {
        ["issuer"] = Issuer,
        ["jwks_uri"] = Issuer + "/keys",
        ["authorization_endpoint"] = Issuer + "/authorize",
        ["token_endpoint"] = Issuer + "/token",
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256", "ES256"),
    };

    /// <summary>A page with one link: somebody who is logged in here already only has to agree.</summary>
    private async Task AuthorizeAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (query["response_type"] != "code" || query["client_id"] != Client || query["code_challenge_method"] != "S256" || !query["scope"].ToString().Split(' ').Contains("openid"))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        _codes[code] = (query["code_challenge"].ToString(), query["nonce"].ToString(), query["redirect_uri"].ToString());
        var back = $"{query["redirect_uri"]}?state={Uri.EscapeDataString(query["state"].ToString())}";
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(
            $"<!doctype html><title>Provider</title><a id=agree href=\"{back}&code={code}\">Continue as Ann</a> <a id=refuse href=\"{back}&error=access_denied\">Cancel</a>");
    }

    private async Task RedeemAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();

        // RFC 6749, 2.3.1: both are encoded as in a form before they are put together.
        var credentials = Secret is null ? "" : "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Client}:{Uri.EscapeDataString(Secret)}"));
        if (!string.Equals(http.Request.Headers.Authorization.ToString(), credentials, StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await WriteAsync(http, new JsonObject { ["error"] = "invalid_client" });
            return;
        }

        if (form["grant_type"] != "authorization_code"
            || !_codes.TryRemove(form["code"].ToString(), out var issued)
            || issued.Redirect != form["redirect_uri"]
            || issued.Challenge != Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await WriteAsync(http, new JsonObject { ["error"] = "invalid_grant" });
            return;
        }

        var token = Token(change: claims =>
        {
            claims["nonce"] = issued.Nonce;
            Change(claims);
        });
        await WriteAsync(http, new JsonObject { ["access_token"] = "opaque", ["token_type"] = "Bearer", ["id_token"] = token });
    }

    private static Task WriteAsync(HttpContext http, JsonObject json)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(json.ToJsonString());
    }
}
