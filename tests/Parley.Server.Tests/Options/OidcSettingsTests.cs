using Parley.Server.Options;

namespace Parley.Server.Tests.Options;

/// <summary>Settings about an identity provider: what they need of each other.</summary>
public sealed class OidcSettingsTests
{
    [Theory]
    [InlineData("https://id.example", "parley", "")]
    [InlineData("http://127.0.0.1:8080/realms/x", "parley", "")]
    [InlineData("http://id.example", "parley", "oidc-issuer: 'http://id.example' will not do: give a URL such as https://id.example.org, without a query; http is for this machine alone")]
    [InlineData("id.example", "parley", "oidc-issuer: 'id.example' will not do: give a URL such as https://id.example.org, without a query; http is for this machine alone")]
    [InlineData("https://id.example/?a=b", "parley", "oidc-issuer: 'https://id.example/?a=b' will not do: give a URL such as https://id.example.org, without a query; http is for this machine alone")]
    [InlineData("https://id.example", "none", "oidc-audience: anybody's tokens would do: give --oidc-audience NAME or --oidc-client ID")]
    [InlineData("none", "none", "")]
    public void A_provider_is_given_by_an_encrypted_address_and_what_its_tokens_are_for(string issuer, string audience, string fault)
        => Assert.Equal(fault, string.Concat(SettingsCheck.Faults(new ParleyOptions { OidcIssuer = issuer, OidcAudience = audience })));
}
