using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Connection;

/// <summary>How long an IRC client may say nothing is a setting.</summary>
public sealed class PingSettingTests : ConformanceTest
{
    [Fact]
    public async Task The_settings_say_when_somebody_is_asked_and_when_it_has_to_go()
    {
        var ann = await Server.RegisterAsync("Ann");

        Server.Time.Advance(TimeSpan.FromSeconds(12));
        await ann.ExpectLineAsync("PING :parley");
        Server.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["ERROR :Ping timeout: 15 seconds"], (await ann.ReadToEndAsync()).Bodies());
    }

    private protected override Task<IrcServer> StartAsync() => IrcServer.StartAsync(options =>
    {
        options.IrcPingInterval = TimeSpan.FromSeconds(10);
        options.IrcPingTimeout = TimeSpan.FromSeconds(15);
    });
}
