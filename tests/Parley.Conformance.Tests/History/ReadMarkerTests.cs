using Parley.Conformance.Tests.Accounts;
using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.History;

/// <summary>https://ircv3.net/specs/extensions/read-marker, a draft that has not changed since 2022-06-30</summary>
public sealed class ReadMarkerTests : AccountTest
{
    private const string Spec = "https://ircv3.net/specs/extensions/read-marker";
    private const string Date = "2022-06-30";
    private const string Cap = "draft/read-marker";

    [Fact]
    [Quote(Spec, "If there is no known last message read timestamp, the `timestamp` parameter is a literal `*`.", Date)]
    [Quote(Spec, "The server MUST reply to a successful `MARKREAD` get command using a `MARKREAD` server command, or using an error message.", Date)]
    public async Task Where_nothing_was_marked_there_is_a_star()
    {
        var bob = await Server.RegisterAsync("Bob", Cap);

        await bob.SendAllAsync("MARKREAD #room", "MARKREAD Ann");

        await bob.ExpectLineAsync(":parley MARKREAD #room *");
        await bob.ExpectLineAsync(":parley MARKREAD Ann *");
    }

    [Theory]
    [InlineData("#room")]
    [InlineData("Ann")]
    [Quote(Spec, "The server MUST reply to a successful `MARKREAD` client set command using a `MARKREAD` server command, or using an error message.", Date)]
    public async Task What_was_marked_is_known(string target)
    {
        var bob = await Server.RegisterAsync("Bob", Cap);

        await bob.SendAllAsync($"MARKREAD {target} timestamp=2026-05-31T10:20:30.456Z", $"MARKREAD {target}", $"MARKREAD {target.ToUpperInvariant()}");

        await bob.ExpectLineAsync($":parley MARKREAD {target} timestamp=2026-05-31T10:20:30.456Z");
        await bob.ExpectLineAsync($":parley MARKREAD {target} timestamp=2026-05-31T10:20:30.456Z");
        await bob.ExpectLineAsync($":parley MARKREAD {target.ToUpperInvariant()} timestamp=2026-05-31T10:20:30.456Z");
    }

    [Fact]
    [Quote(Spec, "If the provided timestamp is older than the server's stored value, the server MUST reply to the client with a `MARKREAD` command carrying the server's stored value.", Date)]
    [Quote(Spec, "The last read timestamp of a target MUST only ever increase. If a client sends a `MARKREAD` command with a timestamp that is below or equal to the current known timestamp of the server, the server MUST reply with a `MARKREAD` command with the newer, previous value that was stored and ignore the client timestamp.", Date)]
    public async Task A_marker_goes_forward_only()
    {
        var bob = await Server.RegisterAsync("Bob", Cap);

        await bob.SendAllAsync(
            "MARKREAD #room timestamp=2026-05-31T12:00:00.000Z",
            "MARKREAD #room timestamp=2026-05-30T12:00:00.000Z",
            "MARKREAD #room timestamp=2026-05-31T12:00:00.000Z",
            "MARKREAD #room timestamp=2026-05-31T12:00:00.001Z");

        await bob.ExpectLineAsync(":parley MARKREAD #room timestamp=2026-05-31T12:00:00.000Z");
        await bob.ExpectLineAsync(":parley MARKREAD #room timestamp=2026-05-31T12:00:00.000Z");
        await bob.ExpectLineAsync(":parley MARKREAD #room timestamp=2026-05-31T12:00:00.000Z");
        await bob.ExpectLineAsync(":parley MARKREAD #room timestamp=2026-05-31T12:00:00.001Z");
    }

    [Fact]
    [Quote(Spec, "When it receives a new timestamp, it can clamp it between the last read timestamp and the current time, and broadcast the new value to all clients if it was changed.", Date)]
    public async Task Nobody_has_read_what_is_to_come()
    {
        var bob = await Server.RegisterAsync("Bob", Cap);

        await bob.SendAsync("MARKREAD #room timestamp=2099-01-01T00:00:00.000Z");

        await bob.ExpectLineAsync(":parley MARKREAD #room timestamp=2026-06-01T12:00:00.000Z");
    }

    [Fact]
    [Quote(Spec, "If the `draft/read-marker` capability is negotiated, after the server sends a server `JOIN` command to the client for a corresponding channel, the server MUST send a `MARKREAD` command for that channel.", Date)]
    [Quote(Spec, "The command MUST be sent before the `RPL_ENDOFNAMES` reply for that channel following the `JOIN`.", Date)]
    public async Task A_join_tells_the_marker_before_the_names_end()
    {
        var bob = await Server.RegisterAsync("Bob", Cap);

        Assert.Equal(["JOIN", "MARKREAD #room *", "353", "366"], (await bob.AskAsync("JOIN #room")).Select(Short));
        await bob.AskAsync("MARKREAD #room timestamp=2026-05-31T12:00:00.000Z");
        await bob.AskAsync("PART #room");

        Assert.Equal(
            ["JOIN", "MARKREAD #room timestamp=2026-05-31T12:00:00.000Z", "353", "366"], (await bob.AskAsync("JOIN #room")).Select(Short));

        static string Short(IrcLine line) => line.Command == "MARKREAD" ? $"MARKREAD {string.Join(' ', line.Parameters)}" : line.Command;
    }

    [Fact]
    public async Task Without_names_the_marker_is_told_all_the_same()
    {
        var bob = await Server.RegisterAsync("Bob", $"{Cap} no-implicit-names");

        Assert.Equal(["JOIN", "MARKREAD"], (await bob.AskAsync("JOIN #room")).Select(line => line.Command));
    }

    [Fact]
    [Quote(Spec, "The `draft/read-marker` capability MAY be negotiated, and affects which messages are sent by the server as specified below.", Date)]
    public async Task Whoever_has_not_negotiated_it_is_told_nothing_unasked()
    {
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal(["JOIN", "353", "366"], (await bob.AskAsync("JOIN #room")).Select(line => line.Command));
        Assert.Equal("MARKREAD", Assert.Single(await bob.AskAsync("MARKREAD #room")).Command);
    }

    [Fact]
    [Quote(Spec, "Servers MUST NOT leak read markers sent by a user to other users", Date)]
    public async Task Others_are_told_nothing()
    {
        var all = await Server.JoinAllAsync("#room", ("Bob", Cap), ("Cyd", Cap));

        await all[0].AskAsync("MARKREAD #room timestamp=2026-05-31T12:00:00.000Z");

        await all[1].ExpectNothingAsync();
        await all[1].SendAsync("MARKREAD #room");
        await all[1].ExpectLineAsync(":parley MARKREAD #room *");
    }

    [Fact]
    public async Task Whoever_takes_a_name_over_takes_no_markers_over()
    {
        var bob = await Server.RegisterAsync("Bob", Cap);
        await bob.AskAsync("MARKREAD #room timestamp=2026-05-31T12:00:00.000Z");
        await bob.SendAsync("QUIT");
        await bob.ReadToEndAsync();

        var another = await Server.RegisterAsync("Bob", Cap);

        await another.SendAsync("MARKREAD #room");
        await another.ExpectLineAsync(":parley MARKREAD #room *");
    }

    [Fact]
    public async Task Markers_stay_with_a_user_that_takes_another_name()
    {
        var bob = await Server.RegisterAsync("Bob", Cap);
        await bob.AskAsync("MARKREAD #room timestamp=2026-05-31T12:00:00.000Z");
        await bob.AskAsync("NICK Rob");

        await bob.SendAsync("MARKREAD #room");

        await bob.ExpectLineAsync(":parley MARKREAD #room timestamp=2026-05-31T12:00:00.000Z");
    }

    [Fact]
    public async Task Markers_are_kept_with_the_account_and_told_at_the_next_join()
    {
        var first = await LogInAsync("Ann");
        await first.AskAsync("JOIN #room");
        await first.AskAsync("MARKREAD #room timestamp=2026-05-31T12:00:00.000Z");
        await first.SendAsync("QUIT");
        await first.ReadToEndAsync();

        var again = await LogInAsync("Ann");

        Assert.Equal("timestamp=2026-05-31T12:00:00.000Z", (await again.AskAsync("JOIN #room")).Single(line => line.Command == "MARKREAD").Text);
    }

    [Fact]
    [Quote(Spec, "If the `draft/read-marker` capability is negotiated, after the last read timestamp of a target changes, the server SHOULD send a `MARKREAD` command for that target to all the clients of the user.", Date)]
    public async Task Others_of_the_same_account_are_told()
    {
        var (desk, phone, old) = (await LogInAsync("Ann"), await LogInAsync("Ann-phone"), await LogInAsync("Ann-old", ""));

        await desk.AskAsync("MARKREAD #room timestamp=2026-05-31T12:00:00.000Z");

        await phone.ExpectLineAsync(":parley MARKREAD #room timestamp=2026-05-31T12:00:00.000Z");
        await old.ExpectNothingAsync();
        await desk.AskAsync("MARKREAD #room timestamp=2026-05-30T12:00:00.000Z");
        await desk.AskAsync("MARKREAD #room timestamp=2026-05-31T12:00:00.000Z");
        await phone.ExpectNothingAsync();
    }

    [Fact]
    public async Task What_a_guest_has_marked_is_its_accounts_when_it_logs_in()
    {
        var phone = await LogInAsync("Ann-phone");
        var guest = await Server.RegisterAsync("Guest", $"sasl {Cap}");
        await guest.AskAsync("MARKREAD #room timestamp=2026-05-31T12:00:00.000Z");
        await phone.ExpectNothingAsync();

        await guest.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}");
        await guest.ReadUntilAsync("903");

        await phone.ExpectLineAsync(":parley MARKREAD #room timestamp=2026-05-31T12:00:00.000Z");
        await guest.SendAsync("QUIT");
        await guest.ReadToEndAsync();
        var again = await LogInAsync("Ann");
        Assert.Equal(":parley MARKREAD #room timestamp=2026-05-31T12:00:00.000Z", Assert.Single(await again.AskAsync("MARKREAD #room")).Body);
    }

    [Fact]
    public async Task What_a_guest_has_marked_puts_no_marker_of_the_account_back()
    {
        var phone = await LogInAsync("Ann-phone");
        await phone.AskAsync("MARKREAD #room timestamp=2026-05-31T12:00:00.000Z");
        var guest = await Server.RegisterAsync("Guest", $"sasl {Cap}");
        await guest.AskAsync("MARKREAD #room timestamp=2026-05-30T12:00:00.000Z");

        await guest.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}");
        await guest.ReadUntilAsync("903");

        Assert.Equal(":parley MARKREAD #room timestamp=2026-05-31T12:00:00.000Z", Assert.Single(await guest.AskAsync("MARKREAD #room")).Body);
        await phone.ExpectNothingAsync();
    }

    [Theory]
    [InlineData("MARKREAD", "NEED_MORE_PARAMS")]
    [InlineData("MARKREAD :", "NEED_MORE_PARAMS")]
    [InlineData("MARKREAD no!nick", "INVALID_PARAMS", "no!nick")]
    [InlineData("MARKREAD # timestamp=2026-05-31T12:00:00.000Z", "INVALID_PARAMS", "#")]
    [InlineData("MARKREAD #room *", "INVALID_PARAMS", "*")]
    [InlineData("MARKREAD #room timestamp=yesterday", "INVALID_PARAMS", "timestamp=yesterday")]
    [InlineData("MARKREAD #room 2026-05-31T12:00:00.000Z", "INVALID_PARAMS", "2026-05-31T12:00:00.000Z")]
    [InlineData("MARKREAD #room msgid=room.1", "INVALID_PARAMS", "msgid=room.1")]
    [Quote(Spec, "If the server receives a `MARKREAD` command with missing parameters, the `NEED_MORE_PARAMS` error code MUST be returned.", Date)]
    [Quote(Spec, "If the selectors were invalid, the `INVALID_PARAMS` error code SHOULD be returned.", Date)]
    [Quote(Spec, "The timestamp MUST NOT be a literal `*`.", Date)]
    public async Task What_makes_no_sense_is_refused(string command, params string[] refusal)
    {
        var bob = await Server.RegisterAsync("Bob", Cap);

        var line = Assert.Single(await bob.AskAsync(command));

        Assert.Equal("FAIL", line.Command);
        Assert.Equal(["MARKREAD", .. refusal], line.Parameters.SkipLast(1));
    }

    [Fact]
    public async Task The_answer_carries_the_label()
    {
        var bob = await Server.RegisterAsync("Bob", $"{Cap} batch labeled-response");

        var line = Assert.Single(await bob.AskAsync("@label=m MARKREAD #room"));

        Assert.Equal(("MARKREAD", "m"), (line.Command, line.Tags["label"]));
    }

    private async Task<IrcClient> LogInAsync(string nick, string capabilities = Cap)
    {
        var client = await NegotiateAsync($"sasl {capabilities}".TrimEnd());
        client.Nick = nick;
        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}");
        await client.ReadUntilAsync("903");
        await client.SendAllAsync($"NICK {nick}", "USER ann 0 * :Ann", "CAP END");
        await client.SyncAsync();
        return client;
    }
}
