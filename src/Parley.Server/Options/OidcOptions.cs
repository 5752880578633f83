using Parley.Core.Text;

namespace Parley.Server.Options;

/// <summary>The identity provider that the settings name.</summary>
/// <param name="Issuer">The provider, by the URL that it calls itself.</param>
/// <param name="Audiences">What tokens are to be made for, one of these.</param>
/// <param name="KeyFile">The file with the keys that tokens are signed with; null if the provider publishes them.</param>
/// <param name="NameClaim">The claim that names a new account.</param>
internal sealed record OidcOptions(string Issuer, IReadOnlyList<string> Audiences, string? KeyFile, string NameClaim)
{
    private const string Discovery = "discovery";

    /// <summary>The page's own client at the provider; null if people do not log in there from the page.</summary>
    public string? Client { get; private init; }

    /// <summary>Time that the provider may take to answer.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Where the provider says what it has and where.</summary>
    public string DiscoveryAddress => Issuer.TrimEnd('/') + "/.well-known/openid-configuration";

    /// <summary>The provider of some settings; null if they name none.</summary>
    public static OidcOptions? Of(ParleyOptions options)
    {
        if (ParleyOptions.IsNone(options.OidcIssuer))
        {
            return null;
        }

        var client = ParleyOptions.IsNone(options.OidcClient) ? null : options.OidcClient;
        string[] audiences = [.. Words(options.OidcAudience), .. client is null ? [] : new[] { client }];
        return new OidcOptions(options.OidcIssuer, audiences, IsDiscovery(options.OidcKeys) ? null : options.OidcKeys, options.OidcClaim)
        {
            Client = client,
            Timeout = options.OidcTimeout,
        };
    }

    /// <summary>A line for each setting at fault, which begins with its name.</summary>
    public static IEnumerable<string> Faults(ParleyOptions options)
    {
        if (Of(options) is not { } provider)
        {
            yield break;
        }

        if (!AbsoluteUrl.TryParse(provider.Issuer, out var issuer)
            || !(issuer.Scheme == Uri.UriSchemeHttps || (issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback))
            || issuer.Query.Length + issuer.Fragment.Length > 0)
        {
            yield return $"oidc-issuer: '{provider.Issuer}' will not do: give a URL such as https://id.example.org, without a query; http is for this machine alone";
        }
        else if (provider.Audiences.Count == 0)
        {
            yield return $"oidc-audience: anybody's tokens would do: give {options.NameOf("oidc-audience", "NAME")} or {options.NameOf("oidc-client", "ID")}";
        }
    }

    private static bool IsDiscovery(string keys) => string.Equals(keys, Discovery, StringComparison.OrdinalIgnoreCase);

    private static string[] Words(string list)
        => ParleyOptions.IsNone(list) ? [] : list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
