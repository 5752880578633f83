using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Core.Text;
using Parley.Server.Accounts;
using Parley.Server.Json;
using Parley.Server.Options;

namespace Parley.Server.Http.Accounts;

/// <summary><c>/account/passkeys/...</c>, <c>/account/passkey/...</c>: the passkeys of an account, and log-in by one. docs/operations/accounts.md is its specification.</summary>
internal sealed class PasskeyEndpoints(PasskeyLogin passkeys, AccountEndpoints endpoints, ParleyOptions options)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        if (!passkeys.IsOn)
        {
            return;
        }

        var group = routes.MapGroup("/account");
        endpoints.Map(group, "/passkeys", ListAsync);
        endpoints.Map(group, "/passkeys/end", EndAsync);
        endpoints.Map(group, "/passkeys/remove", RemoveAsync);
        endpoints.Map(group, "/passkey/end", EndLoginAsync);
        group.MapPost("/passkeys/begin", http => endpoints.AnswerAsync(http, async () =>
        {
            var account = await endpoints.ProveAsync(http, AccountJson.Parse(await AccountEndpoints.ReadAsync(http)), http.Connection.RemoteIpAddress);
            await WriteAsync(http, await passkeys.BeginAsync(account.Proven, SiteOf(http), http.Connection.RemoteIpAddress, http.RequestAborted));
        }));
        group.MapPost("/passkey/begin", http => endpoints.AnswerAsync(http, () => WriteAsync(http, passkeys.BeginLogin(SiteOf(http), http.Connection.RemoteIpAddress))));
    }

    private async ValueTask<AccountReply> ListAsync(HttpContext http, AccountCall call, IPAddress? address)
    {
        var (account, _) = await endpoints.AuthenticateAsync(http);
        var all = await passkeys.ListAsync(account.Id, http.RequestAborted);
        return new AccountReply { Account = account.Name.Value, Passkeys = [.. all.Select(each => new PasskeyAnswer(each.Id, each.Name, each.Made, each.Used))] };
    }

    private async ValueTask<AccountReply> EndAsync(HttpContext http, AccountCall call, IPAddress? address)
    {
        var (account, _) = await endpoints.AuthenticateAsync(http);
        var name = string.IsNullOrWhiteSpace(call.Name) ? DeviceName.Of(http.Request) : call.Name;
        return await passkeys.EndAsync(account.Proven, call.Id ?? "", call.Response, name, SiteOf(http), http.RequestAborted) is { } refusal
            ? throw new ProblemException(StatusCodes.Status403Forbidden, refusal)
            : new AccountReply { Account = account.Name.Value };
    }

    private async ValueTask<AccountReply> RemoveAsync(HttpContext http, AccountCall call, IPAddress? address)
    {
        var (account, device) = await endpoints.AuthenticateAsync(http);
        return await passkeys.RemoveAsync(account.Id, call.Passkey, device.Id, address, http.RequestAborted) is null
            ? throw new ProblemException(StatusCodes.Status404NotFound, "Your account has no passkey of that number")
            : new AccountReply { Account = account.Name.Value };
    }

    private async ValueTask<AccountReply> EndLoginAsync(HttpContext http, AccountCall call, IPAddress? address)
    {
        var (account, refusal, proof) = await passkeys.EndLoginAsync(call.Id ?? "", call.Response, SiteOf(http), address, http.RequestAborted);
        return account is null ? throw new ProblemException(StatusCodes.Status403Forbidden, refusal) : await endpoints.AdmitAsync(http, account.Proven, call.Name, proof);
    }

    private static Task WriteAsync(HttpContext http, (string Id, string Question) begun) => AccountEndpoints.WriteAsync(http, JsonBody.Encode(json =>
    {
        json.WriteString("id", begun.Id);
        json.WritePropertyName("question");
        json.WriteRawValue(begun.Question);
    }));

    /// <summary>The page that asks: of this server, by the name that it was asked for, which the host rule has let through.</summary>
    /// <exception cref="ProblemException">It is at another port than this server, so it may be anybody's.</exception>
    private PasskeySite SiteOf(HttpContext http)
    {
        // Browsers say of which page a request is, and a proxy may have ended the TLS.
        var said = http.Request.Headers.Origin.ToString();
        var origin = said.Length > 0 ? said : $"{http.Request.Scheme}://{http.Request.Host}";

        // Whoever asks names the port, and passkeys are of a host whatever its port: a page of another server there could have a question of ours answered.
        var isOwn = AbsoluteUrl.TryParse(origin, out var page)
            && (AbsoluteUrl.TryParse(options.WebUrl, out var own) ? page.Authority == own.Authority : page.IsDefaultPort || page.Port == http.Connection.LocalPort);
        return isOwn ? new PasskeySite(http.Request.Host.Host, origin)
            : throw new ProblemException(StatusCodes.Status403Forbidden, "This is for the server's own page: where a proxy has it at another port, set --web-url to its address");
    }
}
