using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary><c>parley bots</c> against the real server.</summary>
public sealed class BotsTests
{
    [Fact]
    public async Task A_mix_of_bots_says_its_lines_hears_them_all_and_counts_them_right()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        await using ChildProcess bots = Run($"127.0.0.1:{server.LinesPort}",
            "--simple", "3", "--themed", "2", "--theme", "kitchen", "--stress", "10",
            "--lines", "5", "--every", "10ms-20ms", "--stress-lines", "20", "--stress-every", "1ms-2ms", "--drain", "1m");

        Assert.True(await bots.ExitAsync() == 0, $"{bots}");

        // Each hears all that is said in its room, itself included.
        AssertTold(bots, @"3 simple +main +15 +\S+ B +45 +45 +\S+ KB +0");
        AssertTold(bots, @"2 themed +kitchen +10 +\S+ B +20 +20 +\S+ KB +0");
        AssertTold(bots, @"10 stress +stress-test +200 +\S+ KB +2,000 +2,000 +\S+ KB +0");
        AssertTold(bots, @"^Sent +225 messages \(.+/s\), [0-9,]+ bytes$");
        AssertTold(bots, @"^Received +2,065 messages \(.+/s\), [0-9,]+ bytes$");
        AssertTold(bots, "^Lost +none of 2,065$");
        await bots.Errors.ExpectEndAsync();
    }

    [Theory]
    [InlineData("irc")]
    [InlineData("ws")]
    public async Task Bots_of_every_protocol_hear_each_other_over_TLS(string protocol)
    {
        using TlsPlace place = new();
        await using ParleyServer server = await ParleyServer.StartAsync(place.Settings);
        await using ChildProcess bots = Run($"127.0.0.1:{server.PortOf(protocol == "irc" ? "ircs" : "https")}",
            "--protocol", protocol, "--tls-pin", place.Fingerprint, "--simple", "2", "--themed", "0", "--stress", "3",
            "--lines", "3", "--every", "1ms", "--stress-lines", "10", "--stress-every", "1ms", "--drain", "1m");

        Assert.True(await bots.ExitAsync() == 0, $"{bots}");
        AssertTold(bots, "^Received +102 messages ");
        AssertTold(bots, "^Lost +none of 102$");
    }

    [Fact]
    public async Task Bots_in_one_room_hear_each_other_whatever_their_kind_and_keep_others_company()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        using Chatter person = await Chatter.JoinAsync(server.LinesPort);
        await using ChildProcess bots = Run($"127.0.0.1:{server.LinesPort}",
            "--simple", "1", "--themed", "1", "--themed-room", "main", "--stress", "0", "--lines", "3", "--every", "1ms", "--drain", "1m");

        Assert.True(await bots.ExitAsync() == 0, $"{bots}");

        AssertTold(bots, "^Received +12 messages ");
        for (int line = 0; line < 6; line++)
        {
            await person.Heard.SkipToAsync("what a bot says", said => said.Contains(": ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Ctrl_C_ends_endless_bots_with_a_summary_and_nothing_lost()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        using Chatter person = await Chatter.JoinAsync(server.LinesPort);
        await using ChildProcess bots = Run($"127.0.0.1:{server.LinesPort}",
            "--simple", "2", "--themed", "0", "--stress", "3", "--lines", "0", "--every", "1ms-5ms", "--drain", "1m");
        await person.Heard.SkipToAsync("what a bot says", said => said.Contains(": ", StringComparison.Ordinal));

        bots.Signal(Signals.Interrupt);

        Assert.True(await bots.ExitAsync() == 0, $"{bots}");
        AssertTold(bots, "^Lost +none of ");
    }

    [Fact]
    public async Task A_message_that_a_bot_did_not_hear_is_lost_and_the_exit_code_is_1()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        await using FaultyProxy proxy = new(server.LinesPort, FaultyProxy.Drop(7));
        await using ChildProcess bots = Run(proxy.Address,
            "--simple", "2", "--themed", "0", "--stress", "0", "--lines", "10", "--every", "1ms-2ms", "--drain", "5s");

        Assert.True(await bots.ExitAsync() == 1, $"{bots}");
        AssertTold(bots, "^Received +39 messages ");
        AssertTold(bots, "^Lost +1 of 40; the server told of 0$");
    }

    [Fact]
    public async Task A_server_that_goes_away_ends_the_bots_with_its_words_and_1()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        using Chatter person = await Chatter.JoinAsync(server.LinesPort);
        await using ChildProcess bots = Run($"127.0.0.1:{server.LinesPort}", "--themed", "0", "--stress", "0", "--every", "1ms-5ms", "--lines", "0");
        await person.Heard.SkipToAsync("what a bot says", said => said.Contains(": ", StringComparison.Ordinal));

        await server.StopAsync();

        Assert.True(await bots.ExitAsync() == 1, $"{bots}");
        AssertTold(bots, "^Failed +.+: the server closed the connection: Server is shutting down$");
    }

    private static ChildProcess Run(string address, params string[] arguments) => ParleyBinary.Run(["bots", address, .. arguments]);

    private static void AssertTold(ChildProcess bots, string pattern) =>
        Assert.True(bots.Output.All.Any(line => System.Text.RegularExpressions.Regex.IsMatch(line, pattern)), $"{pattern}\n{bots}");
}
