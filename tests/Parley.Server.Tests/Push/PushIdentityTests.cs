using Parley.Server.Options;
using Parley.Server.Push;
using Parley.TestKit;

namespace Parley.Server.Tests.Push;

/// <summary>https://www.rfc-editor.org/rfc/rfc8292</summary>
public sealed class PushIdentityTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("https://push.example/wpush/v2/abc?d", "https://push.example")]
    [InlineData("https://push.example:443/", "https://push.example")]
    [InlineData("https://push.example:8443/abc", "https://push.example:8443")]
    [InlineData("https://[2a00::1]:8443/abc", "https://[2a00::1]:8443")]
    [InlineData("https://pusch-für-alle.example/abc", "https://xn--pusch-fr-alle-2ob.example")]
    public void A_request_is_signed_for_its_service_and_for_half_a_day(string endpoint, string audience)
    {
        using var identity = new PushIdentity(PushIdentity.CreateKey(), "mailto:root@example.org");

        using var request = new HttpRequestMessage();
        request.Headers.Authorization = new("vapid", identity.Authorize(new Uri(endpoint), Noon));
        var claims = new PushRequest(endpoint, request.Headers, "", []).Claims(identity.PublicKey);

        Assert.Equal(audience, claims.GetProperty("aud").GetString());
        Assert.Equal(Noon.AddHours(12).ToUnixTimeSeconds(), claims.GetProperty("exp").GetInt64());
        Assert.Equal("mailto:root@example.org", claims.GetProperty("sub").GetString());
    }

    [Fact]
    public void A_key_that_was_kept_is_the_same()
    {
        var kept = PushIdentity.CreateKey();
        using var first = new PushIdentity(kept, null);
        using var again = new PushIdentity(kept, null);

        Assert.Equal(first.PublicKey, again.PublicKey);
    }

    [Theory]
    [InlineData("none", null)]
    [InlineData("ask at the desk", null)]
    [InlineData("root@example.org", "mailto:root@example.org")]
    public void The_operator_is_named_where_there_is_an_address(string admin, string? contact)
        => Assert.Equal(contact, new ParleyOptions { AdminEmail = admin }.PushContact);
}
