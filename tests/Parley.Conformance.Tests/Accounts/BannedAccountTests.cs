using Parley.Conformance.Tests.Support;
using Parley.Core.Accounts;
using Parley.Server.Options;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>
/// A ban of an account is kept whichever way its owner logs in, and whenever. Another server mended a way around its suspensions in 2026
/// (https://github.com/ergochat/ergo/blob/stable/CHANGELOG.md).
/// </summary>
public sealed class BannedAccountTests : BearerTest
{
    private const string Told = "You are banned from this server: enough";

    private readonly string _operators = Path.GetTempFileName();

    [Theory]
    [InlineData("OAUTHBEARER")]
    [InlineData("IRCV3BEARER")]
    [InlineData("PLAIN")]
    public async Task No_mechanism_is_a_way_around_it(string mechanism)
    {
        await BanAnnAsync();
        var message = mechanism switch { "OAUTHBEARER" => OAuth(Provider.Token()), "IRCV3BEARER" => Bearer(Provider.Token()), _ => $"\0Ann\0{Password}" };

        Assert.Equal(("904", $"SASL authentication failed: {Told}"), await TryAsync(await NegotiateAsync(), mechanism, message));
    }

    [Fact]
    public async Task Whoever_was_logged_in_before_and_registers_after_it_does_not_come_in()
    {
        var client = await NegotiateAsync();
        Assert.Equal("900", (await TryAsync(client, "OAUTHBEARER", OAuth(Provider.Token()))).Numeric);
        await BanAnnAsync();

        await client.SendAllAsync("NICK Guest", "USER x 0 * :x", "CAP END");

        var told = await client.ReadToEndAsync();
        Assert.DoesNotContain(told, line => line.Command == "001");
        Assert.EndsWith(Told, told[^1].Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_in_and_logs_in_after_it_is_told_and_goes()
    {
        var client = await NegotiateAsync();
        await client.SendAllAsync("NICK Guest", "USER x 0 * :x", "CAP END");
        await client.ReadUntilAsync("422");
        await BanAnnAsync();

        Assert.Equal(("904", $"SASL authentication failed: {Told}"), await TryAsync(client, "PLAIN", $"\0Ann\0{Password}"));

        Assert.EndsWith(Told, (await client.ReadToEndAsync())[^1].Raw, StringComparison.Ordinal);
    }

    private async Task BanAnnAsync()
    {
        var op = await Server.RegisterAsync("Op");
        Assert.Contains("381", (await op.AskAsync("OPER root :correct horse")).Commands());
        Assert.Equal("Ann is banned from this server", (await op.AskAsync("UBAN ADD Ann :enough"))[0].Text);
    }

    private protected override void Configure(ParleyOptions options)
    {
        File.WriteAllText(_operators, $"root {PasswordVerifier.Create("correct horse", PasswordVerifier.MinIterations)}\n");
        options.Operators = _operators;
    }

    private protected override ValueTask CleanUpAsync()
    {
        File.Delete(_operators);
        return base.CleanUpAsync();
    }
}
