using Parley.Conformance.Tests.Support;
using Parley.TestKit.Identity;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>Keys of an identity provider: they change, and it may not answer.</summary>
public sealed class BearerKeyTests : BearerTest
{
    /// <summary>The least time between two requests to the provider.</summary>
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Keys_may_be_of_either_kind()
    {
        await LogsInAsync();
        Provider.Rotate(SigningKey.Curve());
        Server.Time.Advance(Minute);

        await LogsInAsync();
    }

    [Fact]
    public async Task A_key_of_a_kind_that_is_not_known_here_is_passed_over_and_its_tokens_are_refused()
    {
        Provider.OtherKeys = [SigningKey.Edwards("ed")];
        var token = Provider.Key.Sign(Provider.Claims(), header => (header["alg"], header["kid"]) = ("EdDSA", "ed"));

        await LogsInAsync();

        Assert.Equal(("904", "SASL authentication failed: The token is not signed by the provider"), await TryAsync(await NegotiateAsync(), "OAUTHBEARER", OAuth(token)));
    }

    [Fact]
    public async Task A_new_key_holds_at_its_first_token_and_one_that_is_gone_no_longer_than_the_keys_are_known()
    {
        await LogsInAsync();
        var old = Provider.Token(change: claims => claims["exp"] = (long)claims["exp"]! + 7200);
        Provider.Rotate(SigningKey.Rsa());
        Server.Time.Advance(Minute);

        await LogsInAsync();

        Assert.Equal(("904", "SASL authentication failed: The token is not signed by the provider"), await TryAsync(await NegotiateAsync(), "OAUTHBEARER", OAuth(old)));
    }

    [Fact]
    public async Task An_old_key_that_is_still_published_holds()
    {
        var old = Provider.Token();
        Provider.Rotate(SigningKey.Curve(), keepsOld: true);

        await LogsInAsync();

        Assert.Equal("900", (await TryAsync(await NegotiateAsync(), "OAUTHBEARER", OAuth(old))).Numeric);
    }

    [Fact]
    public async Task Tokens_of_unknown_keys_have_the_provider_asked_once_a_minute_at_most()
    {
        await LogsInAsync();
        var before = Provider.KeyRequests;
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal("904", (await TryAsync(await NegotiateAsync(), "OAUTHBEARER", OAuth(SigningKey.Curve().Sign(Provider.Claims())))).Numeric);
        }

        Assert.Equal(before, Provider.KeyRequests);
        Server.Time.Advance(Minute);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal("904", (await TryAsync(await NegotiateAsync(), "OAUTHBEARER", OAuth(SigningKey.Curve().Sign(Provider.Claims())))).Numeric);
        }

        Assert.Equal(before + 1, Provider.KeyRequests);
    }

    [Fact]
    public async Task A_key_that_the_provider_has_withdrawn_holds_for_an_hour_at_most()
    {
        await LogsInAsync();
        var old = Provider.Token(change: claims => claims["exp"] = (long)claims["exp"]! + 7200);
        Provider.Rotate(SigningKey.Rsa());
        Server.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("900", (await TryAsync(await NegotiateAsync(), "OAUTHBEARER", OAuth(old))).Numeric);

        Server.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("904", (await TryAsync(await NegotiateAsync(), "OAUTHBEARER", OAuth(old))).Numeric);
    }

    [Fact]
    public async Task While_the_provider_does_not_answer_its_last_keys_hold_for_a_day_and_without_any_nobody_comes_in()
    {
        Provider.IsBroken = true;
        Assert.Equal(("904", "SASL authentication failed: Tokens cannot be checked now, try again later"), await TryAsync(await NegotiateAsync(), "OAUTHBEARER", OAuth(Provider.Token())));
        Assert.Contains(Server.Log.Entries, entry => entry.Id == 701);

        Provider.IsBroken = false;
        Server.Time.Advance(Minute);
        await LogsInAsync();

        Provider.IsBroken = true;
        Server.Time.Advance(TimeSpan.FromHours(24));
        await LogsInAsync(24);
        Server.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("904", (await TryAsync(await NegotiateAsync(), "OAUTHBEARER", OAuth(TokenAfter(24)))).Numeric);
    }

    [Fact]
    public async Task Keys_may_be_in_a_file_which_is_read_again_when_a_token_names_another()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Provider.PublicKeys().ToJsonString(), TestContext.Current.CancellationToken);
        await using var server = await IrcServer.StartAsync(
            options => (options.OidcIssuer, options.OidcAudience, options.OidcKeys) = (Provider.Issuer, LocalProvider.Client, file), accounts: Store);
        async Task<string> LogInAsync()
        {
            var client = await server.ConnectAsync();
            await client.SendAllAsync("CAP LS 302", "CAP REQ :sasl");
            await client.SyncAsync();
            return (await TryAsync(client, "OAUTHBEARER", OAuth(Provider.Token()))).Numeric;
        }

        Assert.Equal("900", await LogInAsync());
        Provider.Rotate(SigningKey.Curve());
        server.Time.Advance(Minute);
        Assert.Equal("904", await LogInAsync());
        await File.WriteAllTextAsync(file, Provider.PublicKeys().ToJsonString(), TestContext.Current.CancellationToken);
        server.Time.Advance(Minute);
        Assert.Equal("900", await LogInAsync());
        await File.WriteAllTextAsync(file, "{", TestContext.Current.CancellationToken);
        server.Time.Advance(TimeSpan.FromHours(1) + Minute);
        Provider.Rotate(SigningKey.Curve(), keepsOld: true);
        Assert.Equal("904", await LogInAsync());
        Assert.Contains(server.Log.Entries, entry => entry.Id == 701);
        File.Delete(file);
    }

    private string TokenAfter(int hours) => Provider.Token(change: claims => claims["exp"] = (long)claims["exp"]! + ((hours + 1) * 3600));

    private async Task LogsInAsync(int hours = 0)
        => Assert.Equal(("900", "Ann"), await TryAsync(await NegotiateAsync(), "OAUTHBEARER", OAuth(TokenAfter(hours))));
}
