using Parley.Server.Options;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>An identity provider that takes requests and does not answer them.</summary>
public sealed class BearerTimeoutTests : BearerTest
{
    [Fact]
    public async Task A_log_in_waits_no_longer_for_a_silent_provider_than_is_set()
    {
        Provider.IsSilent = true;

        Assert.Equal(
            ("904", "SASL authentication failed: Tokens cannot be checked now, try again later"),
            await TryAsync(await NegotiateAsync(), "OAUTHBEARER", OAuth(Provider.Token())));
    }

    private protected override void Configure(ParleyOptions options) => options.OidcTimeout = TimeSpan.FromMilliseconds(50);
}
