using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Connection;

/// <summary>https://modern.ircdocs.horse/#pass-message, on a server that asks for a password.</summary>
public sealed class PasswordTests : ConformanceTest
{
    private const string Pass = "https://modern.ircdocs.horse/#pass-message";

    private readonly string _file = Path.GetTempFileName();

    [Fact]
    [Quote(Pass, "The password supplied must match the one defined in the server configuration.")]
    public async Task The_right_password_lets_in()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("PASS :sesame 1", "NICK Ann", "USER ann 0 * :Ann");

        Assert.Contains("001", (await client.SyncAsync()).Commands());
    }

    [Theory]
    [InlineData("PASS other")]
    [InlineData("PASS :")]
    [InlineData("PING x")]
    [Quote("https://modern.ircdocs.horse/#errpasswdmismatch-464", "Returned to indicate that the connection could not be registered as the [password](#pass-message) was either incorrect or not supplied.")]
    public async Task Another_password_or_none_is_told_and_ends_the_connection(string pass)
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync(pass, "NICK Ann", "USER ann 0 * :Ann");

        var lines = await client.ReadToEndAsync();

        Assert.Contains(":parley 464 * :Password incorrect", lines.Bodies());
        Assert.Equal("ERROR", lines[^1].Command);
    }

    [Fact]
    [Quote(Pass, "It is possible to send multiple `PASS` commands before registering but only the last one sent is used for verification")]
    public async Task Of_several_passwords_the_last_one_counts()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("PASS wrong", "PASS :sesame 1", "NICK Ann", "USER ann 0 * :Ann");

        Assert.Contains("001", (await client.SyncAsync()).Commands());
    }

    [Fact]
    public async Task A_password_needs_to_be_given()
    {
        var client = await Server.ConnectAsync();

        Assert.Equal([":parley 461 * PASS :Not enough parameters"], (await client.AskAsync("PASS")).Bodies());
    }

    private protected override async Task<IrcServer> StartAsync()
    {
        await File.WriteAllTextAsync(_file, "sesame 1\nwhat follows does not count\n", TestContext.Current.CancellationToken);
        return await IrcServer.StartAsync(options => options.IrcPassword = _file);
    }

    private protected override ValueTask CleanUpAsync()
    {
        File.Delete(_file);
        return default;
    }
}
