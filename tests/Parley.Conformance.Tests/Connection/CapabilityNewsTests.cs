using Parley.Conformance.Tests.Accounts;
using Parley.Conformance.Tests.Support;
using Parley.Core.Accounts;

namespace Parley.Conformance.Tests.Connection;

/// <summary>https://ircv3.net/specs/extensions/capability-negotiation, as changed on 2026-03-13</summary>
public sealed class CapabilityNewsTests : AccountTest
{
    private const string Spec = "https://ircv3.net/specs/extensions/capability-negotiation";

    private readonly (IAccountStore Store, WatchedAccounts Watched) _accounts = WatchedAccounts.Create();

    [Fact]
    [Quote(Spec, "The NEW subcommand can also update the value of an existing capability.", "2026-03-13")]
    public async Task What_comes_back_is_told_with_the_value_that_it_has_then()
    {
        var ann = await Server.RegisterAsync("Ann", "sasl away-notify");
        var bob = await NegotiateAsync();
        _accounts.Watched.IsBroken = true;
        await bob.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}");

        Assert.Equal(
            [":parley CAP Ann DEL :sasl", ":parley CAP Ann DEL :draft/account-registration"],
            [(await ann.ExpectAsync("CAP")).Body, (await ann.ExpectAsync("CAP")).Body]);

        _accounts.Watched.IsBroken = false;
        await Server.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(10));
        Server.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(
            [":parley CAP Ann NEW :sasl=SCRAM-SHA-256,PLAIN", ":parley CAP Ann NEW :draft/account-registration=before-connect,custom-account-name"],
            [(await ann.ExpectAsync("CAP")).Body, (await ann.ExpectAsync("CAP")).Body]);
    }

    private protected override Task<IrcServer> StartAsync() => IrcServer.StartAsync(accounts: _accounts.Store);
}
