using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Server.Accounts;
using Parley.Server.Moderation;
using Parley.Server.Options;

namespace Parley.Server.Http.Accounts;

/// <summary>
/// <c>/account/...</c>: what people do about their own accounts, for the page and for programs. docs/operations/accounts.md is its specification.
/// </summary>
internal sealed class AccountEndpoints(
    AccountDesk desk, PasswordLogin passwords, LoginRevocation revocation, ServerBans bans, OriginRule origins, LoopbackRule loopback, ParleyOptions options)
{
    private const string NeedsPassword = "That takes the password of your account, too";
    private const string NeedsProvider = "It is too long ago that you logged in: log out and in again where you did, and do it within ten minutes, or give the password of your account, too";
    private const string LogInFirst = "Log in first: show the token of this browser or program (Bearer)";

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/account");
        group.MapGet("/features", http => WriteAsync(http, new AccountReply
        {
            Registration = options is { Accounts: RegistrationPolicy.Open, HasAuthCommand: false },
            NeedsEmail = options.RequireEmail,
            Recovery = desk.Recovery.IsOn,
            NeedsAccount = options.RequireAccount,
            TakesPasskeys = options.AccountPasskeys > 0,
            Passwords = !options.HasAuthCommand,
        }));
        Map(group, "/register", RegisterAsync);
        Map(group, "/verify", VerifyAsync);
        Map(group, "/recover", (_, call, address) => new(Recover(call, address)));
        Map(group, "/reset", ResetAsync);
        Map(group, "/login", LogInAsync);
        Map(group, "/devices", DevicesAsync);
        Map(group, "/logout", LogOutAsync);
        Map(group, "/password", SetPasswordAsync);
        Map(group, "/email", EmailAsync);
        Map(group, "/email/verify", EmailVerifyAsync);
    }

    /// <summary>The account whose device asks, and the device.</summary>
    /// <exception cref="ProblemException">Nobody's does.</exception>
    public async ValueTask<(Account Account, Device Device)> AuthenticateAsync(HttpContext http)
    {
        var token = AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization.ToString(), out var shown)
            && shown.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? shown.Parameter ?? "" : "";
        var found = await desk.Devices.FindAsync(token, http.RequestAborted) ?? throw new ProblemException(StatusCodes.Status401Unauthorized, LogInFirst);
        RefuseBanned(found.Account.Id);
        return found;
    }

    /// <summary>Logs the browser or program in that asks.</summary>
    /// <exception cref="ProblemException">The account is banned.</exception>
    public async ValueTask<AccountReply> AdmitAsync(HttpContext http, ProvenAccount account, string? name, LoginProof? proof = null)
    {
        RefuseBanned(account.Id);
        var (_, token) = await IssueAsync(account, string.IsNullOrWhiteSpace(name) ? DeviceName.Of(http.Request) : name, proof, http.RequestAborted);
        return new AccountReply { Account = account.Name.Value, Token = token };
    }

    private async ValueTask<(Device Device, string Token)> IssueAsync(ProvenAccount account, string name, LoginProof? proof, CancellationToken cancellationToken)
    {
        var (device, token) = await desk.Devices.IssueAsync(account, name, cancellationToken);
        if (await revocation.HoldsAsync(account, proof, cancellationToken))
        {
            return (device, token);
        }

        // The account had another password meanwhile, or was removed.
        await desk.Devices.RemoveAsync(account.Id, device.Id, CancellationToken.None);
        throw new ProblemException(StatusCodes.Status403Forbidden, LoginRefusals.Wrong);
    }

    /// <summary>The account whose device asks for what outlasts the device, which takes the password.</summary>
    /// <exception cref="ProblemException">Nobody's does, or the password is another.</exception>
    public async ValueTask<Account> ProveAsync(HttpContext http, AccountCall call, System.Net.IPAddress? address)
    {
        var (account, device) = await AuthenticateAsync(http);
        return desk.Passwords.IsProof(device) ? account
            : device.Outside.Length > 0 && string.IsNullOrEmpty(call.Password) ? throw new ProblemException(StatusCodes.Status403Forbidden, NeedsProvider)
            : await desk.Passwords.ProveAsync(account.Proven, call.Password ?? "", address, http.RequestAborted) is { } refusal
                ? throw new ProblemException(StatusCodes.Status403Forbidden, string.IsNullOrEmpty(call.Password) ? NeedsPassword : refusal)
            : account;
    }

    /// <summary>Maps a method that takes an object of JSON.</summary>
    public void Map(IEndpointRouteBuilder routes, string path, Func<HttpContext, AccountCall, System.Net.IPAddress?, ValueTask<AccountReply>> answer)
        => routes.MapPost(path, http => AnswerAsync(http, async () => await WriteAsync(http, await answer(http, AccountJson.Parse(await ReadAsync(http)), http.Connection.RemoteIpAddress))));

    /// <summary>Answers a request that others cannot read along, and that no other page makes.</summary>
    public async Task AnswerAsync(HttpContext http, Func<Task> answer)
    {
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            if (!http.Request.IsHttps && !loopback.IsFromHere(http))
            {
                throw new ProblemException(StatusCodes.Status403Forbidden, "Others could read along: come over https (see --http-proxy-from where a proxy has that)");
            }

            if (!origins.Allows(http.Request))
            {
                throw new ProblemException(StatusCodes.Status403Forbidden, "This is for the server's own page");
            }

            await answer();
        }
        catch (ProblemException e)
        {
            await e.Problem.WriteAsync(http);
        }
        catch (AccountStoreException)
        {
            await new Problem(StatusCodes.Status503ServiceUnavailable, "Accounts cannot be looked up or changed now, try again later").WriteAsync(http);
        }
    }

    /// <summary>Reads a body that is not too long.</summary>
    public static async Task<byte[]> ReadAsync(HttpContext http)
    {
        var body = new byte[AccountJson.MaxRequestBytes + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, http.RequestAborted);
        return length <= AccountJson.MaxRequestBytes ? body[..length]
            : throw new ProblemException(StatusCodes.Status413PayloadTooLarge, $"A request can only be {AccountJson.MaxRequestBytes} bytes long");
    }

    private static Task WriteAsync(HttpContext http, AccountReply reply) => WriteAsync(http, JsonSerializer.SerializeToUtf8Bytes(reply, AccountJson.Default.AccountReply));

    /// <summary>Writes an object of JSON.</summary>
    public static async Task WriteAsync(HttpContext http, byte[] body)
    {
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private async ValueTask<AccountReply> RegisterAsync(HttpContext http, AccountCall call, System.Net.IPAddress? address)
    {
        var wish = new RegistrationWish(NameOf(call), call.Password ?? "") { Email = string.IsNullOrWhiteSpace(call.Email) ? null : call.Email, Invitation = call.Invitation ?? "" };
        return await ReplyAsync(http, call, await desk.Registrar.RegisterAsync(wish, address, http.RequestAborted));
    }

    private async ValueTask<AccountReply> VerifyAsync(HttpContext http, AccountCall call, System.Net.IPAddress? address)
        => await ReplyAsync(http, call, await desk.Registrar.VerifyAsync(NameOf(call), call.Code ?? "", userId: 0, address, http.RequestAborted));

    private async ValueTask<AccountReply> ReplyAsync(HttpContext http, AccountCall call, RegistrationOutcome outcome)
    {
        if (outcome.Refusal is { } refusal)
        {
            throw new ProblemException(StatusOf(refusal.Kind), refusal.Reason);
        }

        return outcome.Account is { } account
            ? await AdmitAsync(http, account.Proven, call.Name, outcome.Proof) with { Detail = outcome.Words.Length == 0 ? null : outcome.Words }
            : new AccountReply { Pending = true, Detail = outcome.Words };
    }

    private AccountReply Recover(AccountCall call, System.Net.IPAddress? address)
    {
        var (isTaken, words) = desk.Recovery.Begin(call.Account ?? "", address);
        return isTaken ? new AccountReply { Detail = words } : throw new ProblemException(StatusCodes.Status403Forbidden, words);
    }

    private async ValueTask<AccountReply> ResetAsync(HttpContext http, AccountCall call, System.Net.IPAddress? address)
        => await desk.Recovery.EndAsync(call.Account ?? "", call.Code ?? "", call.Password ?? "", address, http.RequestAborted) is { } refusal
            ? throw new ProblemException(StatusCodes.Status403Forbidden, refusal)
            : new AccountReply { Account = NameOf(call).Value, Detail = "Your account has another password, and everything else is logged out" };

    private async ValueTask<AccountReply> LogInAsync(HttpContext http, AccountCall call, System.Net.IPAddress? address)
    {
        var (account, refusal, proof) = await passwords.TryAsync(call.Account ?? "", call.Password ?? "", address, http.RequestAborted, takesTokens: false);
        return account is null ? throw new ProblemException(StatusCodes.Status403Forbidden, refusal) : await AdmitAsync(http, account.Proven, call.Name, proof);
    }

    private async ValueTask<AccountReply> DevicesAsync(HttpContext http, AccountCall call, System.Net.IPAddress? address)
    {
        var (account, device) = await AuthenticateAsync(http);
        var devices = await desk.Devices.ListAsync(account.Id, http.RequestAborted);
        return new AccountReply
        {
            Account = account.Name.Value,
            Devices = [.. devices.Select(each => new DeviceAnswer(each.Id, each.Name, each.Made, each.LastSeen, each.Id == device.Id))],
        };
    }

    /// <summary>Logs out the device of a number, or all, or the one that asks; or the one whose token has a hash, for whoever has forgotten the token.</summary>
    private async ValueTask<AccountReply> LogOutAsync(HttpContext http, AccountCall call, System.Net.IPAddress? address)
    {
        if (call.Hash is { } hash)
        {
            await desk.Devices.RemoveAsync(hash, http.RequestAborted);
            return new AccountReply();
        }

        var (account, device) = await AuthenticateAsync(http);
        if (call.All)
        {
            await desk.Devices.RemoveAllAsync(account.Id, http.RequestAborted);
        }
        else if (await desk.Devices.RemoveAsync(account.Id, call.Device == 0 ? device.Id : call.Device, http.RequestAborted) is null)
        {
            throw new ProblemException(StatusCodes.Status404NotFound, "Nothing of that number is logged in to your account");
        }

        return new AccountReply { Account = account.Name.Value };
    }

    /// <summary>Sets another password. The sessions of the device that asks, from where it asks, go on, and it has another token.</summary>
    private async ValueTask<AccountReply> SetPasswordAsync(HttpContext http, AccountCall call, System.Net.IPAddress? address)
    {
        var (account, device) = await AuthenticateAsync(http);
        var staying = revocation.Of(account.Id, device.Id, address);
        var (refusal, proof) = await desk.Passwords.SetAsync(account.Proven, call.Password ?? "", call.NewPassword ?? "", address, staying, http.RequestAborted);
        if (refusal is not null)
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, refusal);
        }

        var (renewed, token) = await IssueAsync(account.Proven, device.Name, proof, CancellationToken.None);
        foreach (var session in staying)
        {
            session.Proof = new LoginProof(renewed.Id);
        }

        return new AccountReply { Account = account.Name.Value, Token = token, Detail = "Your account has another password, and everything else is logged out" };
    }

    private async ValueTask<AccountReply> EmailAsync(HttpContext http, AccountCall call, System.Net.IPAddress? address)
    {
        var account = await ProveAsync(http, call, address);
        return new AccountReply { Detail = await desk.Addresses.BeginAsync(account.Proven, call.Email ?? "", address, http.RequestAborted) };
    }

    private async ValueTask<AccountReply> EmailVerifyAsync(HttpContext http, AccountCall call, System.Net.IPAddress? address)
    {
        var (account, _) = await AuthenticateAsync(http);
        var (isProven, words) = await desk.Addresses.EndAsync(account.Proven, call.Code ?? "", address, http.RequestAborted);
        return isProven ? new AccountReply { Detail = words } : throw new ProblemException(StatusCodes.Status403Forbidden, words);
    }

    private void RefuseBanned(AccountId account)
    {
        if (ServerBans.Words(bans.Find(account)) is { } banned)
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, banned);
        }
    }

    private static UserName NameOf(AccountCall call)
        => UserName.TryParse(call.Account, out var name) ? name : throw new ProblemException(StatusCodes.Status400BadRequest, NameWords.Rule(call.Account ?? "", "Account names"));

    private static int StatusOf(AccountRefusalKind kind) => kind switch
    {
        AccountRefusalKind.NameTaken or AccountRefusalKind.NameWorn => StatusCodes.Status409Conflict,
        AccountRefusalKind.TooManyAttempts => StatusCodes.Status429TooManyRequests,
        AccountRefusalKind.MailFails => StatusCodes.Status503ServiceUnavailable,
        AccountRefusalKind.WeakPassword or AccountRefusalKind.UnacceptablePassword or AccountRefusalKind.UnacceptableName or AccountRefusalKind.InvalidEmail => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status403Forbidden,
    };
}
