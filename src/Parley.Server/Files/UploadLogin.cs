using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Parley.Core.Accounts;
using Parley.Server.Accounts;
using Parley.Server.Http;
using Parley.Server.Irc.AuthTokens;
using Parley.Server.Moderation;

namespace Parley.Server.Files;

/// <summary>
/// Tells who uploads: by name and password, as on the IRC connection with SASL PLAIN, or by a token that this connection was given with
/// <c>TOKEN GENERATE FILEHOST</c>, so that a page need not know the password.
/// </summary>
internal sealed class UploadLogin(PasswordLogin passwords, LoginRevocation revocation, TokenDesk tokens, FileHost host, ServerBans bans)
{
    private const string Challenge = "Basic realm=\"Parley\", charset=\"UTF-8\", Bearer";

    /// <exception cref="ProblemException">It is nobody who may.</exception>
    public async Task<Uploader> AuthenticateAsync(HttpContext http)
    {
        if (AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization.ToString(), out var shown) && shown.Parameter is { } parameter)
        {
            if (shown.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            {
                return await OfTokenAsync(parameter, http.RequestAborted);
            }

            if (shown.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && TryReadBasic(parameter, out var name, out var password))
            {
                var (account, refusal, _) = await passwords.TryAsync(name, password, http.Connection.RemoteIpAddress, http.RequestAborted);
                return account is null ? throw Refused(refusal) : Admitted(new Uploader(Identity.Of(account.Id)), account.Id);
            }
        }

        throw Refused("Log in to upload: give the name and the password of your account (HTTP Basic), or a token from TOKEN GENERATE FILEHOST");
    }

    private async ValueTask<Uploader> OfTokenAsync(string token, CancellationToken cancellationToken) => tokens.Redeem(FileHost.ServiceName, token) switch
    {
        // It ends with what its owner had logged in by.
        { Login: { } login } issued when await revocation.HoldsAsync(login, issued.Proof, cancellationToken) => Admitted(new Uploader(Identity.Of(login.Id)), login.Id),
        { Login: null, IsOrphaned: false } issued when !host.NeedsAccount => new Uploader(Identity.OfGuest(issued.UserId)),
        _ => throw Refused("The token is used, expired or none: ask for another with TOKEN GENERATE FILEHOST"),
    };

    private Uploader Admitted(Uploader uploader, AccountId account)
        => ServerBans.Words(bans.Find(account)) is { } banned ? throw new ProblemException(StatusCodes.Status403Forbidden, banned) : uploader;

    private static bool TryReadBasic(string credentials, out string name, out string password)
    {
        var bytes = new byte[credentials.Length];
        if (Convert.TryFromBase64String(credentials, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var user, var secret])
        {
            (name, password) = (user, secret);
            return true;
        }

        (name, password) = ("", "");
        return false;
    }

    private static ProblemException Refused(string detail) => new(new Problem(StatusCodes.Status401Unauthorized, detail) { Challenge = Challenge });
}
