using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.History;

/// <summary>https://ircv3.net/specs/extensions/chathistory#errors-and-warnings</summary>
public sealed class ChatHistoryErrorTests : HistoryTest
{
    private const string Time = "timestamp=2026-06-01T12:00:00.000Z";

    [Theory]
    [InlineData("", "INVALID_PARAMS", "*")]
    [InlineData("NEWEST #room * 10", "INVALID_PARAMS", "NEWEST")]
    [InlineData("LATEST", "INVALID_PARAMS", "LATEST")]
    [InlineData("LATEST #room", "INVALID_PARAMS", "LATEST")]
    [InlineData("LATEST #room *", "INVALID_PARAMS", "LATEST")]
    [InlineData("LATEST #room * 10 20", "INVALID_PARAMS", "LATEST")]
    [InlineData($"BEFORE #room {Time} {Time} 10", "INVALID_PARAMS", "BEFORE")]
    [InlineData($"BETWEEN #room {Time} 10", "INVALID_PARAMS", "BETWEEN")]
    [InlineData($"LATEST #room * 0", "INVALID_PARAMS", "LATEST", "0")]
    [InlineData("LATEST #room * -1", "INVALID_PARAMS", "LATEST", "-1")]
    [InlineData("LATEST #room * many", "INVALID_PARAMS", "LATEST", "many")]
    [InlineData("BEFORE #room * 10", "INVALID_PARAMS", "BEFORE", "#room", "*")]
    [InlineData("AFTER #room * 10", "INVALID_PARAMS", "AFTER", "#room", "*")]
    [InlineData("AROUND #room * 10", "INVALID_PARAMS", "AROUND", "#room", "*")]
    [InlineData($"BETWEEN #room {Time} * 10", "INVALID_PARAMS", "BETWEEN", "#room", "*")]
    [InlineData("BEFORE #room timestamp=2026-06-01 10", "INVALID_PARAMS", "BEFORE", "#room", "timestamp=2026-06-01")]
    [InlineData("BEFORE #room timestamp=2026-06-01T12:00:00Z 10", "INVALID_PARAMS", "BEFORE", "#room", "timestamp=2026-06-01T12:00:00Z")]
    [InlineData("BEFORE #room timestamp= 10", "INVALID_PARAMS", "BEFORE", "#room", "timestamp=")]
    [InlineData("BEFORE #room 2026-06-01T12:00:00.000Z 10", "INVALID_PARAMS", "BEFORE", "#room", "2026-06-01T12:00:00.000Z")]
    [Quote(Spec, "If the server receives a syntactically invalid `CHATHISTORY` command, e.g., an unknown subcommand, missing parameters, excess parameters, or parameters that cannot be parsed, the `INVALID_PARAMS` error code SHOULD be returned:")]
    public async Task What_makes_no_sense_is_refused(string parameters, params string[] refusal)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);

        await RefusedAsync(ann, $"CHATHISTORY {parameters}".TrimEnd(), ["CHATHISTORY", .. refusal]);
    }

    [Fact]
    [Quote(Spec, "If a client used a reference type (`timestamp=` or `msgid=`) the server does not support, the `INVALID_MSGREFTYPE` error code SHOULD be returned:")]
    public async Task Other_kinds_of_references_are_refused()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);

        await RefusedAsync(ann, "CHATHISTORY BEFORE #room number=1 10", "CHATHISTORY", "INVALID_MSGREFTYPE", "BEFORE", "#room", "number=1");
    }

    [Theory]
    [InlineData("#none")]
    [InlineData("#other")]
    [InlineData("#")]
    [InlineData("no!nick")]
    [InlineData("*")]
    [Quote(Spec, "If the target does not exist or the client does not have permissions to query it, the `INVALID_TARGET` error code SHOULD be returned:")]
    public async Task Only_who_is_in_a_room_reads_its_history(string target)
    {
        var bob = await Server.JoinAsync("Bob", "#other", Full);
        await SayAsync(bob, "#other", 1);
        var ann = await Server.JoinAsync("Ann", "#room", Full);

        await RefusedAsync(ann, $"CHATHISTORY LATEST {target} * 10", "CHATHISTORY", "INVALID_TARGET", "LATEST", target);
    }

    [Fact]
    public async Task Whoever_has_left_a_room_reads_no_more()
    {
        var all = await Server.JoinAllAsync("#room", ("Bob", Full), ("Ann", Full));
        await SayAsync(all[0], "#room", 1);
        await all[1].AskAsync("PART #room");

        await RefusedAsync(all[1], "CHATHISTORY LATEST #room * 10", "CHATHISTORY", "INVALID_TARGET", "LATEST", "#room");
    }

    [Theory]
    [InlineData("msgid=")]
    [InlineData("msgid=nonsense")]
    [InlineData("msgid=room.0")]
    [InlineData("msgid=room.99999999999999999999")]
    [InlineData("msgid=other.1")]
    [InlineData("msgid=.1")]
    [InlineData("msgid=1234abcd!room.1-8de")]
    [Quote(Spec, "If no message history can be returned due to an error, the `MESSAGE_ERROR` error code SHOULD be returned:")]
    public async Task A_message_has_to_be_of_that_target(string reference)
    {
        var ann = await Server.JoinAsync("Ann", "#room,#other", Full);

        await RefusedAsync(ann, $"CHATHISTORY BEFORE #room {reference} 10", "CHATHISTORY", "MESSAGE_ERROR", "BEFORE", "#room", reference);
    }

    [Fact]
    public async Task A_store_that_fails_is_an_error_and_not_the_end()
    {
        var store = new FailingStore();
        await using var server = await IrcServer.StartAsync(history: store);
        var ann = await server.JoinAsync("Ann", "#room", Full);
        store.Fails = true;

        await RefusedAsync(ann, "CHATHISTORY LATEST #room * 10", "CHATHISTORY", "MESSAGE_ERROR", "LATEST", "#room");
        await RefusedAsync(ann, $"CHATHISTORY BETWEEN #room {Time} msgid=room.1 10", "CHATHISTORY", "MESSAGE_ERROR", "BETWEEN", "#room");
        await RefusedAsync(ann, $"CHATHISTORY TARGETS {Time} {Time} 10", "CHATHISTORY", "MESSAGE_ERROR", "TARGETS");

        store.Fails = false;
        Assert.Empty(await HistoryAsync(ann, "LATEST #room * 10"));
    }

    [Fact]
    public async Task A_refusal_carries_the_label()
    {
        var ann = await Server.JoinAsync("Ann", "#room", $"{Full} labeled-response");

        var line = Assert.Single(await ann.AskAsync("@label=L1 CHATHISTORY LATEST #none * 10"));

        Assert.Equal(("FAIL", "L1"), (line.Command, line.Tags["label"]));
    }

    [Fact]
    [Quote(Spec, "The `draft/chathistory` capability MUST be negotiated.")]
    public async Task Whoever_has_not_negotiated_it_has_no_such_command()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);

        var line = Assert.Single(await ann.AskAsync("CHATHISTORY LATEST #room * 10"));

        Assert.Equal("421", line.Command);
    }
}
