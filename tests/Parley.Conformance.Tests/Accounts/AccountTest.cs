using System.Text;
using Parley.Conformance.Tests.Support;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Server.Accounts;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>Tests with a server where Ann has an account, whose password is <c>correct horse</c>.</summary>
public abstract class AccountTest : ConformanceTest
{
    private protected const string Password = "correct horse";
    private protected const string Sasl31 = "https://ircv3.net/specs/extensions/sasl-3.1";
    private protected const string Sasl32 = "https://ircv3.net/specs/extensions/sasl-3.2";
    private protected const string Registration = "https://ircv3.net/specs/extensions/account-registration";

    /// <summary>Whether Ann's name is hers alone.</summary>
    private protected virtual NamePolicy Names => NamePolicy.Strict;

    private protected MemoryAccountStore Store { get; } = new();

    private protected static UserName Ann => UserName.TryParse("Ann", out var ann) ? ann : throw new InvalidOperationException();

    private protected static string Plain(string account, string password)
        => Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{account}\0{password}"));

    private protected override async Task<IrcServer> StartAsync()
    {
        await MakeAnnAsync(DateTimeOffset.UnixEpoch);
        return await IrcServer.StartAsync(options => options.Names = Names, accounts: Store);
    }

    /// <summary>Makes Ann's account, which was made at a time.</summary>
    private protected async Task MakeAnnAsync(DateTimeOffset created)
    {
        var password = PasswordVerifier.Create(Password, PasswordVerifier.MinIterations);
        Assert.True(await Store.TryCreateAsync(
            new AccountCredentials(new Account(AccountId.New(), Ann, created), password), TestContext.Current.CancellationToken));
    }

    /// <summary>A client that negotiates, and has not registered.</summary>
    private protected async Task<IrcClient> NegotiateAsync(string capabilities = "sasl")
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("CAP LS 302", $"CAP REQ :{capabilities}");
        await client.SyncAsync();
        return client;
    }

    /// <summary>A token of Ann's.</summary>
    private protected async Task<string> TokenAsync(string words = "")
    {
        await using var lines = await ScriptedClient.ConnectAsync(Server.AddressOf("lines"));
        await lines.SendLinesAsync("/login Ann", Password, $"/account token {words}");
        return await lines.ReadUntilContainsAsync("Ann.");
    }

    /// <summary>A client that has logged in by SASL, and is in.</summary>
    private protected async Task<IrcClient> LoggedInAsync(string password, string account = "Ann")
    {
        var client = await NegotiateAsync();
        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain(account, password)}", $"NICK {account}", "USER ann 0 * :Ann", "CAP END");
        await client.ReadUntilAsync("422");
        client.Nick = account;
        await client.SyncAsync();
        return client;
    }

    /// <summary>The numeric that answers a log-in: 903, or 904 for one that is refused.</summary>
    private protected async Task<string> SaslAsync(string account, string password)
    {
        var client = await NegotiateAsync();
        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain(account, password)}");
        while (true)
        {
            if (await client.ReadAsync() is { Command: "903" or "904" } line)
            {
                await client.SendAsync("QUIT");
                return line.Command;
            }
        }
    }
}
