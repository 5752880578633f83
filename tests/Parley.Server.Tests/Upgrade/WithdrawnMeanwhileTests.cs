using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.TestKit;

namespace Parley.Server.Tests.Upgrade;

/// <summary>What is withdrawn beside a server while it hands over, which nobody is told: those ends who have no right to go on.</summary>
public sealed class WithdrawnMeanwhileTests
{
    [Fact]
    public async Task The_sessions_of_a_removed_account_end_before_they_say_anything()
    {
        await using var servers = await TwoServers.StartAsync();
        await using var ann = await MemberAsync(servers, "Ann");
        await using var bob = await MemberAsync(servers, "Bob");
        await using var eve = await servers.JoinIrcAsync("Eve");

        await servers.HandOverAsync(async () =>
        {
            Assert.True(await servers.Accounts.DeleteAsync(await NameAsync(servers, "Ann"), TestContext.Current.CancellationToken));
            await ann.SendLineAsync("still as Ann");
        });

        await ann.ReadUntilContainsAsync("Your account has been removed");
        await ann.ExpectClosedAsync();
        Assert.Contains(" QUIT :Account removed", await eve.ReadUntilContainsAsync(":Ann!"), StringComparison.Ordinal);
        await bob.SendLineAsync("still as Bob");
        await eve.ReadUntilContainsAsync("PRIVMSG #main :still as Bob");
    }

    [Fact]
    public async Task The_sessions_of_an_account_with_another_password_end_before_they_say_anything()
    {
        await using var servers = await TwoServers.StartAsync();
        await using var ann = await MemberAsync(servers, "Ann");
        await using var eve = await servers.JoinIrcAsync("Eve");

        await servers.HandOverAsync(async () =>
        {
            var another = PasswordVerifier.Create("battery staple", PasswordVerifier.MinIterations);
            Assert.True(await servers.Accounts.SetPasswordAsync(await NameAsync(servers, "Ann"), another, TestContext.Current.CancellationToken));
            await ann.SendLineAsync("still as Ann");
        });

        await ann.ReadUntilContainsAsync("The account has another password: log in with that");
        await ann.ExpectClosedAsync();
        Assert.Contains(" QUIT :Logged out", await eve.ReadUntilContainsAsync(":Ann!"), StringComparison.Ordinal);
    }

    private static async Task<ScriptedClient> MemberAsync(TwoServers servers, string name)
    {
        var client = await servers.ConnectAsync("lines", name);
        await client.ReadUntilAsync("You joined main");
        await client.SendLinesAsync($"/account make {name}", "a long password");
        await client.ReadUntilContainsAsync($"is now {name}");
        return client;
    }

    private static async Task<UserName> NameAsync(TwoServers servers, string name)
        => (await servers.Accounts.ListAsync(TestContext.Current.CancellationToken)).Single(account => account.Name.Value == name).Name;
}
