using System.Text;
using Parley.Conformance.Tests.Support;
using Parley.Core.Accounts;
using Parley.Server.Accounts.Outside;
using Parley.Server.Options;
using Parley.TestKit;
using Parley.TestKit.Identity;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>Tests with a server that takes the tokens of an identity provider, who knows Ann: her account is bound to her there.</summary>
public abstract class BearerTest : AccountTest
{
    private protected const string OAuthBearer = "https://www.rfc-editor.org/rfc/rfc7628";
    private protected const string Ircv3Bearer = "https://github.com/ircv3/ircv3-specifications/pull/545";
    private protected const string BearerDate = "2025-11-06";

    private LocalProvider? _provider;

    private protected LocalProvider Provider => _provider!;

    private protected virtual OutsideAccountPolicy Policy => OutsideAccountPolicy.Existing;

    /// <summary>The message of OAUTHBEARER with a token.</summary>
    private protected static string OAuth(string token, string actFor = "") => $"n,{(actFor.Length > 0 ? "a=" + actFor : "")},\u0001auth=Bearer {token}\u0001\u0001";

    /// <summary>The message of IRCV3BEARER with a token.</summary>
    private protected static string Bearer(string token, string type = "jwt", string actFor = "") => $"{actFor}\0{type}\0{token}";

    /// <summary>Sends a message of SASL in as many lines as it takes.</summary>
    private protected static async Task SendAsync(IrcClient client, string message)
    {
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(message));
        foreach (var chunk in text.Chunk(400))
        {
            await client.SendAsync($"AUTHENTICATE {new string(chunk)}");
        }

        if (text.Length % 400 == 0)
        {
            await client.SendAsync("AUTHENTICATE +");
        }
    }

    /// <summary>Tries to log in; the numeric that says how it went, after 900 where it went well, and what it says.</summary>
    private protected static async Task<(string Numeric, string Text)> TryAsync(IrcClient client, string mechanism, string message)
    {
        await client.SendAsync($"AUTHENTICATE {mechanism}");
        Assert.Equal("+", (await client.ExpectAsync("AUTHENTICATE")).Text);
        await SendAsync(client, message);
        var answer = await client.ReadAsync();
        if (answer.Command == "AUTHENTICATE")
        {
            await client.SendAsync("AUTHENTICATE AQ==");
            answer = await client.ReadAsync();
        }

        if (answer.Command == "900")
        {
            await client.ExpectAsync("903");
        }

        return (answer.Command, answer.Command == "900" ? answer.Parameters[2] : answer.Text);
    }

    private protected static OutsideIdentity Identity(LocalProvider provider, string name)
        => OutsideIdentity.TryCreate(provider.Issuer, $"subject-of-{name}", out var identity) ? identity : throw new InvalidOperationException();

    private protected virtual void Configure(ParleyOptions options)
    {
    }

    private protected override async Task<IrcServer> StartAsync()
    {
        _provider = await LocalProvider.StartAsync(new ManualTimeProvider());
        await MakeAnnAsync(DateTimeOffset.UnixEpoch);
        Assert.True(await Store.AddOutsideAsync(Ann, Identity(Provider, "Ann"), TestContext.Current.CancellationToken));
        return await IrcServer.StartAsync(
            options =>
            {
                options.OidcIssuer = Provider.Issuer;
                options.OidcAudience = LocalProvider.Client;
                options.OutsideAccounts = Policy;
                options.OidcTimeout = Safety.Timeout;
                Configure(options);
            },
            accounts: Store);
    }

    private protected override ValueTask CleanUpAsync() => Provider.DisposeAsync();
}
