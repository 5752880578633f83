using System.Text;
using System.Text.Json.Nodes;
using Parley.Conformance.Tests.Support;
using Parley.TestKit.Identity;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>OAUTHBEARER (RFC 7628) and IRCV3BEARER, against an identity provider of the test's own.</summary>
public sealed class BearerTests : BearerTest
{
    [Fact]
    [Quote(OAuthBearer, "client-resp    = (gs2-header kvsep *kvpair kvsep) / kvsep")]
    public async Task A_token_logs_in_by_OAUTHBEARER()
    {
        var client = await NegotiateAsync();

        Assert.Equal(("900", "Ann"), await TryAsync(client, "OAUTHBEARER", $"n,,\u0001host=parley.test\u0001port=6697\u0001auth=Bearer {Provider.Token()}\u0001\u0001"));

        await client.SendAllAsync("NICK Ann", "USER x 0 * :x", "CAP END");
        Assert.Contains(await client.ReadUntilAsync("422"), line => line.Command == "001");
    }

    [Theory]
    [InlineData("jwt")]
    [InlineData("oauth2")]
    [Quote(Ircv3Bearer, "<message>   ::= [authzid] NUL <token_type> NUL <token>", BearerDate)]
    [Quote(Ircv3Bearer, "Servers should accept multi-line `AUTHENTICATE` responses long enough to accommodate any valid token that can arise in practice.", BearerDate)]
    public async Task A_token_logs_in_by_IRCV3BEARER(string type)
    {
        var client = await NegotiateAsync();

        // With groups as large companies have them.
        var token = Provider.Token(change: claims => claims["groups"] = new JsonArray([.. Enumerable.Range(0, 200).Select(number => JsonValue.Create($"group-{number}"))]));

        Assert.Equal(("900", "Ann"), await TryAsync(client, "IRCV3BEARER", Bearer(token, type)));
    }

    [Fact]
    [Quote(Ircv3Bearer, "A bearer token type is a case-sensitive identifier", BearerDate)]
    public async Task Other_kinds_of_tokens_are_refused()
    {
        var client = await NegotiateAsync();

        foreach (var type in new[] { "JWT", "Opaque", "vendor.example/x" })
        {
            Assert.Equal(("904", "SASL authentication failed: Tokens here are jwt or oauth2"), await TryAsync(client, "IRCV3BEARER", Bearer(Provider.Token(), type)));
        }
    }

    [Fact]
    public async Task An_error_of_OAUTHBEARER_says_as_JSON_what_is_wrong_and_then_fails()
    {
        var client = await NegotiateAsync();
        await client.SendAsync("AUTHENTICATE OAUTHBEARER");
        await client.ExpectAsync("AUTHENTICATE");

        await SendAsync(client, OAuth("no.such.token"));

        var error = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String((await client.ExpectAsync("AUTHENTICATE")).Text)))!;
        Assert.Equal("invalid_token", (string?)error["status"]);
        Assert.Equal(Provider.Issuer + "/.well-known/openid-configuration", (string?)error["openid-configuration"]);
        await client.SendAsync("AUTHENTICATE AQ==");
        await client.ExpectAsync("904");
        Assert.Equal(("900", "Ann"), await TryAsync(client, "OAUTHBEARER", OAuth(Provider.Token())));
    }

    public static TheoryData<string, string, Func<LocalProvider, string>> BadTokens => new()
    {
        { "expired", "The token has expired", its => its.Token(change: claims => claims["exp"] = Now(its) - 31) },
        { "of no end", "The token has no end", its => its.Token(change: claims => claims.Remove("exp")) },
        { "of the future", "The token is not valid yet", its => its.Token(change: claims => claims["nbf"] = Now(its) + 31) },
        { "made in the future", "The token is not valid yet", its => its.Token(change: claims => claims["iat"] = Now(its) + 31) },
        { "unsigned", "The token is not signed by the provider", its => SigningKey.Unsigned(its.Claims()) },
        { "signed with the public key", "The token is not signed by the provider", its => its.Key.SignWithPublicKey(its.Claims()) },
        { "signed by another", "The token is not signed by the provider", its => SigningKey.Rsa().Sign(its.Claims()) },
        { "signed by another in its name", "The token is not signed by the provider", its => SigningKey.Rsa().Sign(its.Claims(), header => header["kid"] = its.Key.Id) },
        { "for another audience", "The token is for somebody else", its => its.Token(change: claims => claims["aud"] = "other") },
        { "for no audience", "The token is for somebody else", its => its.Token(change: claims => claims.Remove("aud")) },
        { "of another issuer", "The token is of another provider", its => its.Token(change: claims => claims["iss"] = "https://other.example") },
        { "of nobody", "The token says of nobody who it is", its => its.Token(change: claims => claims.Remove("sub")) },
        { "a notice of log-out", "The token says of nobody who it is", its => its.Token(change: claims => claims["events"] = new JsonObject()) },
        { "of another type", "That is no token that could be checked", its => its.Key.Sign(its.Claims(), header => header["typ"] = "logout+jwt") },
        { "none", "That is no token that could be checked", _ => "correct horse" },
        { "changed", "The token is not signed by the provider", its => Changed(its.Token()) },
    };

    [Theory]
    [MemberData(nameof(BadTokens))]
    [Quote(Sasl31, "If authentication fails, a 904 or 905 numeric will be sent and the client MAY retry from the `AUTHENTICATE <mechanism>` command.")]
    public async Task A_token_that_does_not_hold_logs_nobody_in_and_nothing_of_it_is_kept(string what, string words, Func<LocalProvider, string> make)
    {
        Assert.NotEmpty(what);
        foreach (var (mechanism, message) in new (string, Func<string, string>)[] { ("OAUTHBEARER", token => OAuth(token)), ("IRCV3BEARER", token => Bearer(token)) })
        {
            var client = await NegotiateAsync();

            Assert.Equal(("904", $"SASL authentication failed: {words}"), await TryAsync(client, mechanism, message(make(Provider))));

            await client.SendAllAsync($"NICK Guest{mechanism[0]}", "USER x 0 * :x", "CAP END");
            Assert.Contains(await client.ReadUntilAsync("422"), line => line.Command == "001");
            Assert.DoesNotContain(await client.AskAsync($"WHOIS Guest{mechanism[0]}"), line => line.Command == "330");
        }

        Assert.Equal(["Ann"], (await Store.ListAsync(TestContext.Current.CancellationToken)).Select(account => account.Name.Value));
    }

    [Fact]
    public async Task A_token_holds_until_its_end_and_no_longer()
    {
        var token = Provider.Token();
        Server.Time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(29));
        Assert.Equal(("900", "Ann"), await TryAsync(await NegotiateAsync(), "OAUTHBEARER", OAuth(token)));

        Server.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("904", "SASL authentication failed: The token has expired"), await TryAsync(await NegotiateAsync(), "OAUTHBEARER", OAuth(token)));
    }

    [Theory]
    [InlineData("Bob")]
    [InlineData("Nobody")]
    public async Task Nobody_is_somebody_else_by_a_token(string actFor)
    {
        var client = await NegotiateAsync();

        Assert.Equal("904", (await TryAsync(client, "OAUTHBEARER", OAuth(Provider.Token(), actFor))).Numeric);
        Assert.Equal("904", (await TryAsync(client, "IRCV3BEARER", Bearer(Provider.Token(), actFor: actFor))).Numeric);
        Assert.Equal(("900", "Ann"), await TryAsync(client, "IRCV3BEARER", Bearer(Provider.Token(), actFor: "ANN")));
    }

    [Theory]
    [InlineData("OAUTHBEARER", "")]
    [InlineData("OAUTHBEARER", "\u0001")]
    [InlineData("OAUTHBEARER", "n,,\u0001\u0001")]
    [InlineData("OAUTHBEARER", "n,,\u0001auth=Basic eA==\u0001\u0001")]
    [InlineData("OAUTHBEARER", "p=tls-unique,,\u0001auth=Bearer x\u0001\u0001")]
    [InlineData("OAUTHBEARER", "n,,\u0001auth=Bearer x\u0001")]
    [InlineData("IRCV3BEARER", "jwt\0x")]
    [InlineData("IRCV3BEARER", "\0jwt\0")]
    [InlineData("IRCV3BEARER", "\0jwt\0x\0y")]
    [Quote(Ircv3Bearer, "Bearer tokens MUST NOT contain the NUL byte.", BearerDate)]
    public async Task What_is_no_message_of_the_mechanism_fails(string mechanism, string message)
        => Assert.Equal("904", (await TryAsync(await NegotiateAsync(), mechanism, message.Length == 0 ? "+" : message)).Numeric);

    [Fact]
    public async Task The_name_in_a_token_gives_nobody_an_account_that_is_bound_to_another()
    {
        var client = await NegotiateAsync();

        var answer = await TryAsync(client, "OAUTHBEARER", OAuth(Provider.Token(change: claims => claims["sub"] = "subject-of-mallory")));

        Assert.Equal(("904", "SASL authentication failed: No account here is yours yet: ask the operator of this server to bind one to you"), answer);
    }

    [Fact]
    public async Task The_account_is_its_owners_whatever_name_the_provider_has_by_now()
        => Assert.Equal(("900", "Ann"), await TryAsync(await NegotiateAsync(), "OAUTHBEARER", OAuth(Provider.Token(change: claims => claims["preferred_username"] = "Annabel"))));

    private static long Now(LocalProvider provider) => (long)provider.Claims()["iat"]!;

    /// <summary>The token with another person in it, and the signature that it had.</summary>
    private static string Changed(string token)
    {
        var parts = token.Split('.');
        var claims = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]))!;
        claims["sub"] = "subject-of-mallory";
        return $"{parts[0]}.{System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}.{parts[2]}";
    }
}
