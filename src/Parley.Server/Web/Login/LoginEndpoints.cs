using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Core.Accounts;
using Parley.Server.Accounts;
using Parley.Server.Accounts.Outside;
using Parley.Server.Http;
using Parley.Server.Json;
using Parley.Server.Moderation;
using Parley.Server.Options;

namespace Parley.Server.Web.Login;

/// <summary>
/// <c>/login</c>: the page's log-in at the identity provider. <c>GET provider</c> says what it is called; <c>GET start</c> sends the browser there,
/// which comes back to <c>GET callback</c>; with <c>POST token</c> the page then fetches what it logs in with, once.
/// </summary>
internal sealed class LoginEndpoints(
    PageLogin login, AccountService accounts, DeviceTokens devices, ServerBans bans, SealedText seal, OriginRule origins, LoopbackRule loopback, ParleyOptions options, TimeProvider time)
{
    private const string Cookie = "parley-login";
    private const string Begun = "begun";
    private const string Ended = "ended";
    private const string Refused = "refused";

    /// <summary>Time that somebody may take at the provider.</summary>
    private static readonly TimeSpan MaxAway = TimeSpan.FromMinutes(10);

    /// <summary>Time in which the page fetches what it has logged in for.</summary>
    private static readonly TimeSpan MaxToFetch = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly AttemptWindow<string> _fetched = new(1, MaxToFetch);

    /// <summary>Maps the endpoints; where there is no provider, the one that says so.</summary>
    public static void Map(IEndpointRouteBuilder routes, LoginEndpoints? login)
    {
        var group = routes.MapGroup("/login");
        group.MapGet("/provider", http => login is null ? WriteAsync(http) : WriteAsync(http, ("name", login.ProviderName)));
        if (login is not null)
        {
            group.MapGet("/start", http => login.AnswerAsync(http, login.StartAsync));
            group.MapGet("/callback", http => login.AnswerAsync(http, login.CallBackAsync));
            group.MapPost("/token", http => login.AnswerAsync(http, login.TokenAsync));
        }
    }

    private string ProviderName => ParleyOptions.IsNone(options.OidcName) ? new Uri(options.OidcIssuer).Host : options.OidcName;

    private async Task AnswerAsync(HttpContext http, Func<HttpContext, Task> answer)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        try
        {
            if (!http.Request.IsHttps && !loopback.IsFromHere(http))
            {
                throw new ProblemException(StatusCodes.Status403Forbidden, "Others could read along: come over https (see --http-proxy-from where a proxy has that)");
            }

            await answer(http);
        }
        catch (ProblemException e)
        {
            await e.Problem.WriteAsync(http);
        }
        catch (IdentityProviderException)
        {
            await new Problem(StatusCodes.Status503ServiceUnavailable, $"{ProviderName} does not answer, try again later").WriteAsync(http);
        }
        catch (AccountStoreException)
        {
            await new Problem(StatusCodes.Status503ServiceUnavailable, "Accounts cannot be looked up now, try again later").WriteAsync(http);
        }
    }

    private async Task StartAsync(HttpContext http)
    {
        var (address, pending) = await login.BeginAsync(CallbackOf(http, "start"), http.RequestAborted);
        Keep(http, seal.Seal(Begun, pending.ToString(), MaxAway), MaxAway);
        http.Response.Redirect(address);
    }

    private async Task CallBackAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (!PendingLogin.TryParse(seal.Open(Begun, http.Request.Cookies[Cookie]), out var pending)
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(pending.State), Encoding.UTF8.GetBytes(query["state"].ToString())))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "No log-in was begun in this browser, or too long ago: begin again from the page");
        }

        var (account, identity, refusal) = query["code"].ToString() is { Length: > 0 } code
            ? await login.EndAsync(code, pending, CallbackOf(http, "callback"), http.Connection.RemoteIpAddress, http.RequestAborted)
            : (null, null, $"{ProviderName} has not let you in");

        // A ticket is made when the page asks for it: what is on its way is of no use to whoever reads it in between.
        Keep(http, account is null ? seal.Seal(Refused, refusal, MaxToFetch) : seal.Seal(Ended, $"{account.Name} {identity}", MaxToFetch), MaxToFetch);
        http.Response.Redirect("../#login");
    }

    private async Task TokenAsync(HttpContext http)
    {
        if (!origins.Allows(http.Request))
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, "This is for the server's own page");
        }

        var cookie = http.Request.Cookies[Cookie];
        http.Response.Cookies.Delete(Cookie, CookieOf(http, null));
        if (seal.Open(Refused, cookie) is { } refusal)
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, refusal);
        }

        if (seal.Open(Ended, cookie)?.Split(' ', 3) is not [_, var issuer, var subject]
            || !OutsideIdentity.TryCreate(issuer, subject, out var identity)
            || await accounts.Store.FindByOutsideAsync(identity, http.RequestAborted) is not { } account
            || !TryFetch(cookie!))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "Nobody has logged in in this browser, or too long ago: begin again from the page");
        }

        if (ServerBans.Words(bans.Find(account.Id)) is { } banned)
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, banned);
        }

        var (_, token) = await devices.IssueAsync(account.Proven, DeviceName.Of(http.Request), http.RequestAborted, identity);
        await WriteAsync(http, ("account", account.Name.Value), ("token", token));
    }

    /// <summary>True the first time: a log-in is fetched once, also by whoever keeps the cookie.</summary>
    private bool TryFetch(string cookie)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (!_fetched.HasRoom(cookie, now))
            {
                return false;
            }

            _fetched.Add(cookie, now);
            return true;
        }
    }

    private static void Keep(HttpContext http, string text, TimeSpan lifetime) => http.Response.Cookies.Append(Cookie, text, CookieOf(http, lifetime));

    /// <summary>Lax, as the browser comes back from a page of the provider's; no script sees it.</summary>
    private static CookieOptions CookieOf(HttpContext http, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Path = http.Request.PathBase + http.Request.Path.Value![..(http.Request.Path.Value!.LastIndexOf('/') + 1)],
        MaxAge = lifetime,
    };

    /// <summary>Where the provider sends the browser back to, which is beside the address that was asked for.</summary>
    private static string CallbackOf(HttpContext http, string asked)
        => $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}{http.Request.Path.Value![..^asked.Length]}callback";

    private static async Task WriteAsync(HttpContext http, params (string Name, string Value)[] members)
    {
        var body = JsonBody.Encode(json =>
        {
            foreach (var (name, value) in members)
            {
                json.WriteString(name, value);
            }
        });
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
