using Parley.Conformance.Tests.Support;
using Parley.Server.Options;
using Parley.TestKit.Identity;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>Limits on log-ins by tokens, which are those of passwords.</summary>
public sealed class BearerLimitTests : BearerTest
{
    private string _gateways = "";

    [Fact]
    public async Task Attempts_that_fail_count_with_those_of_passwords_and_those_that_succeed_do_not()
    {
        var client = await NegotiateAsync();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal("900", (await TryAsync(client, "OAUTHBEARER", OAuth(Provider.Token()))).Numeric);
        }

        await TryAsync(client, "OAUTHBEARER", OAuth("x.y.z"));
        await TryAsync(client, "IRCV3BEARER", Bearer("x.y.z"));
        await TryAsync(client, "PLAIN", "\0Ann\0wrong horse");

        const string refusal = "SASL authentication failed: Too many attempts to log in (at most 3 a minute), try again in a minute";
        Assert.Equal(("904", refusal), await TryAsync(client, "OAUTHBEARER", OAuth(Provider.Token())));
        Assert.Equal(("904", refusal), await TryAsync(client, "PLAIN", $"\0Ann\0{Password}"));
        Server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("900", (await TryAsync(await NegotiateAsync(), "OAUTHBEARER", OAuth(Provider.Token()))).Numeric);
    }

    [Fact]
    public async Task A_token_that_is_longer_than_a_SASL_message_may_be_is_905()
    {
        var client = await NegotiateAsync();
        await client.SendAsync("AUTHENTICATE IRCV3BEARER");
        await client.ExpectAsync("AUTHENTICATE");
        for (var chunk = 0; chunk <= 20; chunk++)
        {
            await client.SendAsync($"AUTHENTICATE {new string('A', 400)}");
        }

        await client.ExpectAsync("905");
    }

    [Fact]
    [Quote("https://www.rfc-editor.org/rfc/rfc6750#section-5.3", "Clients MUST always use TLS [RFC5246] (https) or equivalent transport security when making requests with bearer tokens.")]
    public async Task Tokens_are_taken_where_nobody_can_read_along_and_offered_nowhere_else()
    {
        var offer = await (await Server.ConnectAsync()).AskAsync("CAP LS 302");
        Assert.Contains("sasl=SCRAM-SHA-256,PLAIN,OAUTHBEARER,IRCV3BEARER", offer.SelectMany(line => line.Text.Split(' ')));

        // A gateway on this machine that speaks for somebody whose own way to it is in plain text.
        var outside = await Server.ConnectAsync();
        await outside.SendAsync("WEBIRC secret gateway host 192.0.2.7");
        offer = await outside.AskAsync("CAP LS 302");
        Assert.Contains("sasl=SCRAM-SHA-256,PLAIN", offer.SelectMany(line => line.Text.Split(' ')));
        await outside.SendAsync("AUTHENTICATE OAUTHBEARER");
        await outside.ExpectAsync("908");
        await outside.ExpectAsync("904");
    }

    private protected override void Configure(ParleyOptions options)
    {
        options.ExemptLoopback = false;
        options.CommandBurst = 1000;
        options.Webirc = Path.Combine(Path.GetTempPath(), $"parley-gateways-{Guid.NewGuid():N}");
        File.WriteAllText(options.Webirc, "127.0.0.1 secret\n");
        _gateways = options.Webirc;
    }

    private protected override async ValueTask CleanUpAsync()
    {
        File.Delete(_gateways);
        await base.CleanUpAsync();
    }
}
